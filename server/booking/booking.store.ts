import type { Insertable, Selectable } from 'kysely';
import type { Connection } from '../database/connection.ts';
import type { BookingTable } from '../database/schema.ts';
import type { BookingRecord } from './booking.ts';
import { contradiction } from './soundness.ts';

/** What belongs to a booking and never leaves the store with it. */
export interface BookingSecrets {
  tokenHash: string;
  /** Opened by the request's Idempotency-Key. */
  sealedToken: string | null;
  /** Opened by the deployment's secret, for the links in mails; sealed for the booking's `calendarUid`. */
  linkToken: string;
  idempotencyHash: string | null;
  requestHash: string | null;
}

type Row = Selectable<BookingTable>;
type RecordRow = Omit<
  Insertable<BookingTable>,
  'token_hash' | 'sealed_token' | 'link_token' | 'idempotency_hash' | 'request_hash'
>;

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
const parsed = <T>(text: string | null): T | null =>
  text === null ? null : (JSON.parse(text) as T);

const toRow = (booking: BookingRecord): RecordRow => ({
  id: booking.id,
  owner: booking.owner,
  calendar: booking.calendar,
  version: booking.version,
  status: booking.status,
  payment_status: booking.paymentStatus,
  session_type_id: booking.sessionTypeId,
  event_type: booking.eventType,
  title: booking.title,
  host_name: booking.hostName,
  is_group: booking.group ? 1 : 0,
  price_amount: booking.price?.amount ?? null,
  price_currency: booking.price?.currency ?? null,
  refund_until_hours: booking.refundUntilHours,
  refund_ended_at: booking.refundEndedAt,
  capture: booking.capture,
  checkout_url: booking.checkoutUrl,
  payment_declined: booking.paymentDeclined ? 1 : 0,
  paid_by: booking.paidBy,
  start_time: booking.startTime,
  end_time: booking.endTime,
  seat: booking.seat,
  hold_expires_at: booking.holdExpiresAt,
  name: booking.name,
  email: booking.email,
  timezone: booking.timezone,
  notes: booking.notes,
  location: json(booking.location),
  answers: JSON.stringify(booking.answers),
  guests: JSON.stringify(booking.guests),
  tracking: JSON.stringify(booking.tracking),
  invitee_uri: booking.inviteeUri,
  event_uri: booking.eventUri,
  cancel_url: booking.cancelUrl,
  reschedule_url: booking.rescheduleUrl,
  known_since: booking.knownSince,
  place: json(booking.place),
  scheduling_url: booking.schedulingUrl,
  continue_url: booking.continueUrl,
  rejection: booking.rejection,
  cancel_requested_at: booking.cancelRequestedAt,
  canceled_by: booking.canceledBy,
  cancel_reason: booking.cancelReason,
  replaces: booking.replaces,
  rescheduled_to: booking.rescheduledTo,
  calendar_uid: booking.calendarUid,
  sequence: booking.sequence,
  created_at: booking.createdAt,
  updated_at: booking.updatedAt,
});

