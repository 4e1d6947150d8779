import { expect, vi } from 'vitest';
import type { Invitee, ScheduledEvent } from '../sandbox/calendly/resources.ts';
import type { MailMessage } from '../sandbox/mailbox/mailbox.ts';
import type { OurBooking } from '../sandbox/panel/backend-view.ts';
import { moneyKept } from '../sandbox/panel/promises.ts';
import type { Session } from '../sandbox/stripe/state.ts';
import { readBackendView } from '../start/backend-view.ts';
import type { Booking } from '../../server/contract/booking.ts';
import type { Journey } from './journey.ts';
import { patient } from './patience.ts';

// Where a booking has to be found after it was made: in Calendly, at Stripe, in the mailbox and, by the mail's link, in the
// database.

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

/** The one booking of this person as the backend has written it down, whatever came of it. */
export function writtenDown({ demo }: Journey, email: string): OurBooking {
  const [booking, ...others] = readBackendView(demo.databaseFile).bookings.filter(
    (each) => each.email === email,
  );
  if (!booking || others.length > 0) throw new Error(`${email} has no booking, or several.`);
  return booking;
}

export interface StripeRecord {
  /** What is reserved or taken and was not given back, in minor units. */
  kept: number;
  /** What was ever taken. */
  charged: number;
  sessions: Session['status'][];
}

export function atStripe(journey: Journey, email: string): StripeRecord {
  const { sessions, paymentIntents, refunds } = journey.stripe.state;
  const own = sessions.filter(({ customer_email: address }) => address === email);
  const intents = paymentIntents.filter(({ id }) =>
    own.some(({ payment_intent: of }) => of === id),
  );
  return {
    kept: intents.reduce((sum, intent) => sum + moneyKept(intent, refunds), 0),
    charged: intents.reduce((sum, { amount_received: received }) => sum + received, 0),
    sessions: own.map(({ status }) => status),
  };
}

/** Booked and paid once, in all four places; answers with the link of the mail. */
export async function expectSold(
  journey: Journey,
  email: string,
  startTime: string,
  amount: number,
): Promise<string> {
  // The last thing that happens: the card is charged when Calendly has the booking.
  await vi.waitFor(
    () =>
      expect(writtenDown(journey, email)).toMatchObject({
        status: 'confirmed',
        paymentStatus: 'paid',
      }),
    patient,
  );
  const link = await expectBooked(journey, email, startTime);
  expect(atStripe(journey, email)).toEqual({
    kept: amount,
    charged: amount,
    sessions: ['complete'],
  });
  return link;
}

/** Not in the calendar, and nothing of the visitor's money is kept. */
export async function expectUnsold(
  journey: Journey,
  email: string,
  ended: Pick<OurBooking, 'status' | 'paymentStatus'> & { charged?: number },
): Promise<void> {
  const { charged = 0, ...end } = ended;
  await vi.waitFor(() => expect(writtenDown(journey, email)).toMatchObject(end), patient);
  expect(timesInCalendly(journey, email)).toEqual([]);
  expect(atStripe(journey, email)).toMatchObject({ kept: 0, charged });
  expect(mailsTo(journey, email).filter(({ subject }) => subject.startsWith('Booked'))).toEqual([]);
}
