import { findBooking, findBookingByInvitee } from '../booking/booking.store.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { concludeDelivery, findDelivery } from '../outbox/inbox.ts';
import { done, type JobHandler, type JobResult } from '../outbox/job.ts';
import { backOff } from '../outbox/worker.ts';
import { parseDelivery } from './calendly.webhook.ts';
import type { Reconcile } from './reconcile.ts';
import { SchedulingError, type Invitee } from './scheduling.ts';

export interface ProcessDeliveryDeps {
  db: Database;
  clock: Clock;
  reconcile: Reconcile;
}

const patienceMs = 24 * 3_600_000;

/**
 * A delivery says where to look; what counts is what Calendly says when it is asked again. So deliveries may come twice,
 * late, and in any order.
 */
export function createProcessDelivery({ db, clock, reconcile }: ProcessDeliveryDeps): JobHandler {
  return async function processDelivery(job, signal) {
    const id = Number(job.payload['deliveryId']);
    const delivery = await findDelivery(db, id);
    if (!delivery) return done;
    const conclude = async (outcome: string): Promise<JobResult> => {
      await concludeDelivery(db, id, outcome, clock.now());
      return done;
    };

    const parsed = parseDelivery(delivery.body);
    if (!parsed.ok) {
      await concludeDelivery(db, id, 'unreadable', clock.now());
      return { result: 'dead', error: `Delivery ${id} cannot be read.` };
    }
    const { event, invitee } = parsed.delivery;
    if (invitee === null || !event.startsWith('invitee.')) return conclude('ignored');
    if (!(await mayBeOurs(invitee))) return conclude('foreign');
    try {
      const adoption = await reconcile(invitee.uri, { signal });
      if (adoption === 'duplicate') {
        await concludeDelivery(db, id, adoption, clock.now());
        return { result: 'dead', error: 'Calendly has one booking twice.' };
      }
      return await conclude(adoption);
    } catch (error) {
      if (!(error instanceof SchedulingError)) throw error;
      if (error.failure === 'not_found') return conclude('gone');
      // The sweep looks at the same booking all the while: after a day this one teaches nothing any more.
      return clock.now() - job.createdAt > patienceMs
        ? { result: 'dead', error: error.message }
        : { result: 'again', inMs: backOff(job.attempts), error: error.message };
    }
  };

  /** Bookings made elsewhere cost no call to Calendly. */
  async function mayBeOurs(invitee: Invitee): Promise<boolean> {
    if (invitee.oldInvitee !== null || (await findBookingByInvitee(db, invitee.uri))) return true;
    const tag = invitee.tracking?.salesforce_uuid;
    return Boolean(tag) && (await findBooking(db, tag ?? '')) !== null;
  }
}
