import { sql } from 'kysely';
import type { Connection } from '../connection.ts';

/** Never follows today's types: a migration is history. */
export async function up(db: Connection): Promise<void> {
  await sql`
    create table booking (
      id text primary key,
      owner text not null,
      calendar text not null,
      version integer not null,
      status text not null check (status in ('awaiting_payment','scheduling','awaiting_invitee','confirmed',
        'canceled','rescheduled','expired','rejected')),
      payment_status text not null check (payment_status in ('not_required','open','authorized','paid','releasing',
        'released','refunding','refunded','refund_failed')),
      session_type_id text not null,
      event_type text not null,
      title text not null,
      host_name text,
      is_group integer not null,
      price_amount integer check (price_amount > 0),
      price_currency text,
      refund_until_hours real,
      refund_ended_at text,
      capture text,
      checkout_url text,
      payment_declined integer not null,
      paid_by text references booking (id),
      start_time text not null,
      end_time text not null check (end_time > start_time),
      seat integer check (seat >= 1),
      hold_expires_at integer,
      name text not null,
      email text not null,
      timezone text not null,
      notes text,
      location text,
      answers text not null,
      guests text not null,
      tracking text not null,
      invitee_uri text unique,
      event_uri text,
      cancel_url text,
      reschedule_url text,
      known_since integer,
      place text,
      scheduling_url text not null,
      continue_url text,
      rejection text,
      cancel_requested_at integer,
      canceled_by text,
      cancel_reason text,
      replaces text references booking (id),
      rescheduled_to text references booking (id),
      calendar_uid text not null,
      sequence integer not null,
      token_hash text not null,
      sealed_token text,
      link_token text not null,
      idempotency_hash text unique,
      request_hash text,
      created_at integer not null,
      updated_at integer not null,
      check (status not in ('canceled','rescheduled','expired','rejected') or seat is null),
      check (status <> 'confirmed' or invitee_uri is not null)
    ) strict`.execute(db);

  // One live booking per seat. A seat that is given back is null, and nulls never collide.
  await sql`create unique index booking_seat on booking (calendar, start_time, seat)`.execute(db);
  // A booking is moved once at a time, or two live bookings would come of it.
  await sql`create unique index booking_replacement on booking (replaces)
    where replaces is not null and status not in ('rejected', 'expired')
      and (status <> 'canceled' or known_since is not null)`.execute(db);
  await sql`create index booking_start on booking (start_time, status)`.execute(db);
  await sql`create index booking_event on booking (event_uri)`.execute(db);
  await sql`create index booking_known on booking (calendar, end_time) where seat is not null`.execute(
    db,
  );

  // Seats of one calendar may share a slot of the same event type and must not overlap otherwise.
  const overlaps = sql.raw(`exists (
      select 1 from booking other
      where other.calendar = new.calendar and other.seat is not null and other.id <> new.id
        and other.start_time < new.end_time and new.start_time < other.end_time
        and not (other.event_type = new.event_type and other.start_time = new.start_time))`);
  await sql`create trigger booking_overlap_insert before insert on booking
    when new.seat is not null and ${overlaps}
    begin select raise(abort, 'booking_overlap'); end`.execute(db);
  await sql`create trigger booking_overlap_update before update of calendar, start_time, end_time, seat on booking
    when new.seat is not null and (old.seat is null or old.start_time <> new.start_time or old.end_time <> new.end_time)
      and ${overlaps}
    begin select raise(abort, 'booking_overlap'); end`.execute(db);

  await sql`
    create table job (
      id integer primary key,
      kind text not null,
      booking_id text references booking (id),
      dedupe_key text not null unique,
      payload text not null,
      run_at integer not null,
      attempts integer not null default 0,
      lease text,
      lease_until integer,
      last_error text,
      done_at integer,
      dead_at integer,
      created_at integer not null
    ) strict`.execute(db);
  await sql`create index job_due on job (run_at) where done_at is null and dead_at is null`.execute(
    db,
  );
  await sql`create index job_booking on job (booking_id)`.execute(db);

  await sql`
    create table delivery (
      id integer primary key,
      source text not null,
      dedupe_key text not null,
      body text not null,
      received_at integer not null,
      processed_at integer,
      outcome text,
      unique (source, dedupe_key)
    ) strict`.execute(db);

  // One checkout for a booking and one booking for a checkout, whatever anybody presents.
  await sql`
    create table payment (
      booking_id text primary key references booking (id),
      request text not null,
      return_url text,
      session_id text unique,
      payment_id text unique,
      refund_id text unique,
      created_at integer not null
    ) strict`.execute(db);

  await sql`
    create table quota_use (
      id integer primary key,
      booking_id text not null references booking (id),
      owner text not null,
      used_at integer
    ) strict`.execute(db);
  await sql`create unique index quota_reserved on quota_use (booking_id) where used_at is null`.execute(
    db,
  );
  await sql`create index quota_used on quota_use (owner, used_at)`.execute(db);

  await sql`create table setting (name text primary key, value text not null) strict`.execute(db);
}
