import type { Page } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import { book, bookedHeading, chooseDay, continueWith, somebody } from './acts.ts';
import { useJourney } from './journey.ts';
import { patient, story } from './patience.ts';
import { expectBooked, inDatabase, linkIn, mailOf, timesInCalendly } from './records.ts';
import type { Wording } from './wording.ts';

const journey = useJourney();
const freeTime = (index: number): string => journey.calendly.freeTimes('intro-call')[index] ?? '';

async function cancel(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Cancel booking' }).click();
  // Asked once more, with the way back beside it.
  await page.getByRole('button', { name: 'Keep it' }).waitFor();
  await page.getByRole('button', { name: 'Cancel booking' }).click();
  await page.getByRole('heading', { name: 'This booking is canceled' }).waitFor();
}

async function move(page: Page, wording: Wording, startTime: string): Promise<void> {
  await page.getByRole('button', { name: 'Reschedule' }).click();
  await chooseDay(page, wording, startTime);
  await page.getByRole('button', { name: wording.time(startTime) }).click();
  await continueWith(page, wording, startTime).click();
  await page.getByRole('heading', { name: 'Check and move' }).waitFor();
  await page.getByRole('button', { name: /^Move to\b/ }).click();
  await page.getByRole('heading', { name: /^Moved to\b/ }).waitFor();
}

async function expectCanceled(email: string, link: string): Promise<void> {
  expect(timesInCalendly(journey, email)).toEqual([]);
  expect(await inDatabase(link)).toMatchObject({ status: 'canceled', canceledBy: 'invitee' });
  await mailOf(journey, email, /^Canceled/);
}

async function expectMoved(email: string, link: string, startTime: string): Promise<void> {
  // The new time is booked first; the old one is given back after the answer.
  await vi.waitFor(
    () => expect(timesInCalendly(journey, email)).toEqual([Date.parse(startTime)]),
    patient,
  );
  const before = await inDatabase(link);
  expect(before.status).toBe('rescheduled');
  const now = await inDatabase(linkIn(await mailOf(journey, email, /^Moved/)));
  expect(now).toMatchObject({ id: before.rescheduledTo, status: 'confirmed' });
  expect(Date.parse(now.startTime)).toBe(Date.parse(startTime));
}

describe('a booking is changed where it was made', story, () => {
  it('canceled', async () => {
    const person = somebody('Cancel Here');
    const startTime = freeTime(4);
    const { page, wording, barriers } = await journey.visit();
    await book(page, wording, startTime, person);
    const link = await expectBooked(journey, person.email, startTime);

    await cancel(page);

    expect(await barriers()).toEqual([]);
    await expectCanceled(person.email, link);
    await vi.waitFor(
      () => expect(journey.calendly.freeTimes('intro-call')).toContain(startTime),
      patient,
    );
  });

  it('moved', async () => {
    const person = somebody('Move Here');
    const startTime = freeTime(5);
    const later = freeTime(9);
    const { page, wording, barriers } = await journey.visit();
    await book(page, wording, startTime, person);
    const link = await expectBooked(journey, person.email, startTime);

    await move(page, wording, later);

    expect(await barriers()).toEqual([]);
    await expectMoved(person.email, link, later);
  });
});

describe('a booking is changed from the link in its mail', story, () => {
  it('canceled', async () => {
    const person = somebody('Cancel Mail');
    const startTime = freeTime(6);
    const visitor = await journey.visit();
    await book(visitor.page, visitor.wording, startTime, person);
    const link = await expectBooked(journey, person.email, startTime);

    const later = await journey.visit({ path: link });
    await bookedHeading(later.page).waitFor();
    expect(await later.barriers()).toEqual([]);
    await cancel(later.page);

    await expectCanceled(person.email, link);
  });

  it('moved, in another zone than it was booked in', async () => {
    const person = somebody('Move Mail');
    const startTime = freeTime(7);
    const target = freeTime(12);
    const visitor = await journey.visit();
    await book(visitor.page, visitor.wording, startTime, person);
    const link = await expectBooked(journey, person.email, startTime);

    const later = await journey.visit({
      path: link,
      timezoneId: 'America/New_York',
      locale: 'en-US',
    });
    await bookedHeading(later.page).waitFor();
    await move(later.page, later.wording, target);

    await expectMoved(person.email, link, target);
    // The old link leads on to the booking that took its place.
    const old = await journey.visit({ path: link });
    await bookedHeading(old.page).waitFor();
    await old.page.getByText(old.wording.timeText(target)).first().waitFor();
  });

  it('is refused with a wrong token, in words', async () => {
    const visitor = await journey.visit({
      path: `${journey.demo.backendUrl}/bookings/00000000-0000-4000-8000-000000000000#${'x'.repeat(43)}`,
    });
    visitor.foresee(401);
    await visitor.page.getByRole('heading', { name: 'This booking was not found' }).waitFor();
    expect(await visitor.barriers()).toEqual([]);
  });
});
