import { describe, expect, it } from 'vitest';
import { bookedHeading, somebody } from './acts.ts';
import {
  arriveAtCheckout,
  cards,
  expectBackOn,
  goToCheckout,
  payButton,
  payWith,
  prepare,
  type Sold,
  sold,
} from './checkout.ts';
import { useJourney } from './journey.ts';
import { story } from './patience.ts';
import { expectSold, expectUnsold, mailOf, writtenDown } from './records.ts';

const journey = useJourney();
const { workshop, walk } = sold;
const freeTime = (slug: string, index: number): string =>
  journey.calendly.freeTimes(slug)[index] ?? '';

/** A little longer than a time is held. */
const holdMs = 26 * 60_000;

/** Every seat that is left. */
function takeAllSeats({ slug }: Sold, startTime: string): void {
  while (journey.calendly.freeTimes(slug).includes(startTime)) {
    journey.calendly.bookAsStranger(slug, startTime);
  }
}

describe('whoever does not pay at once', story, () => {
  it('comes back by the link on Stripe’s page, and pays or gives the time back', async () => {
    const person = somebody('Second Thoughts');
    const startTime = freeTime(workshop.slug, 4);
    const { page, wording, barriers } = await journey.visit({ path: 'sessions' });
    await goToCheckout(page, wording, workshop, startTime, person);

    await page.getByRole('link', { name: /Back/ }).click();
    await page.getByRole('heading', { name: 'Not paid yet' }).waitFor();
    await expectBackOn(page, journey.demo.pageUrl);
    expect(await barriers()).toEqual([]);
    expect(writtenDown(journey, person.email).status).toBe('awaiting_payment');

    await page.getByRole('link', { name: `Go to payment, ${workshop.price}` }).click();
    await arriveAtCheckout(page, person);
    await page.getByRole('link', { name: /Back/ }).click();
    await page.getByRole('button', { name: 'Give the time back' }).click();
    await page.getByRole('heading', { name: /is free for others again$/ }).waitFor();
    expect(await barriers()).toEqual([]);
    await expectUnsold(journey, person.email, { status: 'canceled', paymentStatus: 'released' });
    expect(journey.stripe.state.sessions.at(-1)?.status).toBe('expired');
  });

  it('comes back by the browser’s back button, and pays', async () => {
    const person = somebody('Back Button');
    const startTime = freeTime(workshop.slug, 5);
    const { page, wording } = await journey.visit({ path: 'sessions' });
    await goToCheckout(page, wording, workshop, startTime, person);

    await page.goBack();
    await page.getByRole('heading', { name: 'Not paid yet' }).waitFor();
    await page.getByRole('link', { name: `Go to payment, ${workshop.price}` }).click();
    await arriveAtCheckout(page, person);
    await payWith(page, cards.good);
    await bookedHeading(page).waitFor();
    await expectSold(journey, person.email, startTime, workshop.amount);

    // Back once more is Stripe's page, where nothing is left to pay.
    await page.goBack();
    await page.getByRole('heading', { name: 'This has already been paid' }).waitFor();
    await page.getByRole('link', { name: 'Continue' }).click();
    await bookedHeading(page).waitFor();
    await expectSold(journey, person.email, startTime, workshop.amount);
  });

  it('loses the time when the hold ends, is told without asking, and can try again', async () => {
    const person = somebody('Too Slow');
    const startTime = freeTime(workshop.slug, 6);
    const { page, wording, barriers } = await journey.visit({ path: 'sessions' });
    await goToCheckout(page, wording, workshop, startTime, person);
    await page.getByRole('link', { name: /Back/ }).click();
    await page.getByRole('heading', { name: 'Not paid yet' }).waitFor();

    journey.demo.travel(holdMs);
    await page.getByRole('heading', { name: 'The hold has ended' }).waitFor();
    await page.getByText('Nothing was charged').first().waitFor();
    expect(await barriers()).toEqual([]);
    await expectUnsold(journey, person.email, { status: 'expired', paymentStatus: 'released' });
    expect(journey.stripe.state.sessions.at(-1)?.status).toBe('expired');

    await page.getByRole('button', { name: `Try ${wording.timeText(startTime)} again` }).click();
    await page.getByRole('heading', { name: 'Check and book' }).waitFor();
    await page.getByText(person.name).waitFor();
  });

  it('presses Pay when the hold is over, and is not charged', async () => {
    const person = somebody('Late Press');
    const startTime = freeTime(workshop.slug, 7);
    const visitor = await journey.visit({ path: 'sessions' });
    const { page, wording } = visitor;
    visitor.foresee(410);
    await goToCheckout(page, wording, workshop, startTime, person);

    journey.demo.travel(holdMs);
    await expectUnsold(journey, person.email, { status: 'expired', paymentStatus: 'released' });
    await payWith(page, cards.good);
    await page.getByRole('heading', { name: 'You’re all done here' }).waitFor();
    await page.goto(`${journey.demo.pageUrl}/sessions`);
    await page.getByRole('heading', { name: 'The hold has ended' }).waitFor();
    await expectUnsold(journey, person.email, { status: 'expired', paymentStatus: 'released' });
  });
});

