import { findBooking, findBookingByInvitee } from '../booking/booking.store.ts';
import type { BookingRecord } from '../booking/booking.ts';
import type { Database } from '../database/connection.ts';
import type { Adopt, Adoption } from './adopt.ts';
import { SchedulingError, type CallOptions, type Invitee, type Scheduling } from './scheduling.ts';

/**
 * Reads one invitee from Calendly as it is now and makes our records agree, moves to other times included. What a
 * delivery or a list said is only the reason to look.
 */
export interface Reconcile {
  (inviteeUri: string, options: CallOptions): Promise<Adoption>;
}

/** A chain of moves that is longer is none. */
const mostMoves = 50;

export function createReconcile(deps: {
  db: Database;
  scheduling: Scheduling;
  adopt: Adopt;
}): Reconcile {
  const { db, scheduling, adopt } = deps;

  async function read(inviteeUri: string, options: CallOptions): Promise<Invitee | null> {
    try {
      return await scheduling.invitee(inviteeUri, options);
    } catch (error) {
      if (error instanceof SchedulingError && error.failure === 'not_found') return null;
      throw error;
    }
  }

  /**
   * The invitee with those it was moved from, back to one that a booking has, and those it was moved to, oldest first. The
   * news of a chain of moves may come by any of its links, and not come by any other.
   */
  async function readChain(inviteeUri: string, options: CallOptions): Promise<Invitee[]> {
    const chain = [await scheduling.invitee(inviteeUri, options)];
    for (let first = chain[0]; first?.oldInvitee && chain.length < mostMoves; first = chain[0]) {
      if (await findBookingByInvitee(db, first.uri)) break;
      const older = await read(first.oldInvitee, options);
      if (!older) break;
      chain.unshift(older);
    }
    for (
      let last = chain.at(-1);
      last?.newInvitee && chain.length < mostMoves;
      last = chain.at(-1)
    ) {
      chain.push(await scheduling.invitee(last.newInvitee, options));
    }
    return chain;
  }

  async function isOurs({ uri, tracking }: Invitee): Promise<boolean> {
    const tag = tracking?.salesforce_uuid;
    if (tag && (await findBooking(db, tag))) return true;
    return (await findBookingByInvitee(db, uri)) !== null;
  }

  return async function reconcile(inviteeUri, options) {
    const chain = await readChain(inviteeUri, options);
    const [first] = chain;
    if (!first || !(await isOurs(first))) return 'foreign';

    let outcome: Adoption = 'foreign';
    let previous: BookingRecord | null = null;
    for (const invitee of chain) {
      const event = await scheduling.scheduledEvent(invitee.event, options);
      const adoption = await adopt(invitee, event, previous);
      // A link that was moved on before we heard of it is nobody's booking, and says nothing about the chain.
      if (outcome === 'foreign' || (adoption !== 'foreign' && adoption !== 'known')) {
        outcome = adoption;
      }
      previous = (await findBookingByInvitee(db, invitee.uri)) ?? previous;
    }
    return outcome;
  };
}
