import { describe, expect, it } from 'vitest';
import { createDeployment, type Deployment } from '../../demo/sandbox/deployment.ts';
import { seededRandom } from '../../demo/sandbox/seeded-random.ts';
import { moneyAt } from '../../demo/simulation/ledgers.ts';
import type { AvailableTimesResponse, Slot } from '../contract/available-times.ts';
import type { Booking, BookingConfirmResponse } from '../contract/booking.ts';
import { declinedCard, timeSlotOf } from './test/paid-visits.ts';

// The news of Calendly and of Stripe: any number of times, in any order, days late, before we know what they are about.
const histories = process.env['CI'] === 'true' ? 4_000 : 200;
const perDeployment = 50;

const price = { amount: 4900, currency: 'eur' };
const sessionTypes = [
  { id: 'free', eventType: 'intro-call' },
  { id: 'paid', eventType: 'intro-call', price },
  { id: 'charged', eventType: 'intro-call', price, capture: 'before_booking' as const },
];
const plenty = { perMinute: 1e6, perHour: 1e6, perDay: 1e6 };
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

type Die = (sides: number) => number;
type Held = Pick<Booking, 'id'> & { token: string };

/** What can be told of one visitor, and the one way in which it ends: our bookings, Calendly’s, the money, the mails. */
interface Story {
  name: string;
  sessionTypeId: string;
  live(visit: Visit, booking: Held): Promise<void> | void;
  ends: End;
}

interface End {
  bookings: string[];
  active: number;
  kept: number;
  givenBack: number;
  mails: string[];
}

const booked: End = {
  bookings: ['confirmed not_required'],
  active: 1,
  kept: 0,
  givenBack: 0,
  mails: ['booking-confirmed'],
};
const paidFor: End = { ...booked, bookings: ['confirmed paid'], kept: price.amount };
const canceled: End = {
  ...booked,
  bookings: ['canceled not_required'],
  active: 0,
  mails: ['booking-canceled', 'booking-confirmed'],
};
const refunded: End = { ...canceled, bookings: ['canceled refunded'], givenBack: price.amount };
const moved: End = {
  ...booked,
  bookings: ['confirmed not_required', 'rescheduled not_required'],
  mails: ['booking-confirmed', 'booking-rescheduled'],
};
const left: End = { ...booked, bookings: ['expired released'], active: 0, mails: [] };

const stories: Story[] = [
  { name: 'books', sessionTypeId: 'free', live: () => undefined, ends: booked },
  {
    name: 'books and cancels',
    sessionTypeId: 'free',
    async live(visit, booking) {
      await visit.known(booking);
      await visit.cancel(booking);
    },
    ends: canceled,
  },
  {
    name: 'books and is canceled by the host',
    sessionTypeId: 'free',
    async live(visit, booking) {
      await visit.known(booking);
      visit.hostCancels(booking);
    },
    ends: canceled,
  },
  {
    name: 'books and moves on Calendly’s page',
    sessionTypeId: 'free',
    async live(visit, booking) {
      await visit.known(booking);
      await visit.moveOnCalendly(booking);
    },
    ends: moved,
  },
  {
    name: 'books and moves',
    sessionTypeId: 'free',
    async live(visit, booking) {
      await visit.known(booking);
      await visit.move(booking);
    },
    ends: moved,
  },
  {
    name: 'pays',
    sessionTypeId: 'paid',
    live: (visit, booking) => visit.pay(booking),
    ends: paidFor,
  },
  {
    name: 'pays at once',
    sessionTypeId: 'charged',
    live: (visit, booking) => visit.pay(booking),
    ends: paidFor,
  },
  {
    name: 'is declined and pays with another card',
    sessionTypeId: 'paid',
    async live(visit, booking) {
      visit.decline(booking);
      await visit.pay(booking);
    },
    ends: paidFor,
  },
  {
    name: 'is declined and leaves',
    sessionTypeId: 'charged',
    live: (visit, booking) => visit.decline(booking),
    ends: left,
  },
  { name: 'leaves the checkout', sessionTypeId: 'paid', live: () => undefined, ends: left },
  ...['paid', 'charged'].flatMap((sessionTypeId): Story[] => [
    {
      name: `pays (${sessionTypeId}) and is canceled by the host`,
      sessionTypeId,
      async live(visit, booking) {
        await visit.pay(booking);
        await visit.known(booking);
        visit.hostCancels(booking);
      },
      ends: refunded,
    },
    {
      name: `pays (${sessionTypeId}) and cancels`,
      sessionTypeId,
      async live(visit, booking) {
        await visit.pay(booking);
        await visit.known(booking);
        await visit.cancel(booking);
      },
      ends: refunded,
    },
  ]),
];

/** What becomes of the news while one story is told. */
interface News {
  copies: number;
  lateMs: number;
  shuffleMs: number;
  beforeReply: boolean;
  order: number;
}

