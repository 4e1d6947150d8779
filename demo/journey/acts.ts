import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { patient } from './patience.ts';
import type { Wording } from './wording.ts';

// What a visitor does, told by what they see: roles and names, which reach through the shadow roots.

export interface Person {
  name: string;
  email: string;
}

/** Distinct people, so that every story finds its own booking. */
export const somebody = (name: string): Person => ({
  name,
  email: `${name.toLowerCase().replaceAll(/\W+/g, '.')}@example.com`,
});

/** The month that is shown has its times. */
export const calendarReady = (page: Page): Promise<void> =>
  page.locator('[role=grid][aria-busy=false]').waitFor();

export async function chooseDay(page: Page, wording: Wording, startTime: string): Promise<void> {
  const wanted = wording.month(startTime);
  await calendarReady(page);
  for (let pages = 0; pages < 14 && (await monthShown(page)) !== wanted; pages += 1) {
    const before = await monthShown(page);
    await page.getByRole('button', { name: 'Next month' }).click();
    await expect.poll(() => monthShown(page), patient).not.toBe(before);
  }
  await page.getByRole('grid', { name: wanted }).waitFor();
  await calendarReady(page);
  const name = wording.day(startTime);
  const day = page.getByRole('gridcell', { name });
  if ((await day.getAttribute('aria-selected')) !== 'true') await day.click();
  await page.getByRole('gridcell', { name, selected: true }).waitFor();
}

const monthShown = async (page: Page): Promise<string> =>
  (await page.locator('[part~=month-title]').textContent())?.trim() ?? '';

/** Beside the time, or in the bar where there is no room beside it: the one that can be seen. */
export const continueWith = (page: Page, wording: Wording, startTime: string): Locator =>
  page
    .getByRole('button', { name: `Continue with ${wording.timeText(startTime)}` })
    .filter({ visible: true });

export async function chooseTime(page: Page, wording: Wording, startTime: string): Promise<void> {
  await chooseDay(page, wording, startTime);
  await page.getByRole('button', { name: wording.time(startTime) }).click();
  await continueWith(page, wording, startTime).click();
  await page.getByRole('heading', { name: 'Your details' }).waitFor();
}

/** Fills what the intro call asks for and goes on to the last look. */
export async function giveDetails(page: Page, person: Person): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(person.name);
  await page.getByLabel('E-mail', { exact: true }).fill(person.email);
  await page.getByLabel('What would you like to talk about?').fill('Our day rate');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Check and book' }).waitFor();
}

export const bookButton = (page: Page) => page.getByRole('button', { name: 'Book', exact: true });

export const bookedHeading = (page: Page) => page.getByRole('heading', { name: /^You.re booked/ });

export async function book(
  page: Page,
  wording: Wording,
  startTime: string,
  person: Person,
): Promise<void> {
  await chooseTime(page, wording, startTime);
  await giveDetails(page, person);
  await bookButton(page).click();
  await bookedHeading(page).waitFor();
}
