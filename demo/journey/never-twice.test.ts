import { describe, expect, it } from 'vitest';
import { bookButton, bookedHeading, chooseTime, giveDetails, somebody } from './acts.ts';
import { useJourney } from './journey.ts';
import { story } from './patience.ts';
import { expectBooked, timesInCalendly } from './records.ts';

const journey = useJourney();
const freeTime = (index: number): string => journey.calendly.freeTimes('intro-call')[index] ?? '';

/** Long enough for a person to do something foolish meanwhile. */
const slowMs = 700;

describe('one intention is one booking', story, () => {
  it('with a double click', async () => {
    const person = somebody('Double Click');
    const startTime = freeTime(4);
    const { page, wording } = await journey.visit();

    await chooseTime(page, wording, startTime);
    await giveDetails(page, person);
    await bookButton(page).dblclick();
    await bookedHeading(page).waitFor();

    await expectBooked(journey, person.email, startTime);
    expect(journey.calendly.calls({ method: 'POST', path: /^\/invitees$/ })).toHaveLength(1);
  });

  it('with a reload while it is being booked', async () => {
    const person = somebody('Re Load');
    const startTime = freeTime(5);
    const { page, wording } = await journey.visit();

    await chooseTime(page, wording, startTime);
    await giveDetails(page, person);
    journey.calendly.trouble.latencyMs = slowMs;
    await Promise.all([page.waitForRequest(/\/bookings\/confirm$/), bookButton(page).click()]);
    await page.reload();
    await bookedHeading(page).waitFor();

    await expectBooked(journey, person.email, startTime);
  });

  it('with a reload afterwards, which shows the booking again', async () => {
    const person = somebody('After Wards');
    const startTime = freeTime(6);
    const { page, wording } = await journey.visit();

    await chooseTime(page, wording, startTime);
    await giveDetails(page, person);
    await bookButton(page).click();
    await bookedHeading(page).waitFor();
    await page.reload();
    await bookedHeading(page).waitFor();

    await expectBooked(journey, person.email, startTime);
  });

  it('with the back button', async () => {
    const person = somebody('Back Button');
    const startTime = freeTime(7);
    const { page, wording } = await journey.visit();

    await chooseTime(page, wording, startTime);
    await giveDetails(page, person);
    await bookButton(page).click();
    await bookedHeading(page).waitFor();
    await page.getByRole('link', { name: 'Visits' }).click();
    await page.getByRole('heading', { name: 'Ask me to come by' }).waitFor();
    await page.goBack();
    await bookedHeading(page).waitFor();

    await expectBooked(journey, person.email, startTime);
  });

  it('in two tabs at once', async () => {
    const person = somebody('Two Tabs');
    const startTime = freeTime(8);
    const visitor = await journey.visit();
    const tabs = [visitor.page, await visitor.openTab()];

    for (const tab of tabs) {
      await chooseTime(tab, visitor.wording, startTime);
      await giveDetails(tab, person);
    }
    journey.calendly.trouble.latencyMs = slowMs;
    await Promise.all(tabs.map((tab) => bookButton(tab).click()));
    await Promise.all(tabs.map((tab) => bookedHeading(tab).waitFor()));

    await expectBooked(journey, person.email, startTime);
  });

  it('but a second intention is a second booking', async () => {
    const person = somebody('Once More');
    const [one, two] = [freeTime(9), freeTime(11)];
    const { page, wording } = await journey.visit();

    for (const startTime of [one, two]) {
      await chooseTime(page, wording, startTime);
      await giveDetails(page, person);
      await bookButton(page).click();
      await bookedHeading(page).waitFor();
      if (startTime === one) await page.getByRole('button', { name: 'Book another time' }).click();
    }

    expect(timesInCalendly(journey, person.email)).toEqual(
      [one, two].map((start) => Date.parse(start)),
    );
  });
});
