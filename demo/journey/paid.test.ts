import { describe, expect, it, vi } from 'vitest';
import { bookedHeading, calendarReady, somebody } from './acts.ts';
import {
  arriveAtCheckout,
  cards,
  enterCard,
  expectBackOn,
  goToCheckout,
  payButton,
  payWith,
  prepare,
  sold,
} from './checkout.ts';
import { useJourney } from './journey.ts';
import { byKeyboard } from './keyboard.ts';
import { patient, story } from './patience.ts';
import { atStripe, expectSold, mailOf, writtenDown } from './records.ts';

const journey = useJourney();
const { workshop, walk } = sold;
const freeTime = (slug: string, index: number): string =>
  journey.calendly.freeTimes(slug)[index] ?? '';

describe('a session with a price is sold', story, () => {
  it.each([
    { what: 'authorized, booked, then charged', session: workshop, index: 4 },
    { what: 'charged, then booked', session: walk, index: 20 },
  ])('$what, and every screen can be used by everybody', async ({ session, index }) => {
    const person = somebody(`Ada ${session.slug}`);
    const startTime = freeTime(session.slug, index);
    const { page, wording, barriers } = await journey.visit({ path: 'sessions' });
    await prepare(page, wording, session, startTime, person);
    expect(await barriers()).toEqual([]);

    // Stripe stumbles twice and Calendly is slow: long enough for each screen to be looked at.
    journey.stripe.trouble.failNext = [
      { route: 'POST /v1/checkout/sessions', status: 500, times: 2 },
    ];
    await payButton(page, session).click();
    await page.getByRole('heading', { name: /is held for you$/ }).waitFor();
    expect(await barriers()).toEqual([]);
    await arriveAtCheckout(page, person);
    expect(await barriers()).toEqual([]);
    await page.getByText(session.price).first().waitFor();

    journey.calendly.trouble.latencyMs = 2_000;
    await payWith(page, cards.good);
    await page.getByRole('heading', { name: /^Payment (approved|received)/ }).waitFor();
    expect(await barriers()).toEqual([]);
    await bookedHeading(page).waitFor();
    await expectBackOn(page, journey.demo.pageUrl);
    expect(await barriers()).toEqual([]);

    await expectSold(journey, person.email, startTime, session.amount);
    const mail = await mailOf(journey, person.email, /^Booked/);
    expect(mail.text).toContain(session.price);
  });

  it('with 3-D Secure', async () => {
    const person = somebody('Three Dee');
    const startTime = freeTime(workshop.slug, 5);
    const { page, wording, barriers } = await journey.visit({ path: 'sessions' });
    await goToCheckout(page, wording, workshop, startTime, person);

    await payWith(page, cards.threeDSecure);
    await page.getByRole('heading', { name: 'Is this payment yours?' }).waitFor();
    expect(await barriers()).toEqual([]);
    expect(writtenDown(journey, person.email).status).toBe('awaiting_payment');
    await page.getByRole('button', { name: 'Approve' }).click();

    await bookedHeading(page).waitFor();
    await expectBackOn(page, journey.demo.pageUrl);
    await expectSold(journey, person.email, startTime, workshop.amount);
  });

  it('after a card was declined, on the payment page or on the way back to it', async () => {
    const person = somebody('De Clined');
    const startTime = freeTime(workshop.slug, 6);
    const visitor = await journey.visit({ path: 'sessions' });
    const { page, wording, barriers } = visitor;
    visitor.foresee(402);
    await goToCheckout(page, wording, workshop, startTime, person);

    await payWith(page, cards.declined);
    await page.getByRole('alert').waitFor();
    await page.getByRole('link', { name: /Back/ }).click();
    await page.getByRole('heading', { name: 'The card was declined' }).waitFor();
    await page.getByText('Nothing was charged.').first().waitFor();
    await expectBackOn(page, journey.demo.pageUrl);
    expect(await barriers()).toEqual([]);
    expect(atStripe(journey, person.email)).toMatchObject({ kept: 0, charged: 0 });

    await page.getByRole('link', { name: `Try again, ${workshop.price}` }).click();
    await arriveAtCheckout(page, person);
    await payWith(page, cards.good);
    await bookedHeading(page).waitFor();
    await expectSold(journey, person.email, startTime, workshop.amount);
  });

  it('with every webhook lost, by the visitor’s return alone', async () => {
    const person = somebody('No News');
    const startTime = freeTime(workshop.slug, 7);
    const { page, wording } = await journey.visit({ path: 'sessions' });
    Object.assign(journey.stripe.trouble, { webhooksLost: true, redirectBeforeWebhook: true });
    await goToCheckout(page, wording, workshop, startTime, person);
    await payWith(page, cards.good);
    await bookedHeading(page).waitFor();
    await expectSold(journey, person.email, startTime, workshop.amount);
  });

  it('to a visitor who closes the tab as soon as they have paid', async () => {
    const person = somebody('Gone Away');
    const startTime = freeTime(workshop.slug, 8);
    const visitor = await journey.visit({ path: 'sessions' });
    const { page, wording } = visitor;
    await goToCheckout(page, wording, workshop, startTime, person);
    await enterCard(page, cards.good);
    await Promise.all([
      page.waitForRequest((request) => request.method() === 'POST'),
      page.getByRole('button', { name: 'Book', exact: true }).click({ noWaitAfter: true }),
    ]);
    await page.close();

    const link = await expectSold(journey, person.email, startTime, workshop.amount);
    const later = await visitor.openTab(link);
    await bookedHeading(later).waitFor();
  });

  it('with the keyboard alone', async () => {
    const person = somebody('Key Board');
    const { page, wording } = await journey.visit({ path: 'sessions' });
    const { press, type, arrive, tabTo, focused } = byKeyboard(page);
    await tabTo(page.getByRole('button', { name: workshop.name }));
    await press('Enter');
    await calendarReady(page);
    // The focus is where the times of the first free day are told; the month comes before them.
    await arrive(page.locator('[data-heading]'));
    await press('Shift+Tab');
    await arrive(page.getByRole('gridcell', { selected: true }));
    await press('Enter');
    const times = page.locator('[aria-pressed]');
    await arrive(times.first());
    const startTime = freeTime(workshop.slug, 0);
    expect(await focused(times).textContent()).toContain(wording.timeText(startTime));
    await press('Enter');
    await arrive(page.getByRole('button', { name: /^Continue with/ }));
    await press('Enter');
    await arrive(page.getByRole('heading', { name: 'Your details' }));
    await tabTo(page.getByLabel('Name', { exact: true }));
    await type(person.name);
    await tabTo(page.getByLabel('E-mail', { exact: true }));
    await type(person.email);
    await tabTo(page.getByRole('button', { name: 'Continue' }));
    await press('Enter');
    await arrive(page.getByRole('heading', { name: 'Check and book' }));
    await tabTo(payButton(page, workshop));
    await press('Enter');

    await arriveAtCheckout(page, person);
    await tabTo(page.getByLabel('Card number'));
    await type(cards.good);
    await press('Tab');
    await type('12 / 34');
    await press('Tab');
    await type('123');
    await tabTo(page.getByRole('button', { name: 'Book', exact: true }));
    await press('Enter');
    await arrive(bookedHeading(page));
    await expectSold(journey, person.email, startTime, workshop.amount);
  });
});

