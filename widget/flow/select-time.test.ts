import { expect } from 'chai';
import type { AvailableTimesResponse } from '../../server/contract/available-times.ts';
import { sessionType, slot, someSlots } from '../test/fixtures.ts';
import type { Range } from '../time/range.ts';
import type { Effect } from './effect.ts';
import type { Message } from './message.ts';
import { startSelectTime } from './open-times.ts';
import { selectTime } from './select-time.ts';
import type { SelectTime } from './state.ts';

const FROM = '2026-11-10T09:30:00.000Z';
const TO = '2026-12-11T09:30:00.000Z';

const answer = (changes: Partial<AvailableTimesResponse> = {}): AvailableTimesResponse => ({
  sessionType: sessionType(),
  slots: [...someSlots],
  stale: false,
  from: FROM,
  to: TO,
  ...changes,
});

const opened = (changes: Partial<AvailableTimesResponse> = {}, wanted: string | null = null) =>
  after(startSelectTime('workshop', 'Europe/Berlin').state, {
    type: 'first-times-arrived',
    answer: answer(changes),
    today: '2026-11-10',
    wanted,
  });

const after = (state: SelectTime, ...messages: Message[]): SelectTime =>
  messages.reduce((before, message) => selectTime(before, message).state, state);

const asked = (effects: readonly Effect[]): (Range | null)[] =>
  effects.flatMap((effect) => (effect.type === 'load-times' ? [effect.range] : []));

describe('choosing a time', () => {
  it('begins by asking for the first times, without a range', () => {
    const { state, effects } = startSelectTime('workshop', 'Europe/Berlin');
    expect(state.phase.is).to.equal('loading');
    expect(effects).to.deep.equal([
      { type: 'load-times', sessionTypeId: 'workshop', range: null, idle: false },
    ]);
  });

  it('begins with what can be booked when the page does not say', () => {
    const { state, effects } = startSelectTime(null, 'Europe/Berlin');
    expect(state.phase).to.deep.equal({ is: 'choosing-session-type', sessionTypes: null });
    expect(effects).to.deep.equal([{ type: 'load-session-types' }]);
    const chosen = selectTime(state, { type: 'choose-session-type', sessionTypeId: 'workshop' });
    expect(chosen.state.phase.is).to.equal('loading');
    expect(chosen.effects.map(({ type }) => type)).to.deep.equal(['load-times']);
  });

  it('opens on the first day that has a time', () => {
    expect(opened()).to.include({ month: '2026-11', day: '2026-11-12', slot: null });
    expect(opened({ slots: someSlots.slice(-2) })).to.include({
      month: '2026-12',
      day: '2026-12-02',
    });
  });

  it('opens on the slot that the page chose', () => {
    const state = opened({}, '2026-11-19T13:45:00.000Z');
    expect(state.day).to.equal('2026-11-19');
    expect(state.slot?.startTime).to.equal('2026-11-19T13:45:00.000Z');
    expect(opened({}, '2026-11-19T13:46:00.000Z').slot).to.equal(null);
  });

  it('opens on this month when there is no time at all', () => {
    expect(opened({ slots: [] })).to.include({ month: '2026-11', day: null });
  });

  it('tells a wrong id from a backend that cannot be reached', () => {
    const { state } = startSelectTime('nothing', 'UTC');
    const phaseAfter = (message: Message) => after(state, message).phase.is;
    expect(phaseAfter({ type: 'first-times-failed', failure: { is: 'unreachable' } })).to.equal(
      'unreachable',
    );
    const refused = { is: 'refused', sentence: '', fields: {}, slots: [] } as const;
    expect(
      phaseAfter({
        type: 'first-times-failed',
        failure: { ...refused, code: 'session_type_not_found' },
      }),
    ).to.equal('not-found');
    expect(
      phaseAfter({
        type: 'first-times-failed',
        failure: { ...refused, code: 'scheduling_unavailable' },
      }),
    ).to.equal('unreachable');
  });
});

