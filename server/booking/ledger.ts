import type { Clock } from '../clock.ts';
import type { Connection, Database } from '../database/connection.ts';
import type { ClaimedJob, NewJob } from '../outbox/job.ts';
import { enqueueClaimed, enqueueJobs } from '../outbox/job.store.ts';
import type { BookingRecord } from './booking.ts';
import { findBooking, insertBooking, saveBooking, type BookingSecrets } from './booking.store.ts';
import type { BookingEvent, OwedJob } from './booking-event.ts';
import { begin, decide } from './lifecycle.ts';

/** The one way to write a booking: load, decide, save, owe the jobs, all in one transaction; then tell who listens. */
export interface Ledger {
  /** Applies the event; `also` joins the same transaction (a delivery concluded, a job done). */
  apply(
    id: string,
    event: BookingEvent,
    also?: (trx: Connection) => Promise<void>,
  ): Promise<BookingRecord>;
  /**
   * Stores a new booking and its first job, which the caller holds. `prepare` runs in the transaction and gives the
   * booking; null refuses it and nothing is stored. `also` joins the transaction once the booking is there.
   */
  open(
    prepare: (writer: LedgerWriter) => Promise<{
      booking: BookingRecord;
      secrets: BookingSecrets;
      also?: ((trx: Connection) => Promise<void>) | undefined;
    } | null>,
    lease: string,
  ): Promise<{ booking: BookingRecord; job: ClaimedJob | null } | null>;
  /** Runs several decisions as one transaction. */
  transact<T>(work: (writer: LedgerWriter) => Promise<T>): Promise<T>;
}

export interface LedgerWriter {
  trx: Connection;
  apply(id: string, event: BookingEvent): Promise<BookingRecord>;
  insert(booking: BookingRecord, secrets: BookingSecrets, jobs: OwedJob[]): Promise<void>;
}

export interface BookingChange {
  before: BookingRecord | null;
  after: BookingRecord;
}

const toJob = (bookingId: string, owed: OwedJob): NewJob => {
  const { kind, key, ...rest } = owed;
  const { runAt, ...payload } = 'runAt' in rest ? rest : { ...rest, runAt: undefined };
  return { kind, key, bookingId, payload, ...(runAt === undefined ? {} : { runAt }) };
};

export function createLedger(deps: {
  db: Database;
  clock: Clock;
  changed: (change: BookingChange) => void;
}): Ledger {
  const { db, clock, changed } = deps;

  function createWriter(trx: Connection, changes: BookingChange[]): LedgerWriter {
    async function apply(id: string, event: BookingEvent): Promise<BookingRecord> {
      const before = await findBooking(trx, id);
      if (!before) throw new Error(`There is no booking ${id}.`);
      const replaced = before.replaces === null ? null : await findBooking(trx, before.replaces);
      const decision = decide(before, event, replaced);
      if (decision.booking === before) return before;
      const now = clock.now();
      const after = { ...decision.booking, version: before.version + 1, updatedAt: now };
      await saveBooking(trx, before, after);
      await enqueueJobs(
        trx,
        decision.jobs.map((job) => toJob(id, job)),
        now,
      );
      changes.push({ before, after });
      // A move is one fact: the new booking stands and the old one goes, or neither.
      const isNew = before.status !== 'confirmed' && after.status === 'confirmed';
      if (replaced && isNew && after.cancelRequestedAt === null) {
        await apply(replaced.id, { type: 'booking-replaced', by: id, canceledInCalendly: false });
      }
      return after;
    }

    return {
      trx,
      apply,
      async insert(booking, secrets, jobs) {
        await insertBooking(trx, booking, secrets);
        await enqueueJobs(
          trx,
          jobs.map((job) => toJob(booking.id, job)),
          clock.now(),
        );
        changes.push({ before: null, after: booking });
      },
    };
  }

  async function transact<T>(work: (writer: LedgerWriter) => Promise<T>): Promise<T> {
    const changes: BookingChange[] = [];
    const result = await db.transaction().execute((trx) => work(createWriter(trx, changes)));
    for (const change of changes) changed(change);
    return result;
  }

  return {
    transact,
    apply: (id, event, also) =>
      transact(async (writer) => {
        const booking = await writer.apply(id, event);
        await also?.(writer.trx);
        return booking;
      }),
    open: (prepare, lease) =>
      transact(async (writer) => {
        const prepared = await prepare(writer);
        if (!prepared) return null;
        const [first, ...others] = begin(prepared.booking).map((job) =>
          toJob(prepared.booking.id, job),
        );
        await writer.insert(prepared.booking, prepared.secrets, []);
        await prepared.also?.(writer.trx);
        await enqueueJobs(writer.trx, others, clock.now());
        const job = first ? await enqueueClaimed(writer.trx, first, clock.now(), lease) : null;
        return { booking: prepared.booking, job };
      }),
  };
}
