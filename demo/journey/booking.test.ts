import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  bookButton,
  bookedHeading,
  calendarReady,
  chooseTime,
  continueWith,
  giveDetails,
  somebody,
} from './acts.ts';
import { useJourney } from './journey.ts';
import { byKeyboard } from './keyboard.ts';
import { patient, story } from './patience.ts';
import { expectBooked, inCalendly, mailOf } from './records.ts';

const journey = useJourney();
const freeTime = (index: number): string => {
  const startTime = journey.calendly.freeTimes('intro-call')[index];
  if (startTime === undefined) throw new Error('The sandbox has too few free times.');
  return startTime;
};

const nameOf = async (cell: Locator): Promise<string> =>
  (await cell.getAttribute('aria-label')) ?? '';

describe('a visitor of a stranger’s site', story, () => {
  it('books with the mouse, and every step can be used by everybody', async () => {
    const ada = somebody('Ada Lovelace');
    const startTime = freeTime(4);
    const { page, wording, barriers } = await journey.visit();

    await calendarReady(page);
    expect(await barriers()).toEqual([]);
    await chooseTime(page, wording, startTime);
    expect(await barriers()).toEqual([]);
    await giveDetails(page, ada);
    expect(await barriers()).toEqual([]);
    await bookButton(page).click();
    await bookedHeading(page).waitFor();
    expect(await barriers()).toEqual([]);

    await expectBooked(journey, ada.email, startTime);
    const [record] = inCalendly(journey, ada.email);
    expect(record?.invitee.name).toBe(ada.name);
    expect(record?.invitee.questions_and_answers).toMatchObject([
      { question: 'What would you like to talk about?', answer: 'Our day rate' },
    ]);
    const mail = await mailOf(journey, ada.email, /^Booked/);
    expect(mail.attachments.map(({ contentType }) => contentType)).toContain('text/calendar');
  });

  it('tells the page what happens', async () => {
    const grace = somebody('Grace Hopper');
    const startTime = freeTime(6);
    const { page, wording } = await journey.visit();

    await chooseTime(page, wording, startTime);
    await giveDetails(page, grace);
    await bookButton(page).click();
    await bookedHeading(page).waitFor();
    await page.getByText('What the calendar told this page').click();
    const log = page.getByRole('complementary').getByRole('listitem');
    await expect.poll(() => log.filter({ hasText: 'booking-confirmed' }).count(), patient).toBe(1);
    expect(await log.filter({ hasText: 'booking-slot-select' }).count()).toBe(1);
    expect(await log.filter({ hasText: 'calendly.event_scheduled' }).count()).toBe(1);
    expect(await log.filter({ hasText: 'CONFIRM_BOOKING → BOOKING_COMPLETE' }).count()).toBe(1);
  });

  it('books with the keyboard alone', async () => {
    const mary = somebody('Mary Jackson');
    const { page, wording } = await journey.visit();
    const { press, type, arrive, tabTo, focused } = byKeyboard(page);

    await calendarReady(page);
    // The first free day is selected and is the grid's one tab stop; the arrows go on from there, to the next free one.
    const days = page.getByRole('gridcell');
    await page.getByRole('link', { name: 'See all sessions' }).focus();
    await tabTo(days);
    await arrive(page.getByRole('gridcell', { selected: true }));
    let day = await nameOf(focused(days));
    do {
      const before = day;
      await press('ArrowRight');
      await expect.poll(async () => (day = await nameOf(focused(days))), patient).not.toBe(before);
      await calendarReady(page);
      day = await nameOf(focused(days));
    } while (!/\d times?$/.test(day));
    const startTime =
      journey.calendly.freeTimes('intro-call').find((start) => wording.day(start).test(day)) ?? '';
    await press('Enter');
    await arrive(page.getByRole('button', { name: wording.time(startTime), pressed: false }));
    await press('Enter');
    await arrive(continueWith(page, wording, startTime));
    await press('Enter');
    await arrive(page.getByRole('heading', { name: 'Your details' }));

    await tabTo(page.getByLabel('Name', { exact: true }));
    await type(mary.name);
    await tabTo(page.getByLabel('E-mail', { exact: true }));
    await type(mary.email);
    await tabTo(page.getByLabel('What would you like to talk about?'));
    await type('Our day rate');
    await tabTo(page.getByRole('button', { name: 'Continue' }));
    await press('Enter');
    await arrive(page.getByRole('heading', { name: 'Check and book' }));
    await tabTo(bookButton(page));
    await press('Enter');
    await arrive(bookedHeading(page));

    await expectBooked(journey, mary.email, startTime);
  });

  it('is helped back to the field that needs them', async () => {
    const { page, wording, barriers } = await journey.visit();

    await chooseTime(page, wording, freeTime(8));
    await page.getByLabel('E-mail', { exact: true }).fill('ada@');
    await page.getByRole('button', { name: 'Continue' }).click();
    const name = page.getByLabel('Name', { exact: true });
    await name.and(page.locator('*:focus')).waitFor();
    await page.getByText('Please tell us your name.').first().waitFor();
    await page.getByText('Please add the part after the @.').first().waitFor();
    expect(await barriers()).toEqual([]);
  });
});
