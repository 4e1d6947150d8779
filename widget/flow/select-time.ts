import type { AvailableTimesResponse, Slot } from '../../server/contract/available-times.ts';
import type { Failure } from '../api/failure.ts';
import { addMonths, dayOf, monthOf, rangeOfMonths, type Day, type Month } from '../time/day.ts';
import { mergeRanges, missingRange, type Range } from '../time/range.ts';
import { slotsByDay } from '../time/slots.ts';
import type { Outcome } from './effect.ts';
import type { Message } from './message.ts';
import { freeDaysIn, openTimes, startSelectTime, stay } from './open-times.ts';
import type { SelectTime, Times } from './state.ts';

type Change = Outcome<SelectTime>;

/** The whole first step: other months, other zones, times that change meanwhile, and leaving with a slot. */
export const selectTime = (state: SelectTime, message: Message): Change => {
  switch (message.type) {
    case 'look-around':
      return state.month === null ? stay(state) : loadAround(state, state.month);
    case 'refresh':
      return refresh(state);
    case 'times-arrived':
      return takeTimes(state, message.answer, message.range);
    case 'times-failed':
      return fail(state, message.failure, message.range);
    case 'retry':
      return retry(state);
    case 'show-month':
      return message.month === state.month ? stay(state) : showMonth(state, message.month);
    case 'choose-day':
      return chooseDay(state, message.day);
    case 'change-zone':
      return changeZone(state, message.zone);
    case 'continue':
      return state.slot === null || state.sessionType === null || state.leaving
        ? stay(state)
        : { state: { ...state, leaving: true }, effects: [{ type: 'read-draft' }] };
    default:
      return openTimes(state, message) ?? stay(state);
  }
};

/** What of these months nobody has asked the backend yet; the past needs no asking. */
const unknownOf = (
  { times, zone }: SelectTime,
  month: Month,
  known: readonly Range[],
  months = 1,
): Range | null => {
  const { from, to } = rangeOfMonths(month, months, zone);
  const earliest = times.covered[0]?.from ?? from;
  return missingRange({ from: from < earliest ? earliest : from, to }, known);
};

const statusOf = (state: SelectTime, month: Month): SelectTime['monthIs'] => {
  const { covered, failed } = state.times;
  if (unknownOf(state, month, covered) === null) return 'known';
  return unknownOf(state, month, [...covered, ...failed]) === null ? 'failed' : 'loading';
};

const load = (state: SelectTime, month: Month, idle: boolean, months = 1): Change => {
  const { covered, pending, failed } = state.times;
  const range = unknownOf(state, month, [...covered, ...pending], months);
  if (range === null || state.sessionTypeId === null) return stay(state);
  return {
    state: {
      ...state,
      times: {
        ...state.times,
        pending: [...pending, range],
        failed: failed.filter(({ to }) => to <= range.from),
      },
    },
    effects: [{ type: 'load-times', sessionTypeId: state.sessionTypeId, range, idle }],
  };
};

/** Loads what the month needs, and the next one as soon as the page is idle; after an empty month it looks further. */
export const loadAround = (state: SelectTime, month: Month): Change => {
  const now = load(state, month, false);
  const isEmpty = statusOf(now.state, month) === 'known' && freeDaysIn(state, month).length === 0;
  const next = load(now.state, addMonths(month, 1), !isEmpty, isEmpty ? 3 : 1);
  return {
    state: { ...next.state, monthIs: statusOf(next.state, month) },
    effects: [...now.effects, ...next.effects],
  };
};

/** Asks again for what is shown, without taking it away meanwhile. */
const refresh = (state: SelectTime): Change => {
  const { times, month, sessionTypeId, zone } = state;
  if (month === null || sessionTypeId === null) return stay(state);
  const range = rangeOfMonths(month, 1, zone);
  return {
    state: { ...state, times: { ...times, pending: [...times.pending, range] } },
    effects: [{ type: 'load-times', sessionTypeId, range, idle: false }],
  };
};

const takeTimes = (state: SelectTime, answer: AvailableTimesResponse, asked: Range): Change => {
  const { times, slot, month } = state;
  // What was asked counts as answered, whatever the answer says of itself: a wrong one must not be asked for ever.
  const isAnswered = ({ startTime }: Slot) => startTime >= asked.from && startTime < asked.to;
  const slots = [
    ...times.slots.filter((known) => !isAnswered(known)),
    ...answer.slots.filter(isAnswered),
  ].toSorted((a, b) => (a.startTime < b.startTime ? -1 : 1));
  const isLost = slot !== null && !slots.some(({ startTime }) => startTime === slot.startTime);
  const taken: SelectTime = {
    ...state,
    times: {
      ...forget(times, asked),
      slots,
      covered: mergeRanges([...times.covered, asked]),
      stale: answer.stale,
    },
    ...(isLost && { slot: null, lostSlot: slot, leaving: false }),
  };
  return month === null ? stay(taken) : loadAround(settleDay(taken, month), month);
};

/** A month whose times came shows its first free day, unless one is shown already. */
const settleDay = (state: SelectTime, month: Month): SelectTime => {
  const free = freeDaysIn(state, month);
  return state.day !== null && free.includes(state.day)
    ? state
    : { ...state, day: free[0] ?? null };
};

const forget = (times: Times, asked: Range): Times => {
  const isOther = ({ from, to }: Range) => from !== asked.from || to !== asked.to;
  return { ...times, pending: times.pending.filter(isOther), failed: times.failed.filter(isOther) };
};

const fail = (state: SelectTime, failure: Failure, asked: Range): Change => {
  const { code, sentence } =
    failure.is === 'refused' ? failure : { code: 'unreachable', sentence: '' };
  const times = forget(state.times, asked);
  const failed = { ...state, times: { ...times, failed: [...times.failed, asked] } };
  return {
    state: state.month === null ? failed : { ...failed, monthIs: statusOf(failed, state.month) },
    effects: [{ type: 'report-failure', code, sentence }],
  };
};

const retry = (state: SelectTime): Change => {
  if (state.phase.is === 'unreachable') {
    const { effects, state: fresh } = startSelectTime(state.sessionTypeId, state.zone);
    return { state: { ...state, phase: fresh.phase }, effects };
  }
  // The visitor was quicker than the clock, or the other way round.
  if (state.phase.is !== 'ready' || state.month === null) return stay(state);
  return loadAround({ ...state, times: { ...state.times, failed: [] } }, state.month);
};

const showMonth = (state: SelectTime, month: Month): Change =>
  loadAround(
    { ...state, month, day: freeDaysIn(state, month)[0] ?? null, slot: null, lostSlot: null },
    month,
  );

const chooseDay = (state: SelectTime, day: Day): Change => {
  const chosen = openTimes({ ...state, month: monthOf(day) }, { type: 'choose-day', day });
  if (chosen?.state.day !== day) return stay(state);
  return monthOf(day) === state.month ? chosen : loadAround(chosen.state, monthOf(day));
};

const changeZone = (state: SelectTime, zone: string): Change => {
  const shown =
    state.slot ??
    (state.day === null
      ? undefined
      : slotsByDay(state.times.slots, state.zone).get(state.day)?.[0]);
  const day = shown === undefined ? null : dayOf(shown.startTime, zone);
  const month = day === null ? state.month : monthOf(day);
  const moved = { ...state, zone, day, month };
  return month === null ? stay(moved) : loadAround(settleDay(moved, month), month);
};
