import { expect, vi } from 'vitest';
import type { Invitee, ScheduledEvent } from '../sandbox/calendly/resources.ts';
import type { MailMessage } from '../sandbox/mailbox/mailbox.ts';
import type { Booking } from '../../server/contract/booking.ts';
import type { Journey } from './journey.ts';
import { patient } from './patience.ts';

// Where a booking has to be found after it was made: in Calendly, in the mailbox and, by the mail's link, in the database.

export interface CalendlyRecord {
  invitee: Invitee;
  event: ScheduledEvent;
}

export const inCalendly = ({ calendly }: Journey, email: string): CalendlyRecord[] =>
  calendly.state.invitees
    .filter((invitee) => invitee.email === email && invitee.status === 'active')
    .flatMap((invitee) =>
      calendly.state.events
        .filter(({ uri, status }) => uri === invitee.event && status === 'active')
        .map((event) => ({ invitee, event })),
    );

/** The starts of their events, as epoch milliseconds. */
export const timesInCalendly = (journey: Journey, email: string): number[] =>
  inCalendly(journey, email).map(({ event }) => Date.parse(event.start_time));

export const mailsTo = ({ mailbox }: Journey, email: string): MailMessage[] =>
  mailbox.messages.filter(({ to }) => to.includes(email));

/** Mail goes out by the outbox, after the answer. */
export const mailOf = (journey: Journey, email: string, subject: RegExp): Promise<MailMessage> =>
  vi.waitFor(() => {
    const mail = mailsTo(journey, email).find((each) => subject.test(each.subject));
    if (!mail) throw new Error(`No mail ${String(subject)} to ${email}.`);
    return mail;
  }, patient);

/** The link to the booking's own page; the token rides in its fragment. */
export function linkIn(mail: MailMessage): string {
  const link = /https?:\/\/\S+\/bookings\/[\w-]+#[\w-]{43}/.exec(mail.text)?.[0];
  if (!link) throw new Error(`No link to the booking in “${mail.subject}”.`);
  return link;
}

/** The booking as the backend has it in its database, opened with the mail's link. */
export async function inDatabase(link: string): Promise<Booking> {
  const { origin, pathname, hash } = new URL(link);
  const answer = await fetch(`${origin}/api/scheduling${pathname}`, {
    headers: { authorization: `Bearer ${hash.slice(1)}` },
  });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { booking: Booking }).booking;
}

/** Booked once, at this time, in all three places; answers with the link of the mail. */
export async function expectBooked(
  journey: Journey,
  email: string,
  startTime: string,
): Promise<string> {
  expect(timesInCalendly(journey, email)).toEqual([Date.parse(startTime)]);
  const mail = await mailOf(journey, email, /^Booked/);
  const link = linkIn(mail);
  const booking = await inDatabase(link);
  expect(booking).toMatchObject({ status: 'confirmed', email });
  expect(Date.parse(booking.startTime)).toBe(Date.parse(startTime));
  return link;
}
