import { expect } from 'chai';
import { countdownText } from './countdown-text.ts';

describe('a countdown', () => {
  it('has two digits each, in those of the language, so that nothing moves', () => {
    expect(countdownText(25 * 60, 'en-GB')).to.equal('25:00');
    expect(countdownText(599, 'en-GB')).to.equal('09:59');
    expect(countdownText(0, 'de')).to.equal('00:00');
    expect(countdownText(4000, 'en')).to.equal('66:40');
    expect(countdownText(61, 'ar-EG')).to.equal('٠١:٠١');
  });
});
