import { describe, expect, it } from 'vitest';
import {
  bookButton,
  bookedHeading,
  calendarReady,
  chooseTime,
  giveDetails,
  somebody,
} from './acts.ts';
import { useJourney } from './journey.ts';
import { expectBooked, inCalendly, mailOf } from './records.ts';

const journey = useJourney();
const freeTime = (index: number): string => {
  const startTime = journey.calendly.freeTimes('intro-call')[index];
  if (startTime === undefined) throw new Error('The sandbox has too few free times.');
  return startTime;
};

describe('a visitor of a stranger’s site', { timeout: 30_000 }, () => {
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
    await expect.poll(() => log.filter({ hasText: 'booking-confirmed' }).count()).toBe(1);
    expect(await log.filter({ hasText: 'booking-slot-select' }).count()).toBe(1);
    expect(await log.filter({ hasText: 'calendly.event_scheduled' }).count()).toBe(1);
    expect(await log.filter({ hasText: 'CONFIRM_BOOKING → BOOKING_COMPLETE' }).count()).toBe(1);
  });

  it('books with the keyboard alone', async () => {
    const mary = somebody('Mary Jackson');
    const { page, wording } = await journey.visit();
    const { keyboard } = page;
    const focus = page.locator('*:focus');
    const tabTo = async (name: RegExp, role: 'button' | 'textbox' | 'gridcell'): Promise<void> => {
      for (let presses = 0; presses < 40; presses += 1) {
        await keyboard.press('Tab');
        if (await page.getByRole(role, { name }).and(focus).count()) return;
      }
      throw new Error(`No ${role} ${String(name)} can be reached with Tab.`);
    };

    await calendarReady(page);
    // The first free day is selected and is the grid's one tab stop; the arrows go on from there.
    await page.getByRole('link', { name: 'See all sessions' }).focus();
    await tabTo(/times?$/, 'gridcell');
    expect(await page.getByRole('gridcell', { selected: true }).and(focus).count()).toBe(1);
    await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    const first = await page.locator('[aria-pressed]').and(focus).textContent();
    const startTime = journey.calendly
      .freeTimes('intro-call')
      .find(
        (start) =>
          start.slice(0, 10) > new Date().toISOString().slice(0, 10) &&
          wording.timeText(start) === first?.trim(),
      );
    expect(startTime).toBeDefined();
    await keyboard.press('Enter');
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your details' }).and(focus).waitFor();

    await tabTo(/^Name/, 'textbox');
    await keyboard.type(mary.name);
    await tabTo(/^E-mail/, 'textbox');
    await keyboard.type(mary.email);
    await tabTo(/^What would you like/, 'textbox');
    await keyboard.type('Our day rate');
    await tabTo(/^Continue/, 'button');
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Check and book' }).and(focus).waitFor();
    await tabTo(/^Book$/, 'button');
    await keyboard.press('Enter');
    await bookedHeading(page).and(focus).waitFor();

    await expectBooked(journey, mary.email, startTime ?? '');
  });

  it('is helped back to the field that needs them', async () => {
    const { page, wording, barriers } = await journey.visit();

    await chooseTime(page, wording, freeTime(8));
    await page.getByLabel('E-mail', { exact: true }).fill('ada@');
    await page.getByRole('button', { name: 'Continue' }).click();
    const name = page.getByLabel('Name', { exact: true });
    await expect.poll(() => name.and(page.locator('*:focus')).count()).toBe(1);
    await page.getByText('Please tell us your name.').first().waitFor();
    await page.getByText('Please add the part after the @.').first().waitFor();
    expect(await barriers()).toEqual([]);
  });
});
