import { expect } from 'chai';
import { mergeRanges, missingRange } from './range.ts';

const range = (from: number, to: number) => ({ from: `${from}`, to: `${to}` });

describe('ranges', () => {
  it('join when they touch or overlap', () => {
    expect(mergeRanges([range(5, 7), range(1, 3), range(3, 4), range(6, 8)])).to.deep.equal([
      range(1, 4),
      range(5, 8),
    ]);
    expect(mergeRanges([range(1, 9), range(2, 3)])).to.deep.equal([range(1, 9)]);
  });

  it('say what is still missing', () => {
    const cases: [known: ReturnType<typeof range>[], missing: ReturnType<typeof range> | null][] = [
      [[], range(3, 6)],
      [[range(1, 9)], null],
      [[range(3, 6)], null],
      [[range(1, 4)], range(4, 6)],
      [[range(5, 9)], range(3, 5)],
      [[range(1, 4), range(5, 9)], range(4, 5)],
      [[range(1, 4), range(4, 9)], null],
      // A hole on both sides is asked for whole: one request is cheaper than two.
      [[range(4, 5)], range(3, 6)],
      [[range(6, 9)], range(3, 6)],
    ];
    for (const [known, missing] of cases) {
      expect(missingRange(range(3, 6), known), JSON.stringify(known)).to.deep.equal(missing);
    }
  });
});
