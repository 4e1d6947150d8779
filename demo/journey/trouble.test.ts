import { describe, expect, it } from 'vitest';
import { bookButton, bookedHeading, chooseTime, giveDetails, somebody } from './acts.ts';
import { useJourney } from './journey.ts';
import { patient, story } from './patience.ts';
import { expectBooked, linkIn, mailOf, timesInCalendly } from './records.ts';

const journey = useJourney();
const freeTime = (index: number): string => journey.calendly.freeTimes('intro-call')[index] ?? '';

/** How long after one press a person presses again. */
const pressMs = 500;

describe('when life happens', story, () => {
  it('a time taken meanwhile costs nothing that was typed', async () => {
    const person = somebody('Just Late');
    const startTime = freeTime(4);
    const visitor = await journey.visit();
    const { page, wording, barriers } = visitor;
    visitor.foresee(409);
    await chooseTime(page, wording, startTime);
    await giveDetails(page, person);

    journey.calendly.bookAsStranger('intro-call', startTime);
    await bookButton(page).click();

    await page
      .getByText(`${wording.timeText(startTime)} was just taken.`)
      .first()
      .waitFor();
    await expect
      .poll(() => page.getByRole('button', { name: wording.time(startTime) }).count(), patient)
      .toBe(0);
    expect(await barriers()).toEqual([]);
    expect(timesInCalendly(journey, person.email)).toEqual([]);

    const next = journey.calendly.freeTimes('intro-call').find((start) => start > startTime) ?? '';
    await chooseTime(page, wording, next);
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe(person.name);
    expect(await page.getByLabel('What would you like to talk about?').inputValue()).toBe(
      'Our day rate',
    );
    await page.getByRole('button', { name: 'Continue' }).click();
    await bookButton(page).click();
    await bookedHeading(page).waitFor();

    await expectBooked(journey, person.email, next);
  });

  it('a quota that is used up is a last step on Calendly’s own page', async () => {
    const person = somebody('Used Up');
    const startTime = freeTime(6);
    const { page, wording, barriers } = await journey.visit();
    await chooseTime(page, wording, startTime);
    await giveDetails(page, person);
    journey.calendly.trouble.quotaUsedUp = true;
    await bookButton(page).click();

    await page.getByRole('heading', { name: 'One last step on Calendly' }).waitFor();
    expect(await barriers()).toEqual([]);
    const [calendly] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: /^Finish on Calendly/ }).click(),
    ]);
    expect(await calendly.getByLabel('Name').inputValue()).toBe(person.name);
    expect(await calendly.getByLabel('E-mail').inputValue()).toBe(person.email);
    expect(await calendly.getByLabel(/^What would you like/).inputValue()).toBe('Our day rate');
    await calendly.getByRole('button', { name: 'Schedule event' }).click();

    await bookedHeading(page).waitFor();
    await expectBooked(journey, person.email, startTime);
    const later = await journey.visit({
      path: linkIn(await mailOf(journey, person.email, /^Booked/)),
    });
    await bookedHeading(later.page).waitFor();
  });

  it('a reply that is lost is looked up, not asked for again', async () => {
    const person = somebody('Lost Reply');
    const startTime = freeTime(8);
    const { page, wording } = await journey.visit();
    await chooseTime(page, wording, startTime);
    await giveDetails(page, person);
    journey.calendly.trouble.dropReplyAfter = [{ route: 'POST /invitees', how: 'reset' }];
    await bookButton(page).click();
    await bookedHeading(page).waitFor();

    await expectBooked(journey, person.email, startTime);
  });

  it('a Calendly that is down leaves a sentence and a way on', async () => {
    journey.calendly.trouble.down = 'html-502';
    const visitor = await journey.visit({ path: 'sessions' });
    visitor.foresee(503);
    const { page } = visitor;
    await page.getByRole('button', { name: /^On-site visit/ }).click();
    await page.getByRole('heading', { name: 'The free times did not load' }).waitFor();
    expect(await visitor.barriers()).toEqual([]);

    journey.calendly.trouble.down = 'no';
    // Nobody is let through for a moment after a failure; a person presses again then.
    const tryAgain = page.getByRole('button', { name: 'Try again' });
    const day = page.getByRole('gridcell', { selected: true });
    await expect
      .poll(
        async () => {
          await tryAgain.or(day).waitFor();
          // Gone again by now where the times came by themselves.
          await tryAgain.click({ timeout: pressMs }).catch(() => undefined);
          return day.count();
        },
        { ...patient, interval: pressMs },
      )
      .toBe(1);
  });
});
