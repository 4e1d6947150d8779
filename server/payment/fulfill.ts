import type { Availability } from '../availability/availability.ts';
import type { SessionTypes } from '../availability/session-types.ts';
import type { BookingEvent } from '../booking/booking-event.ts';
import type { Ledger, LedgerWriter } from '../booking/ledger.ts';
import { proposeSeat } from '../booking/seat.ts';
import type { Clock } from '../clock.ts';
import { conflictOf } from '../database/conflict.ts';
import type { Database } from '../database/connection.ts';
import type { CallOptions } from '../scheduling/scheduling.ts';
import type { Checkout, CheckoutRequest, Payment, PaymentState } from './payment.ts';
import { findMoney, rememberName } from './payment.store.ts';

/** What a look at a payment came to. */
export type Fulfillment =
  /** Money is there, and the booking knows. */
  | { outcome: 'funded' }
  | { outcome: 'unpaid'; checkout: Checkout | null }
  /** Nothing was ever to be paid, or the checkout is not known yet. */
  | { outcome: 'no_checkout' }
  /** What was paid is not what was quoted: nothing is done with it before a person has looked. */
  | { outcome: 'mismatch'; what: string };

/**
 * The one way in which money moves a booking. Called by the webhook, by the return from Checkout, by the sweep and by the
 * jobs, as often and in whatever order: what counts is what the provider says now, when it is asked for the checkout that
 * was opened for this booking. Throws a `PaymentError` or, for late money, a `SchedulingError` when nobody can tell.
 */
export interface Fulfill {
  (bookingId: string, options?: CallOptions): Promise<Fulfillment>;
}

export interface FulfillDeps {
  db: Database;
  clock: Clock;
  ledger: Ledger;
  payment: Payment;
  /** Whether the key moves real money. */
  live: boolean;
  sessionTypes: SessionTypes;
  availability: Availability;
  log: (entry: { event: string; [key: string]: unknown }) => void;
}

export function createFulfill(deps: FulfillDeps): Fulfill {
  const { db, clock, ledger, payment, live, log } = deps;

  return async function fulfill(bookingId, options = {}) {
    const money = await findMoney(db, bookingId);
    if (!money || money.payment.sessionId === null) return { outcome: 'no_checkout' };
    const { request, sessionId, bookingId: payer } = money.payment;

    const checkout = await payment.readCheckout(sessionId, request.recipient, options);
    const what = mismatch(checkout, request, live);
    if (what !== null) {
      log({ event: 'payment-mismatch', booking: money.booking.id, error: what });
      return { outcome: 'mismatch', what };
    }
    const paid = checkout.payment;
    if (paid?.status === 'declined') {
      await ledger.apply(money.booking.id, { type: 'payment-declined' });
    }
    if (paid === null || !isFunded(paid)) return { outcome: 'unpaid', checkout };

    await receive(payer, paid, options);
    return { outcome: 'funded' };
  };

  async function receive(payer: string, paid: PaymentState, options: CallOptions): Promise<void> {
    let seatFor: SeatFinder | null = null;
    // Late money needs a look for a seat; whether it is late shows for certain in the transaction alone.
    for (let looks = 0; looks < mostLooks; looks++) {
      const isDone: boolean = await apply(payer, paid, seatFor).catch((error: unknown) => {
        // Somebody else has taken the seat in the same moment.
        if (conflictOf(error) !== 'seat') throw error;
        return apply(payer, paid, noSeat);
      });
      if (isDone) return;
      seatFor = await lookForSeat(payer, options);
    }
  }

  /** False: the money is late, and nobody has looked for a seat yet. */
  function apply(payer: string, paid: PaymentState, seatFor: SeatFinder | null): Promise<boolean> {
    return ledger.transact(async (writer) => {
      await rememberName(writer.trx, payer, 'payment_id', paid.id);
      const holder = await findMoney(writer.trx, payer);
      if (!holder) throw new Error(`The payment of booking ${payer} belongs to nobody.`);
      const { booking } = holder;
      const isLate = booking.status === 'expired';
      if (isLate && seatFor === null) return false;
      const seat = isLate && seatFor ? await seatFor(writer) : null;
      const event = arrival(paid, seat);
      // What a failed refund leaves on the charge is not to be relied on: its own job looks at the list.
      const isKnown =
        event.type === 'payment-returned' && booking.paymentStatus === 'refund_failed';
      if (!isKnown) await writer.apply(booking.id, event);
      return true;
    });
  }

  /** Calendly is asked before the transaction begins. */
  async function lookForSeat(payer: string, options: CallOptions): Promise<SeatFinder> {
    const booking = (await findMoney(db, payer))?.booking;
    if (!booking || Date.parse(booking.startTime) <= clock.now()) return noSeat;
    const session = await deps.sessionTypes.find(booking.eventType, options);
    if (!session) return noSeat;
    const slot = await deps.availability.freshSlot(session, booking.startTime, options);
    return slot?.endTime === booking.endTime
      ? (writer) => proposeSeat(writer.trx, session, booking.startTime, slot)
      : noSeat;
  }
}

type SeatFinder = (writer: LedgerWriter) => Promise<number | null>;

const noSeat: SeatFinder = async () => null;
const mostLooks = 3;

const isFunded = ({ status }: PaymentState): boolean =>
  status === 'authorized' || status === 'paid';

function arrival(paid: PaymentState, seat: number | null): BookingEvent {
  if (paid.status === 'authorized') return { type: 'payment-authorized', seat };
  return paid.refunded >= paid.amount
    ? { type: 'payment-returned' }
    : { type: 'payment-captured', seat };
}

/** Why this checkout is not the one that was asked for; null when it is. */
export function mismatch(
  checkout: Checkout,
  request: CheckoutRequest,
  live: boolean,
): string | null {
  const { bookingId, price } = request;
  const { payment } = checkout;
  if (checkout.live !== live) return 'The checkout is of the other mode (live or test).';
  if (!checkout.isPayment) return 'The checkout is not a payment.';
  if (checkout.bookingId !== bookingId) return 'The checkout is for another booking.';
  if (checkout.amount !== price.amount) return `The checkout is for ${checkout.amount}.`;
  if (checkout.currency !== price.currency) return `The checkout is in ${checkout.currency}.`;
  if (payment === null) return null;
  if (payment.bookingId !== bookingId) return 'The payment is for another booking.';
  if (payment.amount !== price.amount) return `The payment is for ${payment.amount}.`;
  if (payment.currency !== price.currency) return `The payment is in ${payment.currency}.`;
  return null;
}
