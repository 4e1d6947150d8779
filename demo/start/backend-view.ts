import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { BackendView, OurBooking } from '../sandbox/panel/backend-view.ts';
import { counted, type Row, type Tone } from '../sandbox/panel/row.ts';
import { type Move, readMoves } from './backend-history.ts';

interface BookingRow {
  id: string;
  status: OurBooking['status'];
  payment_status: OurBooking['paymentStatus'];
  price_amount: number | null;
  price_currency: string | null;
  paid_by: string | null;
  invitee_uri: string | null;
  canceled_by: OurBooking['canceledBy'];
  name: string;
  email: string;
  title: string;
  start_time: string;
  updated_at: number;
}

interface DeliveryRow {
  source: 'calendly' | 'stripe';
  body: string;
  outcome: string | null;
  received_at: number;
}

interface MailRow {
  booking_id: string | null;
  mail: string;
  attempts: number;
  done_at: number | null;
  dead_at: number | null;
  created_at: number;
}

interface OwedRow {
  kind: string;
  booking_id: string | null;
  last_error: string | null;
  dead_at: number;
}

const instant = (ms: number): string => new Date(ms).toISOString();

/**
 * What the backend has written down. The sandbox looks into its database from outside: the backend does not notice.
 * Before there is a database there is nothing.
 */
export function readBackendView(databaseFile: string): BackendView {
  if (!existsSync(databaseFile)) return { bookings: [], rows: [] };
  const db = new Database(databaseFile, { readonly: true });
  try {
    const bookings = readBookings(db);
    return {
      bookings,
      rows: [
        ...moves(readMoves(db), bookings),
        ...deliveries(db, bookings),
        ...mails(db),
        ...givenUp(db),
      ],
    };
  } finally {
    db.close();
  }
}

const readBookings = (db: Database.Database): OurBooking[] =>
  db
    .prepare<[], BookingRow>(
      `select id, status, payment_status, price_amount, price_currency, paid_by, invitee_uri, canceled_by, name, email, title,
         start_time, updated_at
       from booking order by updated_at desc`,
    )
    .all()
    .map((row) => ({
      id: row.id,
      status: row.status,
      paymentStatus: row.payment_status,
      price:
        row.price_amount === null
          ? null
          : { amount: row.price_amount, currency: row.price_currency ?? '' },
      paidBy: row.paid_by,
      inviteeUri: row.invitee_uri,
      canceledBy: row.canceled_by,
      name: row.name,
      email: row.email,
      title: row.title,
      startTime: row.start_time,
      updatedAt: instant(row.updated_at),
    }));

const tones: Record<string, Tone> = {
  confirmed: 'good',
  paid: 'good',
  released: 'good',
  refunded: 'good',
  rejected: 'bad',
  refund_failed: 'bad',
};

const timeOf = (iso: string): string => iso.slice(11, 16);

/** A move of the booking says what it is now; a move of the money alone says that. */
const moves = (moved: readonly Move[], bookings: readonly OurBooking[]): Row[] =>
  moved.map((move, index) => {
    const before = moved.slice(0, index).findLast(({ booking_id: id }) => id === move.booking_id);
    const booking = bookings.find(({ id }) => id === move.booking_id);
    const isOfMoney = before?.status === move.status;
    const title = isOfMoney ? move.payment_status : move.status;
    return {
      at: instant(move.at),
      title,
      detail: isOfMoney ? `Still ${move.status}` : inWords(move, booking),
      tone: tones[title] ?? 'neutral',
      booking: move.booking_id,
    };
  });

function inWords(move: Move, booking: OurBooking | undefined): string {
  if (move.hold_expires_at !== null && move.status === 'awaiting_payment')
    return `${timeOf(booking?.startTime ?? '')} held until ${timeOf(instant(move.hold_expires_at))}`;
  return move.payment_status === 'not_required'
    ? 'Nothing to pay'
    : `Payment ${move.payment_status.replace('_', ' ')}`;
}

interface Told {
  event?: string;
  type?: string;
  payload?: { uri?: string; tracking?: { salesforce_uuid?: string | null } };
  data?: { object?: { metadata?: { booking_id?: string } | null } };
}

function read(body: string): Told {
  try {
    return JSON.parse(body) as Told;
  } catch {
    return {};
  }
}

const deliveries = (db: Database.Database, bookings: readonly OurBooking[]): Row[] =>
  db
    .prepare<[], DeliveryRow>(
      'select source, body, outcome, received_at from delivery order by id desc limit 100',
    )
    .all()
    .map(({ source, body, outcome, received_at: at }) => {
      const { event, type, payload, data } = read(body);
      const invited = bookings.find(({ inviteeUri }) => inviteeUri && inviteeUri === payload?.uri);
      return {
        at: instant(at),
        title: event ?? type ?? `${source} delivery`,
        detail: `Webhook taken in, ${outcome?.replace('_', ' ') ?? 'not processed yet'}`,
        booking:
          data?.object?.metadata?.booking_id ??
          payload?.tracking?.salesforce_uuid ??
          invited?.id ??
          undefined,
      };
    });

const mails = (db: Database.Database): Row[] =>
  db
    .prepare<[], MailRow>(
      `select booking_id, payload ->> 'mail' as mail, attempts, done_at, dead_at, created_at from job
       where kind = 'send-mail' order by id desc limit 100`,
    )
    .all()
    .map((row) => ({
      at: instant(row.done_at ?? row.dead_at ?? row.created_at),
      title: row.done_at ? 'mail sent' : row.dead_at ? 'mail given up' : 'mail owed',
      detail: `${row.mail.replaceAll('-', ' ')}${row.attempts > 1 ? `, after ${counted(row.attempts, 'try', 'tries')}` : ''}`,
      ...(row.dead_at !== null && { tone: 'bad' as const }),
      booking: row.booking_id ?? undefined,
    }));

/** The list that a human has to look at. */
const givenUp = (db: Database.Database): Row[] =>
  db
    .prepare<[], OwedRow>(
      `select kind, booking_id, last_error, dead_at from job
       where dead_at is not null and kind <> 'send-mail' order by id desc limit 100`,
    )
    .all()
    .map((row) => ({
      at: instant(row.dead_at),
      title: 'needs a human',
      detail: `${row.kind.replaceAll('-', ' ')}: ${row.last_error ?? ''}`,
      tone: 'bad',
      booking: row.booking_id ?? undefined,
    }));
