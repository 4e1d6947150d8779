import { sql } from 'kysely';
import type { SessionTypes } from '../availability/session-types.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { calendarFile } from '../notification/calendar-file.ts';
import { renderMessage } from '../notification/messages/messages.ts';
import { mailKinds, type Mailer, type MailKind } from '../notification/notification.ts';
import { done, type JobHandler } from '../outbox/job.ts';
import { findBooking, findSecrets } from './booking.store.ts';
import { factsOf } from './facts.ts';
import { openToken } from './token.ts';
import { confirmationUrl } from './view.ts';

export interface SendMailDeps {
  db: Database;
  clock: Clock;
  mailer: Mailer;
  sessionTypes: SessionTypes;
  publicUrl: string;
  linkSecret: string;
}

/** A mail server may be away for a day; after that nobody waits for the mail. */
const patienceMs = 24 * 3_600_000;

const isMailKind = (kind: unknown): kind is MailKind => mailKinds.some((known) => known === kind);

/** The invitee's mails about one booking, moves included, arrive in the order in which things happened. */
async function hasEarlierMail(db: Database, jobId: number, calendarUid: string): Promise<boolean> {
  const earlier = await db
    .selectFrom('job')
    .innerJoin('booking', 'booking.id', 'job.booking_id')
    .select('job.id')
    .where('job.kind', '=', 'send-mail')
    // The host's mailbox is another one, and whatever ails it must not keep the invitee waiting.
    .where(sql`job.payload ->> 'mail'`, '<>', 'note-to-host')
    .where('job.id', '<', jobId)
    .where('booking.calendar_uid', '=', calendarUid)
    .where('job.done_at', 'is', null)
    .where('job.dead_at', 'is', null)
    .executeTakeFirst();
  return earlier !== undefined;
}

/** Sends one mail about a booking. Whatever the mail server does, the booking is not touched. */
export function createSendMail(deps: SendMailDeps): JobHandler {
  const { db, clock, mailer, sessionTypes, publicUrl, linkSecret } = deps;
  const domain = new URL(publicUrl).hostname;

  return async function sendMail(job, signal) {
    const booking = job.bookingId === null ? null : await findBooking(db, job.bookingId);
    const { mail: kind } = job.payload;
    if (!booking || !isMailKind(kind)) return { result: 'dead', error: 'A mail about nothing.' };
    // News that has been overtaken is no news: the mail that follows says how things are.
    const isGoodNews = kind === 'booking-confirmed' || kind === 'booking-rescheduled';
    if (isGoodNews && booking.status !== 'confirmed') return done;
    if (kind !== 'note-to-host' && (await hasEarlierMail(db, job.id, booking.calendarUid))) {
      return { result: 'later', inMs: 2_000 };
    }

    const secrets = await findSecrets(db, booking.id);
    const previous = booking.replaces === null ? null : await findBooking(db, booking.replaces);
    const host = kind === 'note-to-host' ? await sessionTypes.owner({ signal }) : null;
    let token: string | undefined;
    try {
      token = openToken(secrets?.linkToken ?? '', linkSecret, booking.calendarUid);
    } catch {
      // The secret has been replaced since: the mail goes out, its link asks for the booking's own address.
      token = undefined;
    }
    const facts = factsOf(booking, {
      manageUrl: confirmationUrl(publicUrl, booking.id, token),
      hostEmail: host?.email ?? null,
      previousStartTime: previous?.startTime ?? null,
    });
    const canceled = kind === 'booking-canceled';
    const outcome = await mailer.send(
      {
        ...renderMessage(kind, facts),
        messageId: `${job.id}.${booking.id}@${domain}`,
        to: host
          ? { name: host.name, address: host.email }
          : { name: booking.name, address: booking.email },
        calendar:
          host || kind === 'booking-rejected'
            ? null
            : calendarFile(facts, {
                status: canceled ? 'CANCELLED' : 'CONFIRMED',
                stamp: new Date(job.createdAt).toISOString(),
                domain,
              }),
        ...(host ? { replyTo: { name: booking.name, address: booking.email } } : {}),
      },
      signal,
    );
    switch (outcome.outcome) {
      case 'sent':
        return done;
      case 'refused':
        return { result: 'dead', error: outcome.detail };
      case 'retry':
        return clock.now() - job.createdAt > patienceMs
          ? { result: 'dead', error: outcome.detail }
          : {
              result: 'again',
              inMs: Math.min(1_800_000, 5_000 * 2 ** job.attempts),
              error: outcome.detail,
            };
    }
  };
}
