import { describe, expect, it, onTestFinished } from 'vitest';
import {
  book,
  bookButton,
  bookedHeading,
  calendarReady,
  chooseTime,
  giveDetails,
  somebody,
} from '../journey/acts.ts';
import { useJourney } from '../journey/journey.ts';
import { story } from '../journey/patience.ts';
import { expectBooked } from '../journey/records.ts';
import { openStrictPage, type StrictPageOptions } from './strict-page.ts';

const timezoneId = 'Europe/Berlin';
const journey = useJourney();
const freeTime = (index: number): string => journey.calendly.freeTimes('intro-call')[index] ?? '';

declare const watched: { errors: string[]; added(): string[] };

async function visitStrictPage(options: Pick<StrictPageOptions, 'script' | 'styles'> = {}) {
  const visitor = await journey.visit();
  const origins = new Set<string>();
  const { page } = visitor;
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http')) origins.add(origin);
  });
  const { pageUrl, backendUrl } = journey.demo;
  await openStrictPage(page, { pageUrl, backendUrl, ...options });
  return { ...visitor, origins };
}

describe('the strictest page', story, () => {
  it('lets a visitor book: nonces, Trusted Types, no style of the widget’s in the page, a pinned script', async () => {
    const person = somebody('Strict Owner');
    const startTime = freeTime(1);
    const { page, wording, barriers, origins } = await visitStrictPage();
    await calendarReady(page);
    expect(await barriers()).toEqual([]);
    await book(page, wording, startTime, person);
    expect(await barriers()).toEqual([]);

    await expectBooked(journey, person.email, startTime);
    expect(await page.evaluate(() => watched.errors)).toEqual([]);
    // Nobody was asked but the page itself and its backend.
    const { pageUrl, backendUrl } = journey.demo;
    expect([...origins].toSorted()).toEqual(
      [pageUrl, backendUrl].map((url) => new URL(url).origin).toSorted(),
    );
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.evaluate(() => watched.added().map(String))).toEqual([]);
  });

  it('lets a visitor book without any storage', async () => {
    const person = somebody('No Memory');
    const startTime = freeTime(3);
    const { page, wording } = await visitStrictPage({ script: 'no-storage.js' });
    await book(page, wording, startTime, person);
    await expectBooked(journey, person.email, startTime);
    expect(await page.evaluate(() => watched.errors)).toEqual([]);
  });

  it('lets a visitor book beside libraries that patched what everything is made of', async () => {
    const person = somebody('Old Library');
    const startTime = freeTime(5);
    const { page, wording } = await visitStrictPage({ script: 'old-libraries.js' });
    await book(page, wording, startTime, person);
    await expectBooked(journey, person.email, startTime);
    expect(await page.evaluate(() => watched.errors)).toEqual([]);
  });

  it('lets a visitor book under a style sheet that undoes everything', async () => {
    const person = somebody('Hostile Styles');
    const startTime = freeTime(9);
    const { page, wording, barriers } = await visitStrictPage({ styles: 'hostile.css' });
    await calendarReady(page);
    const look = await page.locator('[part~=frame]').evaluate((frame) => {
      const { fontSize, fontFamily, color, lineHeight } = getComputedStyle(frame);
      return { fontSize, isOurs: fontFamily.startsWith('system-ui'), color, lineHeight };
    });
    expect(look).toEqual({
      fontSize: '15px',
      isOurs: true,
      color: 'rgb(27, 29, 27)',
      lineHeight: '20px',
    });
    expect(await barriers()).toEqual([]);
    await book(page, wording, startTime, person);
    await expectBooked(journey, person.email, startTime);
  });

  it('says so when the network is gone, and goes on when it is back', async () => {
    const person = somebody('Off Line');
    const startTime = freeTime(7);
    const { page: other, wording } = await journey.visit();
    const context = await other.context().browser()?.newContext({ locale: 'en-GB', timezoneId });
    if (context === undefined) throw new Error('No browser.');
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const { pageUrl, backendUrl } = journey.demo;
    await openStrictPage(page, { pageUrl, backendUrl });
    await chooseTime(page, wording, startTime);
    await giveDetails(page, person);

    await context.setOffline(true);
    await bookButton(page).click();
    await page.getByText('We could not reach the booking service.').first().waitFor();
    expect(await page.evaluate(() => watched.errors)).toEqual([]);

    await context.setOffline(false);
    await bookButton(page).click();
    await bookedHeading(page).waitFor();
    await expectBooked(journey, person.email, startTime);
  });
});
