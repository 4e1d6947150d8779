import { createHash } from 'node:crypto';
import type SQLite from 'better-sqlite3';
import type { Deployment } from '../sandbox/deployment.ts';

/** What people were told, which has to be true then and has to stay explainable. */
export interface Witness {
  /** The backend said that this booking is so. */
  told(bookingId: string, status: string): void;
  /** The backend answered a request for a booking. */
  answered(key: string, status: number, code: string | null): void;
  /** What somebody was told and is not so in the end; null when there is no such thing. */
  complaint(): string | null;
}

export function createWitness(deps: {
  raw: SQLite.Database;
  deployment: () => Deployment;
  complain: (promise: string) => void;
}): Witness {
  const { raw, deployment, complain } = deps;
  const toldConfirmed = new Set<string>();
  const refusals = new Map<string, boolean>();
  const inviteeOf = raw
    .prepare<[string], string | null>('select invitee_uri from booking where id = ?')
    .pluck();
  const statusOf = raw.prepare<[string], string>('select status from booking where id = ?').pluck();
  const liveWithKey = raw
    .prepare<[string], string>(
      `select id from booking where idempotency_hash = ?
       and status in ('awaiting_payment', 'scheduling', 'awaiting_invitee', 'confirmed')`,
    )
    .pluck();

  return {
    told(bookingId, status) {
      if (status !== 'confirmed') return;
      toldConfirmed.add(bookingId);
      const uri = inviteeOf.get(bookingId);
      if (!deployment().calendly.state.invitees.some((invitee) => invitee.uri === uri)) {
        complain(`somebody is told that ${bookingId} is booked, and Calendly knows of nothing`);
      }
    },
    answered(key, status, code) {
      // Of several answers to one request, the one that says yes counts.
      if (status === 200) refusals.set(key, false);
      else if (code === 'slot_taken' && !refusals.has(key)) refusals.set(key, true);
    },
    complaint() {
      for (const id of toldConfirmed) {
        const status = statusOf.get(id);
        if (status !== 'confirmed' && status !== 'canceled' && status !== 'rescheduled') {
          return `somebody was told that ${id} is booked, and it is ${status}`;
        }
      }
      for (const [key, isRefused] of refusals) {
        const id = liveWithKey.get(createHash('sha256').update(key).digest('hex'));
        if (isRefused && id !== undefined) return `${id} is live, and its maker was told it is not`;
      }
      return null;
    },
  };
}