describe('a time that a stranger takes while somebody pays for it', story, () => {
  it.each([
    { what: 'released', session: workshop, index: 12, charged: 0 },
    { what: 'refunded', session: walk, index: 30, charged: walk.amount },
  ] as const)('costs nothing: the money is $what', async ({ what, session, index, charged }) => {
    const person = somebody(`Out Run ${session.slug}`);
    const startTime = freeTime(session.slug, index);
    const { page, wording, barriers } = await journey.visit({ path: 'sessions' });
    await goToCheckout(page, wording, session, startTime, person);
    takeAllSeats(session, startTime);
    await payWith(page, cards.good);

    const time = wording.timeText(startTime);
    await page.getByRole('heading', { name: `${time} could not be booked` }).waitFor();
    await page.getByText('Someone booked it while you were paying.').first().waitFor();
    await page.getByText('The nearest free times').waitFor();
    await expectBackOn(page, journey.demo.pageUrl);
    expect(await barriers()).toEqual([]);
    await expectUnsold(journey, person.email, {
      status: 'rejected',
      paymentStatus: what,
      charged,
    });
    await mailOf(journey, person.email, /^Not booked/);
  });
});

describe('one intention is paid once', story, () => {
  it('with Stripe’s page open in two tabs', async () => {
    const person = somebody('Two Checkouts');
    const startTime = freeTime(workshop.slug, 8);
    const visitor = await journey.visit({ path: 'sessions' });
    const { page, wording } = visitor;
    visitor.foresee(410);
    await goToCheckout(page, wording, workshop, startTime, person);
    const other = await visitor.openTab(page.url());
    await arriveAtCheckout(other, person);

    await payWith(page, cards.good);
    await bookedHeading(page).waitFor();
    await payWith(other, cards.good);
    await other.getByRole('heading', { name: 'You’re all done here' }).waitFor();
    await expectSold(journey, person.email, startTime, workshop.amount);
  });

  it('with the site open in two tabs, in both of which the visitor commits', async () => {
    const person = somebody('Two Tabs');
    const startTime = freeTime(workshop.slug, 9);
    const visitor = await journey.visit({ path: 'sessions' });
    const [page, other] = [visitor.page, await visitor.openTab()];
    visitor.foresee(410);
    for (const tab of [page, other]) {
      await prepare(tab, visitor.wording, workshop, startTime, person);
    }
    await Promise.all([page, other].map((tab) => payButton(tab, workshop).click()));
    await Promise.all([page, other].map((tab) => arriveAtCheckout(tab, person)));

    await payWith(page, cards.good);
    await bookedHeading(page).waitFor();
    await payWith(other, cards.good);
    await other.getByRole('heading', { name: 'You’re all done here' }).waitFor();
    await other.goBack();
    await other.goBack();
    await bookedHeading(other).waitFor();
    await expectSold(journey, person.email, startTime, workshop.amount);
  });

  it('with a double click, and with reloads before and after', async () => {
    const person = somebody('Im Patient');
    const startTime = freeTime(workshop.slug, 10);
    const { page, wording } = await journey.visit({ path: 'sessions' });
    await prepare(page, wording, workshop, startTime, person);
    journey.stripe.trouble.failNext = [
      { route: 'POST /v1/checkout/sessions', status: 500, times: 2 },
    ];
    await payButton(page, workshop).dblclick();
    await page.getByRole('heading', { name: /is held for you$/ }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: `Go to payment, ${workshop.price}` }).click();
    await arriveAtCheckout(page, person);
    await page.reload();
    await payWith(page, cards.good);
    await bookedHeading(page).waitFor();
    await page.reload();
    await bookedHeading(page).waitFor();
    await expectSold(journey, person.email, startTime, workshop.amount);
  });
});
