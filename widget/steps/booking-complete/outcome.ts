import type { Booking } from '../../flow/state.ts';
import type { TextKey } from '../../i18n/dictionary.ts';

/** What became of a booking, in words still to be filled in. */
export interface Outcome {
  readonly title: TextKey;
  readonly help: readonly TextKey[];
  /** `booked` can be added to a calendar and changed; `waiting` ends by itself; `over` leads to another time. */
  readonly is: 'booked' | 'waiting' | 'over';
}

export const outcomeOf = (
  { status, cancelRequested, canceledBy, hostName, rejection }: Booking,
  isMoved = false,
): Outcome => {
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
      return { is: 'over', title: 'canceledTitle', help: canceler(canceledBy, hostName) };
    case 'rescheduled':
      return { is: 'over', title: 'movedAwayTitle', help: ['movedAwayHelp'] };
    case 'expired':
      return { is: 'over', title: 'expiredTitle', help: ['expiredHelp'] };
    case 'rejected':
      return {
        is: 'over',
        title: 'notBookedTitle',
        help: [rejection === 'refused' ? 'notBookedByCalendly' : 'notBookedTaken'],
      };
  }
};

const canceler = (by: Booking['canceledBy'], hostName: string | null): TextKey[] => {
  if (by === 'invitee') return ['canceledByInvitee'];
  if (by === null) return [];
  return [hostName === null ? 'canceledByHostAlone' : 'canceledByHost'];
};
