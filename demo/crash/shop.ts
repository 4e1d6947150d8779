import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import { Slot } from '../../server/contract/available-times.ts';
import { BookingConfirmResponse } from '../../server/contract/booking.ts';
import type { SeedData } from '../sandbox/calendly/calendly.ts';
import type { Weekday } from '../sandbox/calendly/resources.ts';
import type { ProcessDeployment } from '../sandbox/process-deployment.ts';

// What is sold while the power keeps failing, and how it is bought.

const week: Weekday[] = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
];

/** Seats enough for everybody who comes at once. */
const seats = 100;
const alone = { slot_step_minutes: 15 };
const group = { ...alone, seats };

/** Day and night, so that the times never run out, on a plan whose limits decide nothing here. */
export const seed: SeedData = {
  lived: false,
  plan: 'enterprise',
  owner: { timezone: 'UTC' },
  schedule: week.map((wday) => ({
    type: 'wday',
    wday,
    intervals: [{ from: '00:00', to: '24:00' }],
  })),
  eventTypes: [
    { name: 'Workshop', slug: 'workshop', kind: 'group', duration: 15, rules: group },
    { name: 'Lecture', slug: 'lecture', kind: 'group', duration: 15, rules: group },
    { name: 'Lesson', slug: 'lesson', duration: 15, rules: alone },
    { name: 'Review', slug: 'review', duration: 15, rules: alone },
  ],
};

export const price = { amount: 4900, currency: 'eur' };

export const config = {
  sessionTypes: [
    { id: 'workshop', eventType: 'workshop', price, capture: 'after_booking' },
    { id: 'lecture', eventType: 'lecture', price, capture: 'before_booking' },
    { id: 'lesson', eventType: 'lesson', price, capture: 'after_booking' },
    { id: 'review', eventType: 'review', price, capture: 'before_booking' },
  ],
  bookingQuota: { perMinute: 1_000_000, perHour: 1_000_000, perDay: 1_000_000 },
};

/** Somebody who holds a time and is about to pay for it. */
export interface Buyer {
  bookingId: string;
  sessionTypeId: string;
  startTime: string;
  email: string;
}

const Times = v.object({ slots: v.array(Slot) });

/** They are all of the same host, whose hours they share. */
const minutes: Record<string, number> = { workshop: 0, lecture: 15, lesson: 30, review: 45 };

const mostTries = 20;

/** Presses again when nobody could be reached: just after a power cut that may be. */
async function ask(url: string, init: RequestInit = {}): Promise<unknown> {
  for (let tries = 1; ; tries += 1) {
    const answer = await fetch(url, init);
    if (answer.ok) return answer.json();
    if (answer.status !== 503 || tries === mostTries) {
      throw new Error(`${url} answered ${answer.status} ${await answer.text()}`);
    }
    await wait(200);
  }
}

async function untouchedSlots(url: string, sessionTypeId: string): Promise<Slot[]> {
  const path = `/api/scheduling/calendly/available-times?sessionTypeId=${sessionTypeId}`;
  const { slots } = v.parse(Times, await ask(url + path));
  return slots.filter(
    ({ startTime, inviteesRemaining }) =>
      new Date(startTime).getUTCMinutes() === minutes[sessionTypeId] &&
      (inviteesRemaining === seats || inviteesRemaining === 1) &&
      // The first ones begin while they are being booked.
      startTime > (slots[8]?.startTime ?? ''),
  );
}

let visitors = 0;

async function hold(url: string, sessionTypeId: string, slot: Slot | undefined): Promise<Buyer> {
  if (!slot) throw new Error(`There is no free time for a ${sessionTypeId}.`);
  const { startTime, endTime, schedulingUrl } = slot;
  const name = `visitor-${++visitors}`;
  const email = `${name}@example.com`;
  const answer = await ask(`${url}/api/scheduling/bookings/confirm`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': name,
      // From somewhere else each, or they would be too many from one place.
      'x-forwarded-for': `2001:db8:${visitors.toString(16)}::1`,
    },
    body: JSON.stringify({
      sessionTypeId,
      timeSlot: { startTime, endTime, schedulingUrl },
      clientDetails: { name, email, timezone: 'Europe/Berlin' },
    }),
  });
  const { booking } = v.parse(BookingConfirmResponse, answer);
  return { bookingId: booking.id, sessionTypeId, startTime, email };
}

/** As many hold a time at once: two of five share one workshop, one is at a lecture, two have the host to themselves. */
export async function holdTimes(
  { backends: [backend] }: ProcessDeployment,
  count: number,
): Promise<Buyer[]> {
  const url = backend?.url ?? '';
  const [workshops = [], lectures = [], lessons = [], reviews = []] = await Promise.all(
    Object.keys(minutes).map((id) => untouchedSlots(url, id)),
  );
  return Promise.all(
    Array.from({ length: count }, (_, index) => {
      const fifth = Math.floor(index / 5);
      switch (index % 5) {
        case 0:
          return hold(url, 'lecture', lectures[0]);
        case 1:
          return hold(url, 'lesson', lessons[fifth]);
        case 2:
          return hold(url, 'review', reviews[fifth]);
        default:
          return hold(url, 'workshop', workshops[0]);
      }
    }),
  );
}
