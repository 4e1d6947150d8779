import { describe, expect, it } from 'vitest';
import { calendarReady, chooseDay } from './acts.ts';
import { useJourney } from './journey.ts';
import { story } from './patience.ts';

const journey = useJourney();

describe('the stranger’s site', story, () => {
  it('lets its visitors choose among the session types', async () => {
    const { page, barriers } = await journey.visit({ path: 'sessions' });
    await page.getByRole('heading', { name: 'First, a conversation' }).waitFor();
    expect(await barriers()).toEqual([]);
    await page.getByRole('button', { name: /^Pricing workshop/ }).click();
    await page.getByRole('heading', { name: 'Pricing workshop' }).waitFor();
    await page.getByRole('gridcell', { selected: true }).waitFor();
    expect(await barriers()).toEqual([]);
  });

  it('has a form of its own around the slot picker', async () => {
    const startTime = journey.calendly.freeTimes('on-site-visit')[2] ?? '';
    const { page, wording, barriers } = await journey.visit({ path: 'visit' });
    await page.getByRole('button', { name: 'Ask for the visit' }).click();
    await page.getByText('Please choose a time first.').waitFor();
    await page.getByLabel('Studio').fill('Baubüro Sanz');
    await chooseDay(page, wording, startTime);
    await page.getByRole('button', { name: wording.time(startTime) }).click();
    await page.getByRole('button', { name: 'Ask for the visit' }).click();

    const sent: unknown = JSON.parse(await page.locator('[data-request-body]').innerText());
    expect(sent).toMatchObject({
      studio: 'Baubüro Sanz',
      time: { session: 'on-site-visit', zone: 'Europe/Berlin' },
    });
    expect(Date.parse((sent as { time: { start: string } }).time.start)).toBe(
      Date.parse(startTime),
    );
    expect(await barriers()).toEqual([]);
  });

  it.each([
    { width: 320, colorScheme: 'light' },
    { width: 320, colorScheme: 'dark' },
    { width: 768, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
  ] as const)('fits $width px, $colorScheme', async ({ width, colorScheme }) => {
    const visitor = await journey.visit({ width, colorScheme });
    for (const path of ['', 'sessions', 'visit']) {
      const page = path === '' ? visitor.page : await visitor.openTab(path);
      await page.getByRole('region', { name: 'Book a time' }).waitFor();
      if (path !== 'sessions') await calendarReady(page);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect({ path, overflow }).toEqual({ path, overflow: 0 });
      expect(await visitor.barriers(page)).toEqual([]);
    }
  });
});
