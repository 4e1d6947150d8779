import type { CalendlyState } from '../calendly/state.ts';
import type { PaymentIntent, StripeState } from '../stripe/state.ts';
import type { OurBooking } from './backend-view.ts';

/** A promise of the product and how often it was broken. */
export interface PromiseCount {
  count: number;
  label: string;
}

/** The three ledgers, as they are at one moment. */
export interface Ledgers {
  ours: readonly OurBooking[];
  calendly: Pick<CalendlyState, 'events' | 'invitees'>;
  stripe: Pick<StripeState, 'paymentIntents' | 'refunds'>;
}

const onTheWay = new Set<OurBooking['status'] | OurBooking['paymentStatus']>([
  'awaiting_payment',
  'scheduling',
  'awaiting_invitee',
  'releasing',
  'refunding',
]);

/** Nothing more will happen to it unless somebody wants something new. */
export const isSettled = ({ status, paymentStatus }: OurBooking): boolean =>
  !onTheWay.has(status) &&
  !onTheWay.has(paymentStatus) &&
  !(status === 'confirmed' && paymentStatus === 'authorized');

/** What of a payment is reserved or taken and has not been given back. */
export function moneyKept(intent: PaymentIntent, refunds: Ledgers['stripe']['refunds']): number {
  if (intent.status === 'requires_capture') return intent.amount_capturable;
  if (intent.status !== 'succeeded') return 0;
  const givenBack = refunds
    .filter(
      ({ payment_intent, status }) =>
        payment_intent === intent.id && status !== 'failed' && status !== 'canceled',
    )
    .reduce((sum, { amount }) => sum + amount, 0);
  return intent.amount_received - givenBack;
}

/** Calendly has somebody there for this booking. */
const isBooked = (booking: OurBooking, { calendly: { invitees, events } }: Ledgers): boolean =>
  invitees.some(
    (invitee) =>
      (invitee.uri === booking.inviteeUri || invitee.tracking.salesforce_uuid === booking.id) &&
      invitee.status === 'active' &&
      events.some(({ uri, status }) => uri === invitee.event && status === 'active'),
  );

/** The refund rule lets the owner keep what is paid when the invitee cancels too late. */
const isKeptByRule = ({ status, paymentStatus, canceledBy }: OurBooking): boolean =>
  status === 'canceled' && paymentStatus === 'paid' && canceledBy === 'invitee';

/** Payments that stand at Stripe with nothing at Calendly to show for them, and nobody at work on it. */
export function chargedWithoutBooking(ledgers: Ledgers): PaymentIntent[] {
  const { ours, stripe } = ledgers;
  return stripe.paymentIntents.filter((intent) => {
    if (moneyKept(intent, stripe.refunds) === 0) return false;
    const bookings = ours.filter(
      ({ id, paidBy }) => (paidBy ?? id) === intent.metadata['booking_id'],
    );
    return !bookings.some(
      (booking) => !isSettled(booking) || isBooked(booking, ledgers) || isKeptByRule(booking),
    );
  });
}

/** Bookings with a price for which Stripe neither holds nor has the whole of it. */
export function bookedWithoutPayment(ledgers: Ledgers): OurBooking[] {
  const { ours, stripe } = ledgers;
  return ours.filter((booking) => {
    const { price } = booking;
    if (price === null || !isSettled(booking) || booking.status !== 'confirmed') return false;
    const kept = stripe.paymentIntents
      .filter(({ metadata }) => metadata['booking_id'] === (booking.paidBy ?? booking.id))
      .map((intent) => moneyKept(intent, stripe.refunds));
    return isBooked(booking, ledgers) && !kept.includes(price.amount);
  });
}

/** Payments for one booking beyond the first. */
export function paidTwice({ stripe }: Ledgers): PaymentIntent[] {
  const paid = stripe.paymentIntents.filter((intent) => moneyKept(intent, stripe.refunds) > 0);
  return paid.filter(
    (intent, index) =>
      paid.findIndex(({ metadata }) => metadata['booking_id'] === intent.metadata['booking_id']) <
      index,
  );
}

/** Bookings that the visitor was told of and that Calendly knows nothing of. */
export function acceptedAndLost({ ours, calendly }: Ledgers): OurBooking[] {
  const known = new Set(calendly.invitees.map(({ uri }) => uri));
  return ours.filter(
    ({ status, inviteeUri }) =>
      status === 'confirmed' && (inviteeUri === null || !known.has(inviteeUri)),
  );
}

/** Seats given out beyond what there is, and hosts in two meetings at once. */
export function timesSoldTwice({ events, invitees }: Ledgers['calendly']): number {
  const active = events.filter(({ status }) => status === 'active');
  const overfull = active.filter((event) => {
    const seats = invitees.filter(
      (invitee) => invitee.event === event.uri && invitee.status === 'active',
    );
    return seats.length > event.limit;
  });
  const clashes = active.filter((event, index) =>
    active
      .slice(0, index)
      .some(
        (other) =>
          other.start_time < event.end_time &&
          event.start_time < other.end_time &&
          other.hosts.some((host) => event.hosts.includes(host)),
      ),
  );
  return overfull.length + clashes.length;
}

export const countPromises = (ledgers: Ledgers): PromiseCount[] => [
  {
    count: chargedWithoutBooking(ledgers).length + paidTwice(ledgers).length,
    label: 'charged without a booking',
  },
  { count: bookedWithoutPayment(ledgers).length, label: 'booked without a payment' },
  { count: timesSoldTwice(ledgers.calendly), label: 'times sold twice' },
  { count: acceptedAndLost(ledgers).length, label: 'accepted bookings lost' },
];
