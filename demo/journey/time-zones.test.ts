import type { Page } from 'playwright-core';
import { Temporal } from 'temporal-polyfill';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Weekday } from '../sandbox/calendly/resources.ts';
import { book, chooseDay, somebody } from './acts.ts';
import { useJourney } from './journey.ts';
import { story } from './patience.ts';
import { expectBooked, inCalendly, mailOf } from './records.ts';

const week: Weekday[] = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
];

// Every day, around the hours at which clocks change in New York and in Sydney.
const journey = useJourney({
  seed: {
    lived: false,
    owner: { timezone: 'UTC' },
    schedule: week.map((wday) => ({
      type: 'wday',
      wday,
      intervals: [
        { from: '04:30', to: '08:30' },
        { from: '14:30', to: '18:30' },
      ],
    })),
  },
});

beforeAll(() => {
  const introCall = journey.calendly.state.eventTypes.find(({ slug }) => slug === 'intro-call');
  if (introCall) introCall.rules.bookable_days = 390;
});

/** The next time that clocks are put forward (+) or back (-) there. */
function nextChange(timeZone: string, direction: 1 | -1): Temporal.ZonedDateTime {
  let at = Temporal.Now.zonedDateTimeISO(timeZone).add({ days: 3 });
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null) throw new Error(`Clocks never change in ${timeZone}.`);
    const before = next.subtract({ nanoseconds: 1 });
    if (Math.sign(next.offsetNanoseconds - before.offsetNanoseconds) === direction) return next;
    at = next;
  }
}

const freeTimesOf = (day: Temporal.PlainDate, timeZone: string): string[] =>
  journey.calendly
    .freeTimes('intro-call')
    .filter((start) =>
      Temporal.Instant.from(start).toZonedDateTimeISO(timeZone).toPlainDate().equals(day),
    );

/** Spaces of every width are one. */
const plain = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');

const timesShown = async (page: Page): Promise<string[]> =>
  (await page.locator('[aria-pressed]').allTextContents()).map(plain);

const places = [
  { timezoneId: 'UTC', locale: 'en-GB' },
  { timezoneId: 'America/New_York', locale: 'en-US' },
  { timezoneId: 'Australia/Sydney', locale: 'en-AU' },
];

describe('times are the visitor’s own', story, () => {
  it.each(places)('in $timezoneId', async ({ timezoneId, locale }) => {
    const person = somebody(`Visitor ${timezoneId}`);
    const { page, wording } = await journey.visit({ timezoneId, locale });
    const day = Temporal.Now.zonedDateTimeISO(timezoneId).toPlainDate().add({ days: 2 });
    const startTimes = freeTimesOf(day, timezoneId);
    const startTime = startTimes.at(-1) ?? '';

    await chooseDay(page, wording, startTime);
    expect(await timesShown(page)).toEqual(
      startTimes.map((start) => plain(wording.timeText(start))),
    );
    await book(page, wording, startTime, person);

    await expectBooked(journey, person.email, startTime);
    expect(inCalendly(journey, person.email)[0]?.invitee.timezone).toBe(timezoneId);
    const mail = await mailOf(journey, person.email, /^Booked/);
    expect(mail.text).toContain(
      new Intl.DateTimeFormat('en-GB', { timeZone: timezoneId, timeStyle: 'short' }).format(
        new Date(startTime),
      ),
    );
  });

  it('on the day an hour is left out', async () => {
    const person = somebody('Spring Forward');
    const timezoneId = 'America/New_York';
    const change = nextChange(timezoneId, 1);
    const startTimes = freeTimesOf(change.toPlainDate(), timezoneId);
    const startTime = change.toInstant().toString();
    expect(startTimes.map((start) => Date.parse(start))).toContain(Date.parse(startTime));
    const { page, wording } = await journey.visit({ timezoneId, locale: 'en-US' });

    await chooseDay(page, wording, startTime);
    const shown = await timesShown(page);
    expect(shown).toEqual(startTimes.map((start) => plain(wording.timeText(start))));
    expect(shown.filter((time) => /^2:\d\d AM/.test(time))).toEqual([]);
    await book(page, wording, startTime, person);

    await expectBooked(journey, person.email, startTime);
  });

  it('on the day an hour happens twice', async () => {
    const person = somebody('Fall Back');
    const timezoneId = 'Australia/Sydney';
    const change = nextChange(timezoneId, -1);
    const first = change.subtract({ minutes: 30 });
    const second = change.add({ minutes: 30 });
    expect(first.hour).toBe(second.hour);
    const { page, wording } = await journey.visit({ timezoneId, locale: 'en-AU' });

    await chooseDay(page, wording, second.toInstant().toString());
    const twice = page.getByRole('button', { name: wording.time(second.toInstant().toString()) });
    expect(await twice.allTextContents()).toEqual([
      expect.stringContaining('UTC+11'),
      expect.stringContaining('UTC+10'),
    ]);
    await twice.last().click();
    await page
      .getByRole('button', { name: /^Continue with/ })
      .filter({ visible: true })
      .click();
    await page.getByLabel('Name', { exact: true }).fill(person.name);
    await page.getByLabel('E-mail', { exact: true }).fill(person.email);
    await page.getByLabel('What would you like to talk about?').fill('The second one');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Book', exact: true }).click();
    await page.getByRole('heading', { name: /^You.re booked/ }).waitFor();

    await expectBooked(journey, person.email, second.toInstant().toString());
  });
});
