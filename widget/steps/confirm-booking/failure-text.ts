import type { Attempt } from '../../flow/state.ts';
import type { TextKey } from '../../i18n/dictionary.ts';

type Reason = (Attempt & { is: 'failed' })['reason'];

export interface FailureText {
  /** Null: the server's own sentence says it best. */
  readonly key: TextKey | null;
  /** What can be done besides trying again. */
  readonly ways: readonly ('calendly' | 'times' | 'booking')[];
}

/** Why it was not booked, and the way on. Calendly's own page is none where it would not ask for the price. */
export const failureText = (reason: Reason, isPaid = false): FailureText => {
  const { key, ways } = anyFailureText(reason);
  return isPaid
    ? {
        key: key === 'notBookedCalendly' ? 'notBookedCalendar' : key,
        ways: ways.filter((way) => way !== 'calendly'),
      }
    : { key, ways };
};

const anyFailureText = (reason: Reason): FailureText => {
  switch (reason) {
    case 'unreachable':
      return { key: 'notBookedUnreachable', ways: [] };
    case 'too_many_requests':
      return { key: 'notBookedBusy', ways: [] };
    case 'scheduling_unavailable':
      return { key: 'notBookedCalendly', ways: ['calendly'] };
    case 'scheduling_refused':
    case 'internal_error':
      return { key: 'notBookedRefused', ways: ['calendly', 'times'] };
    case 'payments_unavailable':
      return { key: 'notBookedNoPayment', ways: ['times'] };
    case 'sign_in_required':
    case 'unauthorized':
      return { key: 'signIn', ways: [] };
    case 'session_type_not_found':
      return { key: 'notBookedGone', ways: ['calendly'] };
    case 'booking_not_changeable':
    case 'booking_not_found':
      return { key: 'notChangeable', ways: ['booking'] };
    default:
      return { key: null, ways: ['times', 'calendly'] };
  }
};