describe('days and slots', () => {
  it('can be chosen only when they are free', () => {
    const state = opened();
    expect(after(state, { type: 'choose-day', day: '2026-11-19' }).day).to.equal('2026-11-19');
    expect(after(state, { type: 'choose-day', day: '2026-11-20' })).to.equal(state);
    expect(after(state, { type: 'choose-slot', slot: slot('2026-11-20T08:00') })).to.equal(state);
  });

  it('report the chosen slot as the backend knows it', () => {
    const forged = { ...slot('2026-11-19T13:45'), schedulingUrl: 'https://evil.example' };
    const { state, effects } = selectTime(opened(), { type: 'choose-slot', slot: forged });
    expect(state.slot?.schedulingUrl).to.contain('calendly.com');
    expect(effects.map(({ type }) => type)).to.deep.equal(['slot-selected']);
  });

  it('take the slot back with another day, or with a second press', () => {
    const chosen = after(opened(), { type: 'choose-slot', slot: slot('2026-11-19T13:45') });
    expect(chosen.day).to.equal('2026-11-19');
    expect(after(chosen, { type: 'choose-day', day: '2026-11-13' }).slot).to.equal(null);
    expect(after(chosen, { type: 'choose-day', day: '2026-11-19' }).slot).to.equal(chosen.slot);
    expect(after(chosen, { type: 'choose-slot', slot: null }).slot).to.equal(null);
  });

  it('go on only with a slot', () => {
    expect(selectTime(opened(), { type: 'continue' }).effects).to.deep.equal([]);
    const chosen = after(opened(), { type: 'choose-slot', slot: slot('2026-11-19T13:45') });
    const { state, effects } = selectTime(chosen, { type: 'continue' });
    expect(effects).to.deep.equal([{ type: 'read-draft' }]);
    // A double click.
    expect(selectTime(state, { type: 'continue' }).effects).to.deep.equal([]);
  });
});

describe('other months', () => {
  it('are asked for where they are not known yet, the next one ahead of time', () => {
    const { state, effects } = selectTime(opened(), { type: 'look-around' });
    expect(state.monthIs).to.equal('known');
    expect(asked(effects)).to.deep.equal([{ from: TO, to: '2026-12-31T23:00:00.000Z' }]);
    expect(effects[0]).to.include({ idle: true });
    // What is on its way is not asked for again.
    expect(asked(selectTime(state, { type: 'look-around' }).effects)).to.deep.equal([]);
  });

  it('show their first free day at once when it is known', () => {
    const state = after(opened(), { type: 'show-month', month: '2026-12' });
    expect(state).to.include({ month: '2026-12', day: '2026-12-02', monthIs: 'loading' });
  });

  it('show it when it comes, and keep what was known', () => {
    const shown = selectTime(opened(), { type: 'show-month', month: '2027-02' });
    const [range = null] = asked(shown.effects);
    expect(range).to.deep.equal({
      from: '2027-01-31T23:00:00.000Z',
      to: '2027-02-28T23:00:00.000Z',
    });
    expect(shown.state).to.include({ day: null, monthIs: 'loading' });
    if (range === null) throw new Error('Nothing was asked for.');
    const state = after(shown.state, {
      type: 'times-arrived',
      answer: answer({ slots: [slot('2027-02-03T09:00')], ...range }),
      range,
    });
    expect(state).to.include({ month: '2027-02', day: '2027-02-03', monthIs: 'known' });
    expect(after(state, { type: 'show-month', month: '2026-11' }).day).to.equal('2026-11-12');
  });

  it('are looked through further when the month has nothing', () => {
    const only = { slots: someSlots.slice(0, 1), to: '2026-12-31T23:00:00.000Z' };
    const { effects } = selectTime(opened(only), { type: 'show-month', month: '2026-12' });
    expect(asked(effects)).to.deep.equal([
      { from: '2026-12-31T23:00:00.000Z', to: '2027-03-31T22:00:00.000Z' },
    ]);
  });

  it('may fail alone, and be tried again', () => {
    const shown = selectTime(opened(), { type: 'show-month', month: '2027-02' });
    const [range = null] = asked(shown.effects);
    if (range === null) throw new Error('Nothing was asked for.');
    const failed = after(shown.state, {
      type: 'times-failed',
      failure: { is: 'unreachable' },
      range,
    });
    expect(failed).to.include({ monthIs: 'failed' });
    expect(failed.phase.is).to.equal('ready');
    const again = selectTime(failed, { type: 'retry' });
    expect(asked(again.effects)[0]).to.deep.equal(range);
    expect(again.state.monthIs).to.equal('loading');
  });

  it('are not asked for over and over when the backend lies about what it answers', () => {
    let { state, effects } = selectTime(opened(), { type: 'show-month', month: '2027-02' });
    for (let round = 0; round < 20 && asked(effects).length > 0; round += 1) {
      const [range = null] = asked(effects);
      if (range === null) break;
      const lie = answer({ slots: [], from: FROM, to: FROM });
      ({ state, effects } = selectTime(state, { type: 'times-arrived', answer: lie, range }));
      // February, the three months after it, and then it is enough.
      expect(round).to.be.lessThan(4);
    }
  });

  it('take no slot from an answer that was not asked for', () => {
    const range = { from: TO, to: '2026-12-31T23:00:00.000Z' };
    const state = after(opened(), {
      type: 'times-arrived',
      answer: answer({ slots: [slot('2026-11-11T01:00'), slot('2026-12-15T09:00')], ...range }),
      range,
    });
    const starts = state.times.slots.map(({ startTime }) => startTime);
    expect(starts).to.include('2026-12-15T09:00:00.000Z');
    expect(starts).not.to.include('2026-11-11T01:00:00.000Z');
  });
});

