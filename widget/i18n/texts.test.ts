import { expect } from 'chai';
import { createTexts } from './texts.ts';

describe('texts', () => {
  it('come from the first dictionary that has them; a missing one never shows nothing', () => {
    const texts = createTexts([
      ['de', { continue: 'Los geht’s' }],
      ['en', { continue: 'Continue', change: 'Change' }],
    ]);
    expect(texts('continue')).to.equal('Los geht’s');
    expect(texts('change')).to.equal('Change');
    expect(texts('unheardOf')).to.equal('unheardOf');
    expect(texts('toString')).to.equal('toString');
  });

  it('choose the plural form of their own language', () => {
    const times = { one: '{count} time', other: '{count} times' };
    const texts = createTexts([
      [
        'pl',
        { czas: { one: '{count} termin', few: '{count} terminy', other: '{count} terminów' } },
      ],
      ['en', { times }],
    ]);
    expect([1, 2, 5].map((count) => texts('czas', { count }))).to.deep.equal([
      '1 termin',
      '2 terminy',
      '5 terminów',
    ]);
    expect([0, 1, 2].map((count) => texts('times', { count }))).to.deep.equal([
      '0 times',
      '1 time',
      '2 times',
    ]);
  });

  it('write numbers in the numerals of their own language', () => {
    expect(createTexts([['ar-EG', { n: '{count}' }]])('n', { count: 42 })).to.equal('٤٢');
    expect(createTexts([['en', { n: '{count}' }]])('n', { count: 1234 })).to.equal('1,234');
  });

  it('fill in what they are given, once and as it is', () => {
    const texts = createTexts([['en', { hello: '{name}, {name}! {missing}' }]]);
    expect(texts('hello', { name: '{other} $& <b>' })).to.equal('{other} $& <b>, {other} $& <b>! ');
  });
});
