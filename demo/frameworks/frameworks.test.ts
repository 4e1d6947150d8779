import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InstalledPackage, installPackage } from '../../tools/package/installed.ts';
import { bookButton, bookedHeading, chooseTime, giveDetails } from '../journey/acts.ts';
import { useJourney } from '../journey/journey.ts';
import { patient, story } from '../journey/patience.ts';
import { frameworks, serveExample } from './serve-example.ts';

const journey = useJourney();
let installed: InstalledPackage;

beforeAll(async () => {
  installed = await installPackage(['react', 'react-dom', 'vue', 'svelte']);
}, 180_000);

afterAll(() => installed.remove());

describe('a site that installs the package', story, () => {
  it.each(frameworks)('hears in %s what its visitor booked', async (framework) => {
    const base = `/${framework}/`;
    const site = await serveExample({
      framework,
      project: installed.project,
      base,
      server: journey.demo.backendUrl,
    });
    const startTime = journey.calendly.freeTimes('intro-call')[3] ?? '';

    const { page, wording } = await journey.visit();
    // Under the one address whose pages the backend answers.
    await page.route(`${journey.demo.pageUrl}${base}**`, (route) => {
      const { pathname } = new URL(route.request().url());
      return route.continue({ url: new URL(pathname, site.resolvedUrls?.local[0]).href });
    });
    await page.goto(journey.demo.pageUrl + base);
    await chooseTime(page, wording, startTime);
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Ada Lovelace');
    await giveDetails(page, { name: 'Ada Lovelace', email: `ada@${framework}.example` });
    await bookButton(page).click();
    await bookedHeading(page).waitFor();

    const told = page.locator('#booked');
    await told.waitFor(patient);
    const [, booked = ''] =
      /^Ada Lovelace has booked .+ for (\S+)$/.exec(await told.innerText()) ?? [];
    expect(Date.parse(booked)).toBe(Date.parse(startTime));
    await site.close();
  });
});
