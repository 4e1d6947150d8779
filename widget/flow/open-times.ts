import type { AvailableTimesResponse, Slot } from '../../server/contract/available-times.ts';
import type { Failure } from '../api/failure.ts';
import { dayOf, monthOf, type Day, type Month } from '../time/day.ts';
import { slotsByDay } from '../time/slots.ts';
import type { Effect, Outcome } from './effect.ts';
import type { Message } from './message.ts';
import { noTimes, type SelectTime } from './state.ts';

type Change = Outcome<SelectTime>;

export const stay = <S>(state: S): Outcome<S> => ({ state, effects: [] });

export const startSelectTime = (
  sessionTypeId: string | null,
  zone: string,
  moving: SelectTime['moving'] = null,
): Change => ({
  state: {
    step: 'SELECT_TIME',
    phase: sessionTypeId === null ? { is: 'choosing-session-type', sessionTypes: null } : LOADING,
    sessionTypeId,
    sessionType: null,
    zone,
    times: noTimes,
    month: null,
    monthIs: 'loading',
    day: null,
    slot: null,
    lostSlot: null,
    leaving: false,
    details: null,
    draftId: null,
    moving,
  },
  effects: [
    sessionTypeId === null
      ? { type: 'load-session-types' }
      : { type: 'load-times', sessionTypeId, range: null, idle: false },
  ],
});

const LOOK_AROUND = { type: 'look-around' } as const;
const LOADING = { is: 'loading' } as const;

/**
 * All that it takes until a time is chosen: small, because everyone waits for it. Null: not mine, the rest of the flow
 * knows what to do.
 */
export const openTimes = (state: SelectTime, message: Message): Change | null => {
  switch (message.type) {
    case 'session-types-arrived':
      return stay({
        ...state,
        phase: { is: 'choosing-session-type', sessionTypes: message.sessionTypes },
      });
    case 'choose-session-type': {
      const { state: fresh, effects } = startSelectTime(message.sessionTypeId, state.zone);
      return { state: { ...fresh, details: state.details, draftId: state.draftId }, effects };
    }
    case 'first-times-arrived':
      return open(state, message.answer, message.today, message.wanted);
    case 'first-times-failed':
      return fail(state, message.failure);
    case 'choose-day':
      return monthOf(message.day) === state.month ? chooseDay(state, message.day) : null;
    case 'choose-slot':
      return chooseSlot(state, message.slot);
    default:
      return null;
  }
};

/** The free days of a month, ascending. */
export const freeDaysIn = ({ times, zone }: SelectTime, month: Month): Day[] =>
  [...slotsByDay(times.slots, zone).keys()].filter((day) => monthOf(day) === month);

const open = (
  state: SelectTime,
  { sessionType, slots, stale, from, to }: AvailableTimesResponse,
  today: Day,
  wanted: string | null,
): Change => {
  const slot = slots.find(({ startTime }) => startTime === wanted) ?? null;
  const first = slot ?? slots[0];
  const day = first === undefined ? null : dayOf(first.startTime, state.zone);
  const month = monthOf(day ?? today);
  return {
    state: {
      ...state,
      phase: { is: 'ready' },
      sessionType,
      sessionTypeId: sessionType.id,
      times: { ...noTimes, slots, covered: [{ from, to }], stale },
      month,
      monthIs: monthOf(dayOf(to, state.zone)) > month ? 'known' : 'loading',
      day,
      slot,
      lostSlot: null,
    },
    effects: [{ type: 'session-type-viewed' }, LOOK_AROUND],
  };
};

// A page can say anything; an id that no session type could have is not found either.
const NOT_FOUND: readonly string[] = ['session_type_not_found', 'not_found', 'invalid_request'];

const fail = (state: SelectTime, failure: Failure): Change => {
  const { code, sentence } =
    failure.is === 'refused' ? failure : { code: 'unreachable', sentence: '' };
  const report: Effect = { type: 'report-failure', code, sentence };
  return NOT_FOUND.includes(code)
    ? { state: { ...state, phase: { is: 'not-found' } }, effects: [report, LOOK_AROUND] }
    : {
        state: { ...state, phase: { is: 'unreachable' } },
        effects: [report, LOOK_AROUND, { type: 'retry-later' }],
      };
};

const chooseDay = (state: SelectTime, day: Day): Change =>
  stay(
    slotsByDay(state.times.slots, state.zone).has(day)
      ? { ...state, day, slot: day === state.day ? state.slot : null, lostSlot: null }
      : state,
  );

const chooseSlot = (state: SelectTime, slot: Slot | null): Change => {
  const { times, zone, sessionType } = state;
  const known = times.slots.find(({ startTime }) => startTime === slot?.startTime);
  if (known === undefined || sessionType === null) {
    return stay(slot === null ? { ...state, slot } : state);
  }
  const day = dayOf(known.startTime, zone);
  return {
    state: { ...state, slot: known, day, month: monthOf(day), lostSlot: null },
    effects: [{ type: 'slot-selected', slot: known, sessionType, zone }],
  };
};
