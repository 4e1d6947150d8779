import { afterAll, describe, expect, it } from 'vitest';
import { countPromises, moneyKept } from '../sandbox/panel/promises.ts';
import { seededRandom } from '../sandbox/seeded-random.ts';
import { readBackendView } from '../start/backend-view.ts';
import { type CrashSite, cutPower, openCrashSite, type Outage } from './power-cut.ts';
import { type Buyer, price } from './shop.ts';

const cuts = process.env['CI'] === 'true' ? 200 : 10;
const inFlight = 50;
/** Often the power goes again before everything is well. */
const mostInARow = 6;
/** Side by side, with a calendar of their own. */
const sites = 2;
/** A calendar that is fuller than this makes everything slow. */
const outagesPerSite = 5;

/** Everything is promised to be settled by then. */
const promisedMs = 30_000;
/** What of it is left for the work, which takes a second on a machine that has nothing else to do. */
const workMs = 5_000;

const random = seededRandom(7);
const pick = (below: number): number => {
  const [high = 0, low = 0] = random(2);
  return Math.floor(((high * 256 + low) / 65_536) * below);
};

/** Every fifth time nobody is there any more when the news of the payments goes out. */
const pickProgress = (): number => Math.max(0, pick(30) - 6);

/** What all three ledgers and the mailbox say of those who were there. */
function expectAllWell(
  { deployment, owed }: CrashSite,
  { buyers: everybody, outrun }: Outage,
): void {
  const { stripe, calendly, mailbox } = deployment.sandbox;
  const { bookings } = readBackendView(deployment.databaseFile);
  const ledgers = { ours: bookings, calendly: calendly.state, stripe: stripe.state };
  expect(countPromises(ledgers).filter(({ count }) => count > 0)).toEqual([]);
  expect(owed.givenUp()).toEqual([]);
  const told = new Set(mailbox.messages.flatMap(({ to }) => to));

  // A release is shown as a refund too, though no money ever moved.
  const paidBack = stripe.state.refunds.filter(
    ({ payment_intent: of }) =>
      stripe.state.paymentIntents.find(({ id }) => id === of)?.status === 'succeeded',
  );
  const stories = everybody.map(({ bookingId, email }) => {
    const booking = bookings.find(({ id }) => id === bookingId);
    const [intent, ...others] = stripe.state.paymentIntents.filter(
      ({ metadata }) => metadata['booking_id'] === bookingId,
    );
    return {
      status: booking?.status,
      paymentStatus: booking?.paymentStatus,
      kept: intent && moneyKept(intent, stripe.state.refunds),
      payments: 1 + others.length,
      refunds: paidBack.filter(({ payment_intent: of }) => of === intent?.id).length,
      invitees: calendly.state.invitees.filter(
        ({ tracking, status }) => tracking.salesforce_uuid === bookingId && status === 'active',
      ).length,
      hasMail: told.has(email),
    };
  });
  expect(stories).toEqual(everybody.map((buyer) => endOf(buyer, outrun.has(buyer.bookingId))));
}

/** Booked and paid once, or not booked and given back once. */
const endOf = ({ sessionTypeId }: Buyer, isOutrun: boolean) => {
  const isCharged = sessionTypeId === 'lecture' || sessionTypeId === 'review';
  return {
    payments: 1,
    hasMail: true,
    ...(isOutrun
      ? {
          status: 'rejected',
          paymentStatus: isCharged ? 'refunded' : 'released',
          kept: 0,
          refunds: isCharged ? 1 : 0,
          invitees: 0,
        }
      : {
          status: 'confirmed',
          paymentStatus: 'paid',
          kept: price.amount,
          refunds: 0,
          invitees: 1,
        }),
  };
};

describe('the power is cut', { timeout: 900_000 }, () => {
  const settled: Outage['settled'][] = [];
  afterAll(() => {
    const latest = (time: keyof Outage['settled']): string =>
      `${(Math.max(...settled.map((each) => each[time])) / 1000).toFixed(1)} s`;
    console.log(
      `Settled after at most ${latest('waitedMs')} of waiting and ${latest('workedMs')} of work.`,
    );
  });

  it(`${cuts} times with ${inFlight} in the middle of a paid booking, and everything settles within 30 s`, async () => {
    let left = cuts;
    const endure = async (): Promise<void> => {
      const site = await openCrashSite();
      try {
        for (let outages = 0; outages < outagesPerSite && left > 0; outages += 1) {
          const inARow = Math.min(left, 1 + pick(mostInARow));
          left -= inARow;
          const progress = Array.from({ length: inARow }, pickProgress);
          const outage = await cutPower(site, { inFlight, progress });
          settled.push(outage.settled);
          expectAllWell(site, outage);
          expect(Math.min(...outage.inFlight)).toBeGreaterThan(0);
          expect(outage.settled.waitedMs).toBeLessThan(promisedMs - workMs);
        }
      } finally {
        await site.close();
      }
    };
    const operate = async (): Promise<void> => {
      while (left > 0) await endure();
    };
    await Promise.all(Array.from({ length: sites }, operate));
  });
});
