import type { BookingRecord } from '../booking/booking.ts';
import { findBooking } from '../booking/booking.store.ts';
import type { BookingEvent } from '../booking/booking-event.ts';
import type { Ledger } from '../booking/ledger.ts';
import type { Connection } from '../database/connection.ts';
import type { CheckoutRequest } from './payment.ts';

/** What is known of one payment; it stands beside the booking that it was first made for. */
export interface PaymentRecord {
  bookingId: string;
  /** Exactly what the checkout is asked for, now and at every further try. */
  request: CheckoutRequest;
  returnUrl: string | null;
  /** The provider's names; null while they are not known. */
  sessionId: string | null;
  paymentId: string | null;
  refundId: string | null;
}

export async function insertPayment(
  trx: Connection,
  payment: Pick<PaymentRecord, 'bookingId' | 'request' | 'returnUrl'>,
  now: number,
): Promise<void> {
  await trx
    .insertInto('payment')
    .values({
      booking_id: payment.bookingId,
      request: JSON.stringify(payment.request),
      return_url: payment.returnUrl,
      created_at: now,
    })
    .execute();
}

const columns = [
  'booking_id',
  'request',
  'return_url',
  'session_id',
  'payment_id',
  'refund_id',
] as const;

async function find(
  db: Connection,
  column: 'booking_id' | 'session_id' | 'payment_id',
  value: string,
): Promise<PaymentRecord | null> {
  const row = await db
    .selectFrom('payment')
    .select(columns)
    .where(column, '=', value)
    .executeTakeFirst();
  return row
    ? {
        bookingId: row.booking_id,
        request: JSON.parse(row.request) as CheckoutRequest,
        returnUrl: row.return_url,
        sessionId: row.session_id,
        paymentId: row.payment_id,
        refundId: row.refund_id,
      }
    : null;
}

export const findPayment = (db: Connection, bookingId: string): Promise<PaymentRecord | null> =>
  find(db, 'booking_id', bookingId);
export const findPaymentBySession = (db: Connection, id: string): Promise<PaymentRecord | null> =>
  find(db, 'session_id', id);
export const findPaymentById = (db: Connection, id: string): Promise<PaymentRecord | null> =>
  find(db, 'payment_id', id);

/** Written once: a payment never gets another checkout, payment or refund than the one it has. */
export async function rememberName(
  trx: Connection,
  bookingId: string,
  column: 'session_id' | 'payment_id' | 'refund_id',
  name: string,
): Promise<void> {
  const result = await trx
    .updateTable('payment')
    .set({ [column]: name })
    .where('booking_id', '=', bookingId)
    .where((is) => is.or([is(column, 'is', null), is(column, '=', name)]))
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) {
    throw new Error(`Booking ${bookingId} has another ${column} already.`);
  }
}

/** The booking that the money stands for now: a payment goes along when its booking is moved. */
export async function findHolder(db: Connection, bookingId: string): Promise<BookingRecord | null> {
  let booking = await findBooking(db, bookingId);
  while (booking?.status === 'rescheduled' && booking.rescheduledTo !== null) {
    booking = await findBooking(db, booking.rescheduledTo);
  }
  return booking;
}

/** A payment with the booking it stands for; null when there was never one for this booking. */
export async function findMoney(
  db: Connection,
  bookingId: string | null,
): Promise<{ booking: BookingRecord; payment: PaymentRecord } | null> {
  const booking = bookingId === null ? null : await findHolder(db, bookingId);
  if (!booking) return null;
  const payment = await findPayment(db, booking.paidBy ?? booking.id);
  return payment && { booking, payment };
}

/** Applies what happened to a payment to the booking that it stands for by then: it may have been moved meanwhile. */
export const applyToHolder = (
  ledger: Ledger,
  payer: string,
  event: BookingEvent,
  also?: (trx: Connection) => Promise<void>,
): Promise<void> =>
  ledger.transact(async (writer) => {
    const holder = await findMoney(writer.trx, payer);
    if (!holder) throw new Error(`The payment of booking ${payer} belongs to nobody.`);
    await writer.apply(holder.booking.id, event);
    await also?.(writer.trx);
  });

/** Bookings whose payment may have moved without anybody telling us. */
export async function findUnsettled(
  db: Connection,
  range: { openBefore: number; endedAfter: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('booking')
    .innerJoin('payment', (join) =>
      join.on((is) =>
        is('payment.booking_id', '=', is.fn.coalesce('booking.paid_by', 'booking.id')),
      ),
    )
    .select('booking.id')
    .where('payment.session_id', 'is not', null)
    .where((is) =>
      is.or([
        is.and([
          is('booking.status', '=', 'awaiting_payment'),
          is('booking.created_at', '<', range.openBefore),
        ]),
        is.and([
          is('booking.payment_status', '=', 'authorized'),
          is('booking.status', '=', 'confirmed'),
          is('booking.updated_at', '<', range.openBefore),
        ]),
        // A checkout that was ended may have been paid in the same moment.
        is.and([
          is('booking.payment_status', '=', 'released'),
          is('booking.updated_at', '>', range.endedAfter),
        ]),
      ]),
    )
    .execute();
  return rows.map(({ id }) => id);
}
