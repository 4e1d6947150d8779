import { expect } from 'chai';
import {
  addDays,
  addMonths,
  addMonthsToDay,
  dayOf,
  rangeOfMonths,
  weekdayOf,
  weekEdge,
  weeksOf,
} from './day.ts';

describe('the day of an instant', () => {
  it('is the day in that zone, not in this one', () => {
    expect(dayOf('2026-11-19T23:30:00.000Z', 'Europe/Berlin')).to.equal('2026-11-20');
    expect(dayOf('2026-11-19T23:30:00.000Z', 'America/New_York')).to.equal('2026-11-19');
    expect(dayOf('2026-11-19T10:30:00.000Z', 'Pacific/Kiritimati')).to.equal('2026-11-20');
    expect(dayOf('2026-11-19T10:30:00.000Z', 'Pacific/Niue')).to.equal('2026-11-18');
  });

  it('is right in zones with odd offsets', () => {
    expect(dayOf('2026-11-19T18:14:00.000Z', 'Asia/Kathmandu')).to.equal('2026-11-19');
    expect(dayOf('2026-11-19T18:15:00.000Z', 'Asia/Kathmandu')).to.equal('2026-11-20');
  });

  it('skips the day that Samoa skipped', () => {
    expect(dayOf('2011-12-30T09:59:00.000Z', 'Pacific/Apia')).to.equal('2011-12-29');
    expect(dayOf('2011-12-30T10:00:00.000Z', 'Pacific/Apia')).to.equal('2011-12-31');
  });
});

describe('a month', () => {
  it('always has six weeks of seven days', () => {
    for (const month of ['2026-02', '2026-11', '2026-12', '2028-02']) {
      const weeks = weeksOf(month, 1);
      expect(weeks).to.have.length(6);
      expect(weeks.flat()).to.have.length(42);
      expect(new Set(weeks.flat()).size).to.equal(42);
    }
  });

  it('starts its weeks on the day that the language starts them on', () => {
    expect(weeksOf('2026-11', 1)[0]?.[0]).to.equal('2026-10-26');
    expect(weeksOf('2026-11', 7)[0]?.[0]).to.equal('2026-11-01');
    expect(weeksOf('2026-11', 6)[0]?.[0]).to.equal('2026-10-31');
  });

  it('is an hour longer or shorter than its days say when clocks change', () => {
    expect(rangeOfMonths('2026-10', 1, 'Europe/Berlin')).to.deep.equal({
      from: '2026-09-30T22:00:00.000Z',
      to: '2026-10-31T23:00:00.000Z',
    });
    expect(rangeOfMonths('2026-11', 1, 'America/New_York')).to.deep.equal({
      from: '2026-11-01T04:00:00.000Z',
      to: '2026-12-01T05:00:00.000Z',
    });
  });

  it('begins at the first moment of its first day, where midnight does not exist', () => {
    // Lord Howe, Beirut and others change at midnight; Asunción did on the first of a month.
    expect(rangeOfMonths('2017-10', 1, 'America/Asuncion').from).to.equal(
      '2017-10-01T04:00:00.000Z',
    );
  });

  it('is followed by the next, over the year', () => {
    expect(addMonths('2026-12', 1)).to.equal('2027-01');
    expect(addMonths('2026-01', -1)).to.equal('2025-12');
  });
});

describe('moving among days', () => {
  it('keeps the day of the month, or takes the last one', () => {
    expect(addMonthsToDay('2026-10-31', 1)).to.equal('2026-11-30');
    expect(addMonthsToDay('2028-02-29', 12)).to.equal('2029-02-28');
  });

  it('knows weekdays and the edges of a week', () => {
    expect(weekdayOf('2026-11-19')).to.equal(4);
    expect(weekEdge('2026-11-19', 1, 'first')).to.equal('2026-11-16');
    expect(weekEdge('2026-11-19', 1, 'last')).to.equal('2026-11-22');
    expect(weekEdge('2026-11-19', 7, 'first')).to.equal('2026-11-15');
    expect(weekEdge('2026-11-22', 7, 'last')).to.equal('2026-11-28');
  });

  it('does not care how long a day is', () => {
    // 25 October 2026 has 25 hours in Berlin, 4 October 23 in Sydney.
    expect(addDays('2026-10-24', 1)).to.equal('2026-10-25');
    expect(addDays('2026-10-25', 1)).to.equal('2026-10-26');
    expect(addDays('2026-10-03', 2)).to.equal('2026-10-05');
  });
});
