import { expect } from 'chai';
import { sessionType } from '../test/fixtures.ts';
import { readSlots, readTimes } from './read-times.ts';

const answer = (changes: object = {}) => ({
  sessionType: sessionType(),
  slots: [],
  stale: false,
  from: '2026-11-10T09:30:00Z',
  to: '2026-12-11T09:30:00Z',
  ...changes,
});

describe('the answer to the first question', () => {
  it('is read with its instants written alike', () => {
    expect(readTimes(answer())).to.include({
      from: '2026-11-10T09:30:00.000Z',
      to: '2026-12-11T09:30:00.000Z',
    });
  });

  it('is no answer without the parts that everything hangs on', () => {
    const nonsense: unknown[] = [
      null,
      [],
      'hello',
      {},
      answer({ slots: null }),
      answer({ from: 'yesterday' }),
      answer({ to: 7 }),
      answer({ sessionType: null }),
      answer({ sessionType: { ...sessionType(), title: { toString: 'no' } } }),
      answer({ sessionType: { ...sessionType(), questions: 'none' } }),
    ];
    for (const body of nonsense) {
      expect(readTimes(body), JSON.stringify(body)).to.equal(undefined);
    }
  });

  it('is sorted, and free of slots that are none', () => {
    const slots = readSlots([
      { startTime: '2026-11-19T14:45:00+01:00', endTime: '2026-11-19T15:45:00+01:00' },
      { startTime: 'soon', endTime: 'later' },
      null,
      7,
      { startTime: '2026-11-19T08:00:00Z', endTime: '2026-11-19T09:00:00Z' },
    ]);
    expect(slots.map(({ startTime }) => startTime)).to.deep.equal([
      '2026-11-19T08:00:00.000Z',
      '2026-11-19T13:45:00.000Z',
    ]);
    expect(slots[0]?.inviteesRemaining).to.equal(1);
  });
});
