import { expect } from 'chai';
import { slot } from '../test/fixtures.ts';
import { nearestSlots, rangeAround } from './nearest-slots.ts';

const LOST = '2026-11-19T13:45:00.000Z';

describe('the times next to one that was lost', () => {
  it('are told in their order, without the lost one', () => {
    const slots = ['18T13:45', '19T08:00', '19T12:45', '19T13:45', '19T15:00', '20T09:00'].map(
      (start) => slot(`2026-11-${start}`),
    );
    expect(nearestSlots(slots, LOST, 3).map(({ startTime }) => startTime)).to.deep.equal([
      '2026-11-19T08:00:00.000Z',
      '2026-11-19T12:45:00.000Z',
      '2026-11-19T15:00:00.000Z',
    ]);
    expect(nearestSlots([], LOST, 3)).to.deep.equal([]);
  });

  it('are looked for around it, never in the past', () => {
    expect(rangeAround(LOST, '2026-11-10T09:30:00.000Z')).to.deep.equal({
      from: '2026-11-17T13:45:00.000Z',
      to: '2026-12-03T13:45:00.000Z',
    });
    expect(rangeAround(LOST, '2026-11-19T09:00:00.000Z').from).to.equal('2026-11-19T09:00:00.000Z');
    const long = rangeAround(LOST, '2027-01-01T00:00:00.000Z');
    expect(long.from < long.to).to.equal(true);
  });
});
