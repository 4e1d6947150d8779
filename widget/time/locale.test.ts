import { expect } from 'chai';
import { directionOf, firstWeekdayOf, isLocale, refineLocale } from './locale.ts';

describe('a language', () => {
  it('starts its weeks as people there do', () => {
    expect(firstWeekdayOf('en-US')).to.equal(7);
    expect(firstWeekdayOf('en-GB')).to.equal(1);
    expect(firstWeekdayOf('de')).to.equal(1);
    expect(firstWeekdayOf('ar-EG')).to.equal(6);
  });

  it('is written in its direction', () => {
    expect(['ar', 'he', 'fa', 'ur'].map(directionOf)).to.deep.equal(['rtl', 'rtl', 'rtl', 'rtl']);
    expect(['en', 'ja', 'tr'].map(directionOf)).to.deep.equal(['ltr', 'ltr', 'ltr']);
  });

  it('takes the visitor’s region where the page names only the language', () => {
    expect(refineLocale('en', ['de-DE', 'en-GB', 'en-US'])).to.equal('en-GB');
    expect(refineLocale('en-AU', ['en-GB'])).to.equal('en-AU');
    expect(refineLocale('fr', ['en-GB'])).to.equal('fr');
    expect(refineLocale('en', ['en', 'x'])).to.equal('en');
  });

  it('is no language when it is no tag', () => {
    for (const tag of ['', 'not a language', '-', 'e', 'en_US', '<script>']) {
      expect(isLocale(tag), tag).to.equal(false);
    }
  });
});