const fromRow = (row: Row): BookingRecord => ({
  id: row.id,
  owner: row.owner,
  calendar: row.calendar,
  version: row.version,
  status: row.status,
  paymentStatus: row.payment_status,
  sessionTypeId: row.session_type_id,
  eventType: row.event_type,
  title: row.title,
  hostName: row.host_name,
  group: row.is_group === 1,
  price:
    row.price_amount === null || row.price_currency === null
      ? null
      : { amount: row.price_amount, currency: row.price_currency },
  refundUntilHours: row.refund_until_hours,
  refundEndedAt: row.refund_ended_at,
  capture: row.capture,
  checkoutUrl: row.checkout_url,
  paymentDeclined: row.payment_declined === 1,
  paidBy: row.paid_by,
  startTime: row.start_time,
  endTime: row.end_time,
  seat: row.seat,
  holdExpiresAt: row.hold_expires_at,
  name: row.name,
  email: row.email,
  timezone: row.timezone,
  notes: row.notes,
  location: parsed<NonNullable<BookingRecord['location']>>(row.location),
  answers: parsed<BookingRecord['answers']>(row.answers) ?? [],
  guests: parsed<BookingRecord['guests']>(row.guests) ?? [],
  tracking: JSON.parse(row.tracking) as BookingRecord['tracking'],
  inviteeUri: row.invitee_uri,
  eventUri: row.event_uri,
  cancelUrl: row.cancel_url,
  rescheduleUrl: row.reschedule_url,
  knownSince: row.known_since,
  place: parsed<NonNullable<BookingRecord['place']>>(row.place),
  schedulingUrl: row.scheduling_url,
  continueUrl: row.continue_url,
  rejection: row.rejection,
  cancelRequestedAt: row.cancel_requested_at,
  canceledBy: row.canceled_by,
  cancelReason: row.cancel_reason,
  replaces: row.replaces,
  rescheduledTo: row.rescheduled_to,
  calendarUid: row.calendar_uid,
  sequence: row.sequence,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** A stored booking must never contradict itself; whoever tries has a bug, and nothing is written. */
const assertSound = (booking: BookingRecord): void => {
  const reason = contradiction(booking);
  if (reason) throw new Error(`Booking ${booking.id} would be stored as ${reason}.`);
};

export async function insertBooking(
  trx: Connection,
  booking: BookingRecord,
  secrets: BookingSecrets,
): Promise<void> {
  assertSound(booking);
  await trx
    .insertInto('booking')
    .values({
      ...toRow(booking),
      token_hash: secrets.tokenHash,
      sealed_token: secrets.sealedToken,
      link_token: secrets.linkToken,
      idempotency_hash: secrets.idempotencyHash,
      request_hash: secrets.requestHash,
    })
    .execute();
}

/** Writes `after` over `before`; fails when somebody else has written since `before` was read. */
export async function saveBooking(
  trx: Connection,
  before: BookingRecord,
  after: BookingRecord,
): Promise<void> {
  assertSound(after);
  const { id: _, ...columns } = toRow(after);
  const result = await trx
    .updateTable('booking')
    // A request that came to nothing may be sent again under the same key.
    .set(after.status === 'rejected' ? { ...columns, idempotency_hash: null } : columns)
    .where('id', '=', before.id)
    .where('version', '=', before.version)
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) throw new Error(`Booking ${before.id} was changed meanwhile.`);
}

export async function findBooking(db: Connection, id: string): Promise<BookingRecord | null> {
  const row = await db.selectFrom('booking').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? fromRow(row) : null;
}

export async function findBookingByInvitee(
  db: Connection,
  inviteeUri: string,
): Promise<BookingRecord | null> {
  const row = await db
    .selectFrom('booking')
    .selectAll()
    .where('invitee_uri', '=', inviteeUri)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

export async function findSecrets(db: Connection, id: string): Promise<BookingSecrets | null> {
  const row = await db
    .selectFrom('booking')
    .select(['token_hash', 'sealed_token', 'link_token', 'idempotency_hash', 'request_hash'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row
    ? {
        tokenHash: row.token_hash,
        sealedToken: row.sealed_token,
        linkToken: row.link_token,
        idempotencyHash: row.idempotency_hash,
        requestHash: row.request_hash,
      }
    : null;
}

export async function findByIdempotencyHash(
  db: Connection,
  hash: string,
): Promise<BookingRecord | null> {
  const row = await db
    .selectFrom('booking')
    .selectAll()
    .where('idempotency_hash', '=', hash)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** The booking that is taking or has taken `id`'s place, if there is one; none that came to its end before Calendly had it. */
export async function findReplacement(db: Connection, id: string): Promise<BookingRecord | null> {
  const row = await db
    .selectFrom('booking')
    .selectAll()
    .where('replaces', '=', id)
    .where('status', 'not in', ['rejected', 'expired'])
    .where((is) => is.or([is('status', '<>', 'canceled'), is('known_since', 'is not', null)]))
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

const dayMs = 86_400_000;

/**
 * Everything a sweep compares with Calendly: what is unfinished, what is confirmed and not yet over, and what was given up
 * of late. `now`: epoch ms.
 */
export async function findOpenBookings(db: Connection, now: number): Promise<BookingRecord[]> {
  const rows = await db
    .selectFrom('booking')
    .selectAll()
    .where((is) =>
      is.or([
        is('status', 'in', ['scheduling', 'awaiting_invitee']),
        is.and([is('status', '=', 'confirmed'), is('end_time', '>', new Date(now).toISOString())]),
        is.and([
          is('status', '=', 'canceled'),
          is('price_amount', 'is', null),
          is('invitee_uri', 'is', null),
          is('updated_at', '>', now - dayMs),
        ]),
      ]),
    )
    .orderBy('start_time')
    .execute();
  return rows.map(fromRow);
}

export interface SeatTime {
  calendar: string;
  eventType: string;
  startTime: string;
  endTime: string;
  knownSince: number | null;
}

/** The seats of one calendar that touch `[from, to)`. */
export async function findSeats(
  db: Connection,
  calendar: string,
  from: string,
  to: string,
): Promise<SeatTime[]> {
  const rows = await db
    .selectFrom('booking')
    .select(['calendar', 'event_type', 'start_time', 'end_time', 'known_since'])
    .where('calendar', '=', calendar)
    .where('seat', 'is not', null)
    .where('start_time', '<', to)
    .where('end_time', '>', from)
    .execute();
  return rows.map((row) => ({
    calendar: row.calendar,
    eventType: row.event_type,
    startTime: row.start_time,
    endTime: row.end_time,
    knownSince: row.known_since,
  }));
}

/** The ids of the bookings that hold a seat in `[from, to)` and that Calendly has confirmed. */
export async function findConfirmedIds(
  db: Connection,
  calendar: string,
  from: string,
  to: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('booking')
    .select('id')
    .where('calendar', '=', calendar)
    .where('status', '=', 'confirmed')
    .where('seat', 'is not', null)
    .where('start_time', '<', to)
    .where('end_time', '>', from)
    .execute();
  return rows.map((row) => row.id);
}

/** The seat numbers that are taken in one slot, ascending. */
export async function findTakenSeats(
  db: Connection,
  calendar: string,
  startTime: string,
): Promise<number[]> {
  const rows = await db
    .selectFrom('booking')
    .select('seat')
    .where('calendar', '=', calendar)
    .where('start_time', '=', startTime)
    .where('seat', 'is not', null)
    .orderBy('seat')
    .execute();
  return rows.flatMap((row) => (row.seat === null ? [] : [row.seat]));
}
