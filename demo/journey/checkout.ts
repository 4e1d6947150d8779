import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { calendarReady, chooseTime, type Person } from './acts.ts';
import type { Wording } from './wording.ts';

// What a visitor does who buys a session: on the stranger's site, and on Stripe's own page.

/** What the demo sells. */
export const sold = {
  workshop: { slug: 'pricing-workshop', name: /^Pricing workshop/, price: '€49', amount: 4900 },
  walk: { slug: 'walk-and-talk', name: /^Walk and talk/, price: '€35', amount: 3500 },
} as const;
export type Sold = (typeof sold)[keyof typeof sold];

export const cards = {
  good: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  threeDSecure: '4000 0025 0000 3155',
};

export const payButton = (page: Page, { price }: Sold) =>
  page.getByRole('button', { name: `Pay and book ${price}` });

/** On the page that lists all sessions, up to the button that commits. */
export async function prepare(
  page: Page,
  wording: Wording,
  session: Sold,
  startTime: string,
  person: Person,
): Promise<void> {
  await page.getByRole('button', { name: session.name }).click();
  await calendarReady(page);
  await chooseTime(page, wording, startTime);
  await page.getByLabel('Name', { exact: true }).fill(person.name);
  await page.getByLabel('E-mail', { exact: true }).fill(person.email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await payButton(page, session).waitFor();
}

/** Stripe's page is there, with the price and the address of who pays. */
export async function arriveAtCheckout(page: Page, person: Person): Promise<void> {
  await page.getByRole('heading', { name: 'Pay with card' }).waitFor();
  await page.getByText(person.email).waitFor();
}

/** Commits, and waits for Stripe's page. */
export async function goToCheckout(
  page: Page,
  wording: Wording,
  session: Sold,
  startTime: string,
  person: Person,
): Promise<void> {
  await prepare(page, wording, session, startTime, person);
  await payButton(page, session).click();
  await arriveAtCheckout(page, person);
}

export async function enterCard(page: Page, number: string): Promise<void> {
  await page.getByLabel('Card number').fill(number);
  await page.getByLabel('Expiration').fill('12 / 34');
  await page.getByLabel('CVC').fill('123');
}

export async function payWith(page: Page, number: string): Promise<void> {
  await enterCard(page, number);
  await page.getByRole('button', { name: 'Book', exact: true }).click();
}

/** Back on the stranger's site, whose address bar says nothing of the payment. */
export async function expectBackOn(page: Page, pageUrl: string): Promise<void> {
  await page.waitForURL(`${pageUrl}/sessions`);
  expect(page.url()).toBe(`${pageUrl}/sessions`);
}