describe('a paid booking that is canceled', story, () => {
  it('in time is refunded, once', async () => {
    const person = somebody('Re Funded');
    const startTime = freeTime(walk.slug, 40);
    const { page, wording, barriers } = await journey.visit({ path: 'sessions' });
    await goToCheckout(page, wording, walk, startTime, person);
    await payWith(page, cards.good);
    await bookedHeading(page).waitFor();
    await expectSold(journey, person.email, startTime, walk.amount);

    await page.getByRole('button', { name: 'Cancel booking' }).click();
    await page.getByRole('button', { name: 'Keep it' }).waitFor();
    expect(await barriers()).toEqual([]);
    await page.getByRole('button', { name: `Cancel and refund ${walk.price}` }).click();
    await page.getByRole('heading', { name: 'This booking is canceled' }).waitFor();
    await page
      .getByText(/was refunded|on its way back/)
      .first()
      .waitFor();
    expect(await barriers()).toEqual([]);
    await vi.waitFor(
      () =>
        expect(writtenDown(journey, person.email)).toMatchObject({
          status: 'canceled',
          paymentStatus: 'refunded',
        }),
      patient,
    );
    expect(atStripe(journey, person.email)).toMatchObject({ kept: 0, charged: walk.amount });
    await mailOf(journey, person.email, /^Canceled/);
  });
});