const inOrder: News = { copies: 1, lateMs: 0, shuffleMs: 0, beforeReply: false, order: 0 };

function anyNews(die: Die): News {
  const copies = [0, 1, 2, 5][die(4)] ?? 0;
  const order = die(3);
  // Before we know what they are about, or later than that.
  if (die(3) === 0) return { ...inOrder, copies, order, beforeReply: true };
  return {
    copies,
    order,
    lateMs: [0, 0, hourMs, 72 * hourMs][die(4)] ?? 0,
    shuffleMs: [0, 5 * minuteMs, 72 * hourMs][die(3)] ?? 0,
    beforeReply: false,
  };
}

function spread({ calendly, stripe }: Deployment, news: News): void {
  for (const trouble of [calendly.trouble, stripe.trouble]) {
    trouble.webhooksLost = news.copies === 0;
    trouble.webhookCopies = news.copies;
    trouble.webhookDelayMs = news.lateMs;
    trouble.webhookShuffleMs = news.shuffleMs;
    trouble.webhookBeforeReply = news.beforeReply;
  }
  calendly.trouble.webhookOrder =
    (['canceled-first', 'created-first', 'random'] as const)[news.order] ?? 'random';
  stripe.trouble.webhookOrder =
    (['as-made', 'reversed', 'random'] as const)[news.order] ?? 'random';
}

/** One story under way. */
class Visit {
  readonly #deployment: Deployment;
  readonly #die: Die;
  readonly #sweep: () => Promise<void>;

  constructor(deployment: Deployment, die: Die, sweep: () => Promise<void>) {
    this.#deployment = deployment;
    this.#die = die;
    this.#sweep = sweep;
  }

  /** Six days ahead at least: the latest news arrive while there is still time to cancel. */
  async #freeSlot(sessionTypeId: string): Promise<Slot> {
    const after = this.#deployment.clock.now() + 144 * hourMs;
    const free = new Set(this.#deployment.calendly.freeTimes('intro-call').map(Date.parse));
    const { body } = await this.#deployment.get<AvailableTimesResponse>(
      `/api/scheduling/calendly/available-times?sessionTypeId=${sessionTypeId}`,
    );
    const slot = body.slots.find(({ startTime }) => {
      const start = Date.parse(startTime);
      return start > after && free.has(start);
    });
    if (!slot) throw new Error('No time is free.');
    return slot;
  }

  async book(sessionTypeId: string, key: string): Promise<Held> {
    const slot = await this.#freeSlot(sessionTypeId);
    const answer = await this.#ask<BookingConfirmResponse>('confirm', key, {
      sessionTypeId,
      timeSlot: timeSlotOf(slot),
      clientDetails: { name: 'Ada Okafor', email: 'ada@example.com', timezone: 'UTC' },
      answers: [{ question: 'What would you like to talk about?', answer: 'Prices' }],
    });
    return answer.booking;
  }

  /** A time that was given back without our hearing of it is refused once; then Calendly is asked. */
  async #ask<T>(what: string, key: string, body: unknown, token = ''): Promise<T> {
    for (let tries = 1; ; tries++) {
      const answer = await this.#deployment.until(
        this.#deployment.post<T>(`/api/scheduling/bookings/${what}`, body, {
          'idempotency-key': `${key}, try ${tries}`,
          authorization: `Bearer ${token}`,
        }),
      );
      if (answer?.status === 200) return answer.body;
      if (tries === 2) throw new Error(`${what}: ${JSON.stringify(answer?.body)}`);
      await this.#deployment.settle();
    }
  }

  #sessionOf({ id }: Held): string {
    const session = this.#deployment.stripe.state.sessions.findLast(
      ({ metadata }) => metadata['booking_id'] === id,
    );
    if (!session) throw new Error('There is nothing to pay.');
    return session.id;
  }

  /** Half of the tabs are closed before they are led back. */
  async pay(booking: Held): Promise<void> {
    const session = this.#sessionOf(booking);
    this.#deployment.stripe.pay(session);
    if (this.#die(2) === 0) {
      await this.#deployment.until(
        this.#deployment.request(
          `/api/payments/return?booking=${booking.id}&session_id=${session}`,
        ),
      );
    }
  }

  decline(booking: Held): void {
    this.#deployment.stripe.pay(this.#sessionOf(booking), declinedCard);
  }

  /** Waits until the booking is confirmed, whoever brings the news. */
  async known(booking: Held): Promise<void> {
    for (let tries = 0; tries < 3; tries++) {
      await this.#sweep();
      await this.#deployment.pass(2 * minuteMs);
      const { body } = await this.#deployment.get<{ booking: Booking }>(
        `/api/scheduling/bookings/${booking.id}`,
        { headers: { authorization: `Bearer ${booking.token}` } },
      );
      if (body.booking.status === 'confirmed') return;
    }
    throw new Error('What was paid for is not booked.');
  }

  #inviteeOf({ id }: Held) {
    const invitee = this.#deployment.calendly.state.invitees.find(
      ({ tracking }) => tracking.salesforce_uuid === id,
    );
    if (!invitee) throw new Error('Nobody is booked.');
    return invitee;
  }

  hostCancels(booking: Held): void {
    this.#deployment.calendly.cancelAsHost(this.#inviteeOf(booking).event);
  }

  async moveOnCalendly(booking: Held): Promise<void> {
    const { startTime } = await this.#freeSlot('free');
    this.#deployment.calendly.rescheduleAsInvitee(this.#inviteeOf(booking).uri, startTime);
  }

  async move(booking: Held): Promise<void> {
    const slot = await this.#freeSlot('free');
    const { id, token } = booking;
    await this.#ask(`${id}/reschedule`, `move ${id}`, { timeSlot: timeSlotOf(slot) }, token);
  }

  async cancel({ id, token }: Held): Promise<void> {
    await this.#ask(`${id}/cancel`, `cancel ${id}`, {}, token);
  }
}

