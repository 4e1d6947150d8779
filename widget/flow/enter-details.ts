import type { Slot } from '../../server/contract/available-times.ts';
import { dayOf, monthOf } from '../time/day.ts';
import { showBooking } from './show-booking.ts';
import type { Outcome } from './effect.ts';
import { fitLocation } from './fit-location.ts';
import type { Message } from './message.ts';
import { startSelectTime } from './open-times.ts';
import { loadAround } from './select-time.ts';
import {
  noTimes,
  type ConfirmBooking,
  type EnterDetails,
  type SelectTime,
  type State,
} from './state.ts';

/** A chosen slot is taken to the next step: the details, or straight to the confirmation when a booking is moved. */
export const leaveSelectTime = (
  state: SelectTime,
  { details, draftId }: Message & { type: 'draft-read' },
): Outcome<State> => {
  const { slot, sessionType, zone, times, moving } = state;
  if (!state.leaving || slot === null || sessionType === null) return { state, effects: [] };
  const common = { sessionType, slot, zone, times, moving, draftId: state.draftId ?? draftId };
  const known = state.details ?? details;
  return moving === null
    ? {
        state: {
          step: 'ENTER_DETAILS',
          ...common,
          details: { ...known, location: fitLocation(known.location, sessionType) },
          fields: {},
        },
        effects: [],
      }
    : {
        state: { step: 'CONFIRM_BOOKING', ...common, details, attempt: { is: 'idle' } },
        effects: [],
      };
};

/** Back to the times with everything typed kept; `lostSlot` is the one that somebody else took. */
export const returnToSelectTime = (
  state: EnterDetails | ConfirmBooking,
  lostSlot: Slot | null = null,
  freeSlots: readonly Slot[] = [],
): Outcome<SelectTime> => {
  const { sessionType, zone, moving, details, draftId } = state;
  const { state: fresh, effects } = startSelectTime(sessionType.id, zone, moving);
  const kept = { ...fresh, sessionType, details, draftId, lostSlot };
  // After a reload nothing is known of the times yet.
  if (state.times.covered.length === 0) return { state: kept, effects };

  const isFree = ({ startTime }: Slot) =>
    startTime !== lostSlot?.startTime && !freeSlots.some((free) => free.startTime === startTime);
  const times =
    lostSlot === null
      ? state.times
      : {
          ...state.times,
          slots: [...state.times.slots.filter(isFree), ...freeSlots].toSorted((a, b) =>
            a.startTime < b.startTime ? -1 : 1,
          ),
        };
  const sameDay = dayOf(state.slot.startTime, zone);
  const hasSameDay = times.slots.some(({ startTime }) => dayOf(startTime, zone) === sameDay);
  const nearest = freeSlots[0];
  const day = hasSameDay || nearest === undefined ? sameDay : dayOf(nearest.startTime, zone);
  return loadAround(
    {
      ...kept,
      phase: { is: 'ready' },
      times,
      month: monthOf(day),
      day,
      slot: lostSlot === null ? state.slot : null,
    },
    monthOf(day),
  );
};

export const enterDetails = (state: EnterDetails, message: Message): Outcome<State> => {
  switch (message.type) {
    case 'edit-details': {
      const details = { ...state.details, ...message.details };
      return { state: { ...state, details }, effects: [{ type: 'save-details', details }] };
    }
    case 'submit-details': {
      const { fields: _answered, ...rest } = state;
      return {
        state: { ...rest, step: 'CONFIRM_BOOKING', attempt: { is: 'idle' } },
        effects: [],
      };
    }
    case 'change-zone':
      return { state: { ...state, zone: message.zone }, effects: [] };
    case 'go-back':
    case 'change-time':
      // What the server would not take may come from questions that have changed: everything is read again.
      return returnToSelectTime(
        Object.keys(state.fields).length === 0 ? state : { ...state, times: noTimes },
      );
    default:
      return { state, effects: [] };
  }
};

/** Giving up to move a booking shows the booking again. */
export const stopMoving = (state: SelectTime): Outcome<State> =>
  state.moving === null
    ? { state, effects: [] }
    : showBooking(state, state.moving.handle, state.moving.booking);
