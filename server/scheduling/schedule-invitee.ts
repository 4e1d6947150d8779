import type { BookingRecord } from '../booking/booking.ts';
import { findBooking } from '../booking/booking.store.ts';
import { fit, wishOf } from '../booking/fit.ts';
import type { Ledger } from '../booking/ledger.ts';
import type { BookingEvent } from '../booking/booking-event.ts';
import type { SessionTypes } from '../availability/session-types.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { concludeJob } from '../outbox/job.store.ts';
import { done, type ClaimedJob, type JobHandler, type JobResult } from '../outbox/job.ts';
import { handoffUrl } from './handoff.ts';
import { useQuota, type BookingQuota } from './quota.ts';
import { findOwnInvitee, type Recognized } from './recognize.ts';
import type { EventType, Invitee, InviteeOutcome, Scheduling } from './scheduling.ts';

export interface ScheduleInviteeDeps {
  db: Database;
  quota: BookingQuota;
  clock: Clock;
  ledger: Ledger;
  scheduling: Scheduling;
  sessionTypes: SessionTypes;
  /** Calendly takes no booking by API from this account, for a reason that only its owner can put right. */
  refusedByApi: (reason: string) => void;
}

/** Calendly may still be working on a request whose reply was lost: before this much time, absence proves nothing. */
export const settleMs = 10_000;
/** How long a seat stays held for an invitee who finishes on Calendly's page. */
export const handoffHoldMs = 15 * 60_000;

const quotaPatienceMs = 10 * 60_000;

const isPaid = ({ price }: BookingRecord): boolean => price !== null;

/** The first try of a free booking is part of the visitor's own request, whose answer says what came of it. */
const isHeard = ({ attempts }: ClaimedJob, booking: BookingRecord): boolean =>
  attempts === 1 && !isPaid(booking);

/** `invitee-created` from Calendly's answer; the end comes from the booking when the event was not read. */
export const createdEvent = (
  invitee: Invitee,
  times: { startTime: string; endTime: string },
  at: number,
): BookingEvent => ({
  type: 'invitee-created',
  at,
  inviteeUri: invitee.uri,
  eventUri: invitee.event,
  cancelUrl: invitee.cancelUrl,
  rescheduleUrl: invitee.rescheduleUrl,
  startTime: times.startTime,
  endTime: times.endTime,
  createdAt: invitee.createdAt,
});

/** When it was canceled counts, not when we hear of it: a refund may hang on it. */
export const canceledEvent = ({ cancellation }: Invitee, now: number): BookingEvent => ({
  type: 'invitee-canceled',
  at: Math.min(cancellation?.at ?? now, now),
  by: cancellation?.cancelerType ?? 'host',
  reason: cancellation?.reason ?? null,
});

/**
 * Creates the booking's invitee in Calendly, exactly once. `POST /invitees` knows no idempotency key, so every try but
 * the first looks for the invitee before it does anything, and so does a slot that turns out filled.
 */