/** How a story has ended, by all three ledgers and the mailbox. */
async function endOf(deployment: Deployment, { id }: Held): Promise<End> {
  const { db, calendly, mails } = deployment;
  const rows = await db.selectFrom('booking').selectAll().execute();
  const bookings = rows.filter((row) => row.id === id || row.replaces === id);
  const ids = new Set(bookings.map((row) => row.id));
  const jobs = await db.selectFrom('job').selectAll().where('kind', '=', 'send-mail').execute();
  const { taken, givenBack, held } = moneyAt(deployment, id, price);
  const uris = bookings.map((row) => row.invitee_uri);
  return {
    bookings: bookings.map((row) => `${row.status} ${row.payment_status}`).toSorted(),
    active: calendly.state.invitees.filter(
      ({ uri, status }) => status === 'active' && uris.includes(uri),
    ).length,
    kept: taken + held - givenBack,
    givenBack,
    mails: mails
      .flatMap(({ messageId }) => {
        const job = jobs.find((each) => String(each.id) === messageId.split('.', 1)[0]);
        return job && ids.has(job.booking_id ?? '')
          ? [(JSON.parse(job.payload) as { mail: string }).mail]
          : [];
      })
      .toSorted(),
  };
}

async function tell(seed: number, newsOf: (die: Die) => News, { sweeps = true } = {}) {
  const random = seededRandom(seed);
  const die: Die = (sides) => {
    const [high = 0, low = 0] = random(2);
    return (high * 256 + low) % sides;
  };
  const deployment = await createDeployment({
    seed,
    config: { sessionTypes, bookingQuota: plenty },
  });
  await deployment.app.subscribe();
  const sweep = async (): Promise<void> => {
    if (!sweeps) return;
    await deployment.until(deployment.app.sweepPayments());
    await deployment.until(deployment.app.sweep());
  };
  const told: { story: Story; news: News; booking: Held }[] = [];
  for (let nth = 0; nth < perDeployment; nth++) {
    const story = stories[(seed * perDeployment + nth) % stories.length];
    if (!story) throw new Error('No story.');
    const news = newsOf(die);
    spread(deployment, news);
    const visit = new Visit(deployment, die, sweep);
    const booking = await visit.book(story.sessionTypeId, `key-${nth}`);
    await story.live(visit, booking);
    told.push({ story, news, booking });
    await deployment.pass(minuteMs);
  }
  // Until the last of the news has arrived, and all that was asked for by then is done.
  for (let hours = 0; hours < 150; hours += 30) {
    await sweep();
    await deployment.pass(30 * hourMs);
  }
  const wrong: unknown[] = [];
  for (const { story, news, booking } of told) {
    const end = await endOf(deployment, booking);
    if (JSON.stringify(end) !== JSON.stringify(story.ends)) {
      wrong.push({ seed, story: story.name, news, end });
    }
  }
  const dead = await deployment.db
    .selectFrom('job')
    .select(['kind', 'last_error'])
    .where('dead_at', 'is not', null)
    .execute();
  await deployment.close();
  return [...wrong, ...dead];
}

describe('the news of both services', { timeout: 900_000 }, () => {
  it('end every story in its own way when they come once and in order', async () => {
    expect(await tell(0, () => inOrder)).toEqual([]);
  });

  it(`end it in the same way when they come never, five times, late or in any order, over ${histories} histories`, async () => {
    for (let seed = 1; seed <= histories / perDeployment; seed++) {
      expect(await tell(seed, anyNews)).toEqual([]);
    }
  });

  it('would not do so without the sweeps', async () => {
    const never: News = { ...inOrder, copies: 0 };
    await expect(tell(0, () => never, { sweeps: false })).rejects.toThrow('is not booked');
  });
});
