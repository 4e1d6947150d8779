import type { Booking } from '../../flow/state.ts';
import type { TextKey } from '../../i18n/dictionary.ts';

/** What became of a booking, in words still to be filled in. */
export interface Outcome {
  readonly title: TextKey;
  readonly help: readonly TextKey[];
  /**
   * `booked` can be added to a calendar and changed; `waiting` ends by itself; `over` leads to another time, `lost` to the
   * nearest ones, `free-again` to the same one too.
   */
  readonly is: 'booked' | 'waiting' | 'over' | 'lost' | 'free-again';
}

export const outcomeOf = (booking: Booking, isMoved = false): Outcome => {
  const { status, cancelRequested, canceledBy, hostName, rejection, price, calendlyEventId } =
    booking;
  switch (status) {
    case 'confirmed':
      if (cancelRequested)
        return { is: 'waiting', title: 'cancelingTitle', help: ['cancelingHelp'] };
      return isMoved
        ? { is: 'booked', title: 'movedTitle', help: ['newInvitationTo'] }
        : { is: 'booked', title: 'bookedTitle', help: ['invitationTo'] };
    case 'scheduling':
      return { is: 'waiting', title: 'settlingTitle', help: ['settlingHelp'] };
    case 'awaiting_invitee':
      return { is: 'waiting', title: 'lastStepTitle', help: ['lastStepHelp'] };
    case 'awaiting_payment':
      return { is: 'waiting', title: 'unpaidTitle', help: [] };
    case 'canceled':
      // Never paid, so Calendly never heard of it.
      if (price !== null && calendlyEventId === null && canceledBy === 'invitee') {
        return { is: 'over', title: 'givenBackTitle', help: ['givenBackHelp'] };
      }
      return { is: 'over', title: 'canceledTitle', help: canceler(canceledBy, hostName) };
    case 'rescheduled':
      return { is: 'over', title: 'movedAwayTitle', help: ['movedAwayHelp'] };
    case 'expired':
      return price === null
        ? { is: 'over', title: 'expiredTitle', help: ['expiredHelp'] }
        : { is: 'free-again', title: 'holdEndedTitle', help: ['holdEndedHelp'] };
    case 'rejected': {
      if (rejection === 'payment_unavailable') {
        return { is: 'free-again', title: 'notPayableTitle', help: ['notPayableHelp'] };
      }
      const isTaken = rejection !== 'refused';
      const free = isTaken ? 'notBookedTaken' : 'notBookedByCalendly';
      const paid = isTaken ? 'takenWhilePaying' : 'refusedByCalendly';
      return { is: 'lost', title: 'notBookedTitle', help: [price === null ? free : paid] };
    }
  }
};

const canceler = (by: Booking['canceledBy'], hostName: string | null): TextKey[] => {
  if (by === 'invitee') return ['canceledByInvitee'];
  if (by === null) return [];
  return [hostName === null ? 'canceledByHostAlone' : 'canceledByHost'];
};