describe('another time zone', () => {
  it('keeps the chosen slot and shows the day that it is on there', () => {
    const evening = slot('2026-11-30T23:30');
    const state = after(
      opened({
        slots: [...someSlots, evening].toSorted((a, b) => (a.startTime < b.startTime ? -1 : 1)),
      }),
      { type: 'choose-slot', slot: evening },
    );
    expect(state).to.include({ day: '2026-12-01', month: '2026-12' });
    const moved = after(state, { type: 'change-zone', zone: 'America/New_York' });
    expect(moved).to.include({ day: '2026-11-30', month: '2026-11' });
    expect(moved.slot).to.equal(state.slot);
  });

  it('shows the day of the first time that was shown', () => {
    const moved = after(opened(), { type: 'change-zone', zone: 'Pacific/Honolulu' });
    expect(moved.day).to.equal('2026-11-11');
  });
});

describe('times that change meanwhile', () => {
  const range = { from: '2026-10-31T23:00:00.000Z', to: '2026-11-30T23:00:00.000Z' };
  const chosen = after(opened(), { type: 'choose-slot', slot: slot('2026-11-19T13:45') });

  it('are asked for again after an absence, and shown until then', () => {
    const { state, effects } = selectTime(chosen, { type: 'refresh' });
    expect(asked(effects)).to.deep.equal([range]);
    expect(state).to.include({ monthIs: 'known', day: '2026-11-19' });
  });

  it('take a lost slot away and say so', () => {
    const state = after(chosen, {
      type: 'times-arrived',
      answer: answer({
        ...range,
        slots: someSlots.filter(({ startTime }) => startTime !== chosen.slot?.startTime),
      }),
      range,
    });
    expect(state.slot).to.equal(null);
    expect(state.lostSlot?.startTime).to.equal('2026-11-19T13:45:00.000Z');
    expect(state.day).to.equal('2026-11-19');
  });

  it('leave a slot alone that is still free', () => {
    const state = after(chosen, { type: 'times-arrived', answer: answer(range), range });
    expect(state.slot?.startTime).to.equal('2026-11-19T13:45:00.000Z');
    expect(state.lostSlot).to.equal(null);
  });
});