export function createScheduleInvitee(deps: ScheduleInviteeDeps): JobHandler {
  const { db, quota, clock, ledger, scheduling, sessionTypes } = deps;

  return async function scheduleInvitee(job, signal): Promise<JobResult> {
    const booking = job.bookingId === null ? null : await findBooking(db, job.bookingId);
    if (!booking || booking.status !== 'scheduling') return done;

    const conclude = async (event: BookingEvent): Promise<JobResult> => {
      await ledger.apply(booking.id, event, (trx) => concludeJob(trx, job, done, clock.now()));
      return done;
    };
    const adopt = async ({ invitee, event }: Recognized): Promise<JobResult> => {
      await conclude(createdEvent(invitee, event, clock.now()));
      // One that was moved meanwhile is not canceled: whoever hears of the move tells where it went.
      if (invitee.status === 'canceled' && !invitee.rescheduled) {
        await ledger.apply(booking.id, canceledEvent(invitee, clock.now()));
      }
      return done;
    };

    try {
      if (job.attempts > 1) {
        const own = await findOwnInvitee(
          scheduling,
          await sessionTypes.owner({ signal }),
          booking,
          signal,
        );
        if (own) return await adopt(own);
      }
      if (Date.parse(booking.startTime) <= clock.now())
        return await conclude({ type: 'scheduling-failed', heard: isHeard(job, booking) });
      return await attempt(booking, job, signal, conclude, adopt);
    } catch (error) {
      // Whatever went wrong, Calendly may have been asked already: the next try comes late enough to look first.
      return again(job, error instanceof Error ? error.message : String(error));
    }
  };

  async function attempt(
    booking: BookingRecord,
    job: ClaimedJob,
    signal: AbortSignal,
    conclude: (event: BookingEvent) => Promise<JobResult>,
    adopt: (own: Recognized) => Promise<JobResult>,
  ): Promise<JobResult> {
    // Twice at most: a refusal for a stale question or place is worth one look at the event type as it is now.
    for (const fresh of [false, true]) {
      if (fresh) await sessionTypes.refresh({ signal });
      const session = await sessionTypes.find(booking.eventType, { signal });
      if (!session) return conclude({ type: 'scheduling-failed', heard: isHeard(job, booking) });
      if (session.bookedBy === 'calendly_page')
        return handOver(booking, session.eventType, signal, conclude);

      const request = inviteeRequest(booking, session.eventType);
      if (!request) {
        if (fresh) return conclude({ type: 'scheduling-failed', heard: isHeard(job, booking) });
        continue;
      }
      const waitMs = await useQuota(db, quota, booking, clock.now());
      const result: InviteeOutcome =
        waitMs === null
          ? await scheduling.createInvitee(request, { signal })
          : { outcome: 'refused', reason: 'quota', retryAfterMs: waitMs };
      switch (result.outcome) {
        case 'created':
          return conclude(createdEvent(result.invitee, booking, clock.now()));
        case 'slot_taken': {
          if (job.attempts === 1)
            return conclude({ type: 'slot-lost', heard: isHeard(job, booking) });
          // It may have been our own earlier success; it may also not be listed yet.
          const own = await findOwnInvitee(
            scheduling,
            await sessionTypes.owner({ signal }),
            booking,
            signal,
          );
          if (own) return adopt(own);
          if (clock.now() - job.createdAt < 2 * settleMs)
            return again(job, 'The slot is filled, by whom is not known yet.');
          return conclude({ type: 'slot-lost', heard: isHeard(job, booking) });
        }
        case 'mismatch':
          if (fresh) return handOver(booking, session.eventType, signal, conclude);
          continue;
        case 'refused':
          if (result.reason === 'quota' && isPaid(booking) && isPatient(job)) {
            return { result: 'again', inMs: result.retryAfterMs ?? settleMs, error: 'No quota.' };
          }
          // Every one of them would be refused: better before somebody pays than after.
          if (result.reason !== 'quota') deps.refusedByApi(result.reason);
          return handOver(booking, session.eventType, signal, conclude);
        case 'gone':
          return conclude({ type: 'scheduling-failed', heard: isHeard(job, booking) });
        case 'unknown':
          return again(job, result.detail);
      }
    }
    return again(job, 'The event type changed while booking.');
  }

  /** Who has paid cannot finish elsewhere, so the quota is waited for as long as a person would wait for an answer. */
  function isPatient({ createdAt }: ClaimedJob): boolean {
    return clock.now() - createdAt < quotaPatienceMs;
  }

  /** Calendly's own page takes over; a secret event type gets a link that works once. */
  async function handOver(
    booking: BookingRecord,
    eventType: EventType,
    signal: AbortSignal,
    conclude: (event: BookingEvent) => Promise<JobResult>,
  ): Promise<JobResult> {
    let page = booking.schedulingUrl;
    if (eventType.secret) {
      page = await scheduling.singleUseLink(eventType.uri, { signal }).catch(() => page);
    }
    return conclude({
      type: 'scheduling-refused',
      continueUrl: handoffUrl(page, booking, eventType),
      holdExpiresAt: Math.min(clock.now() + handoffHoldMs, Date.parse(booking.startTime)),
    });
  }
}

const again = (job: ClaimedJob, error: string): JobResult => ({
  result: 'again',
  inMs: Math.min(300_000, settleMs * 2 ** Math.max(0, job.attempts - 3)),
  error,
});

/** What Calendly is asked for; null when the details no longer fit the event type as it is now. */
function inviteeRequest(booking: BookingRecord, eventType: EventType) {
  const fitted = fit(wishOf(booking), eventType);
  if (!fitted.fits) return null;
  return {
    eventType: booking.eventType,
    startTime: booking.startTime,
    name: booking.name,
    email: booking.email,
    timezone: booking.timezone,
    location: fitted.location,
    answers: fitted.answers.map(({ question, answer }) => ({
      question,
      answer,
      position:
        eventType.questions.find((candidate) => candidate.question === question)?.position ?? 0,
    })),
    guests: [...booking.guests],
    tracking: { ...booking.tracking, salesforce_uuid: booking.id },
  };
}
