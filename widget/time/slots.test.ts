import { expect } from 'chai';
import { slot } from '../test/fixtures.ts';
import { partOfDay, slotsByDay } from './slots.ts';

const days = (zone: string, ...starts: string[]) =>
  Object.fromEntries(
    [
      ...slotsByDay(
        starts.map((start) => slot(start)),
        zone,
      ),
    ].map(([day, slots]) => [day, slots.length]),
  );

describe('slots by day', () => {
  it('belong to another day in another zone', () => {
    const starts = ['2026-11-19T04:30', '2026-11-19T12:00', '2026-11-19T23:30'];
    expect(days('Europe/Berlin', ...starts)).to.deep.equal({ '2026-11-19': 2, '2026-11-20': 1 });
    expect(days('America/New_York', ...starts)).to.deep.equal({ '2026-11-18': 1, '2026-11-19': 2 });
    expect(days('Australia/Sydney', ...starts)).to.deep.equal({ '2026-11-19': 2, '2026-11-20': 1 });
  });

  it('are all there on the day that has an hour twice', () => {
    // 01:30 in New York, before and after the clocks go back.
    expect(
      days('America/New_York', '2026-11-01T05:30', '2026-11-01T06:30', '2026-11-02T04:59'),
    ).to.deep.equal({ '2026-11-01': 3 });
  });

  it('are all there on the day that misses an hour', () => {
    expect(
      days('Europe/Berlin', '2027-03-28T00:30', '2027-03-28T01:00', '2027-03-28T21:59'),
    ).to.deep.equal({ '2027-03-28': 3 });
  });

  it('are grouped once for the same slots and zone', () => {
    const slots = [slot('2026-11-19T12:00')];
    expect(slotsByDay(slots, 'UTC')).to.equal(slotsByDay(slots, 'UTC'));
    expect(slotsByDay(slots, 'Asia/Tokyo').has('2026-11-19')).to.equal(true);
  });
});

describe('the part of the day', () => {
  it('is told by the clock on the visitor’s wall', () => {
    const noonInBerlin = slot('2026-11-19T11:00');
    expect(partOfDay(noonInBerlin, 'Europe/Berlin')).to.equal('afternoon');
    expect(partOfDay(noonInBerlin, 'Europe/London')).to.equal('morning');
    expect(partOfDay(noonInBerlin, 'Australia/Sydney')).to.equal('evening');
    expect(partOfDay(slot('2026-11-19T16:59'), 'Europe/Berlin')).to.equal('afternoon');
    expect(partOfDay(slot('2026-11-19T17:00'), 'Europe/Berlin')).to.equal('evening');
  });

  it('counts night as morning, from midnight on', () => {
    expect(partOfDay(slot('2026-11-18T23:00'), 'Europe/Berlin')).to.equal('morning');
  });
});
