import type { AvailableTimesResponse, Slot } from '../../server/contract/available-times.ts';
import type {
  Booking,
  BookingConfirmRequest,
  ConfirmedBooking,
} from '../../server/contract/booking.ts';
import type { ErrorCode } from '../../server/contract/error.ts';
import { pageOrigin } from '../sandbox/deployment.ts';
import type { Dice } from './dice.ts';
import { payForBooking } from './paying-visitor.ts';
import { onCalendlysPage } from './visitor-on-calendly.ts';
import type { World } from './world.ts';

/** What an answer of the backend says; null when none came. */
export type Answer<T> = {
  status: number;
  body: Partial<T> & { code?: ErrorCode; slots?: Slot[] };
} | null;

export interface Ticket {
  id: string;
  token: string;
}

/** One person at a browser, whose requests and answers get lost like anybody's. */
export interface Visitor {
  readonly name: string;
  readonly world: World;
  readonly dice: Dice;
  ask<T>(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers?: object,
  ): Promise<Answer<T>>;
  /** How the booking is, as the backend tells. */
  look(ticket: Ticket): Promise<Booking | null>;
  think(leastMs: number, mostMs: number): Promise<void>;
  says(what: string): void;
}

const second = 1_000;
const minute = 60 * second;

export function createVisitor(world: World, name: string): Visitor {
  const { clock, deployment, trouble, trace } = world;
  const dice = world.dice(name);

  const visitor: Visitor = {
    name,
    world,
    dice,
    async ask<T>(method: string, path: string, body?: unknown, headers: object = {}) {
      const what = `${method} ${path.replace('/api/scheduling/', '').replace(/\?.*/, '')}`;
      await clock.wait(dice.between(1, 60));
      if (trouble.befalls('visits')) {
        trace.note(name, `${what} got lost on its way`);
        return null;
      }
      try {
        const response = await deployment.request(path, {
          method,
          headers: { 'content-type': 'application/json', ...headers },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        await clock.wait(dice.between(1, 60));
        if (trouble.befalls('visits')) {
          trace.note(name, `the answer to ${what} got lost`);
          return null;
        }
        const isJson = response.headers.get('content-type')?.includes('json') ?? false;
        const answer: Answer<T> = {
          status: response.status,
          body: (isJson ? JSON.parse(text) : {}) as NonNullable<Answer<T>>['body'],
        };
        trace.note(name, `${what} → ${summary(answer)}`);
        return answer;
      } catch (error) {
        trace.note(name, `${what} found nobody: ${String(error)}`);
        return null;
      }
    },
    async look({ id, token }) {
      const answer = await visitor.ask<{ booking: Booking }>(
        'GET',
        `/api/scheduling/bookings/${id}`,
        undefined,
        { authorization: `Bearer ${token}` },
      );
      const booking = answer?.body.booking ?? null;
      if (booking) world.told(booking.id, booking.status);
      return booking;
    },
    think: (leastMs, mostMs) => clock.wait(dice.between(leastMs, mostMs)),
    says: (what) => trace.note(name, what),
  };
  return visitor;
}

const summary = (answer: NonNullable<Answer<{ booking: { status: string } }>>): string =>
  [answer.status, answer.body.code, answer.body.booking?.status].filter(Boolean).join(' ');

/** Comes to the page, books, pays, perhaps changes their mind; whatever people do. */
export async function visit(visitor: Visitor): Promise<void> {
  const { dice } = visitor;
  await visitor.think(0, dice.chance(0.6) ? 5 * second : 20 * minute);
  const sessionTypeId = dice.pick(['free', 'paid', 'paid', 'charged', 'group', 'paid-group']);
  const slot = await chooseSlot(visitor, sessionTypeId);
  if (!slot) return;
  const tabs = [book(visitor, sessionTypeId, slot, 'first tab')];
  if (dice.chance(0.12)) {
    const other = dice.chance(0.5) ? slot : await chooseSlot(visitor, sessionTypeId);
    if (other) tabs.push(book(visitor, sessionTypeId, other, 'second tab'));
  }
  await Promise.all(tabs);
}

export async function chooseSlot(visitor: Visitor, sessionTypeId: string): Promise<Slot | null> {
  for (let tries = 0; tries < 4; tries++) {
    const now = visitor.world.clock.now();
    const range = new URLSearchParams({
      sessionTypeId,
      from: new Date(now).toISOString(),
      to: new Date(now + 3 * 24 * 60 * minute).toISOString(),
    });
    const answer = await visitor.ask<AvailableTimesResponse>(
      'GET',
      `/api/scheduling/calendly/available-times?${range.toString()}`,
    );
    const [first, ...others] = answer?.body.slots ?? [];
    if (first) {
      const slots: [Slot, ...Slot[]] = [first, ...others.slice(0, visitor.dice.pick([1, 2, 6]))];
      return visitor.dice.pick(slots);
    }
    if (answer?.status === 200) return null;
    await visitor.think(second, 20 * second);
  }
  return null;
}

const wishFor = (visitor: Visitor, sessionTypeId: string, slot: Slot): BookingConfirmRequest => ({
  sessionTypeId,
  timeSlot: {
    startTime: slot.startTime,
    endTime: slot.endTime,
    schedulingUrl: slot.schedulingUrl,
  },
  clientDetails: {
    name: visitor.name,
    email: `${visitor.name.replace(' ', '-')}@example.com`,
    timezone: 'Europe/London',
  },
  returnUrl: `${pageOrigin}/book`,
});

interface Confirmed {
  booking: ConfirmedBooking;
  checkoutUrl?: string;
}

async function book(
  visitor: Visitor,
  sessionTypeId: string,
  slot: Slot,
  tab: string,
): Promise<void> {
  const { dice, world } = visitor;
  const wish = wishFor(visitor, sessionTypeId, slot);
  const key = `${visitor.name} ${tab} ${slot.startTime}`;
  const confirm = async (): Promise<Answer<Confirmed>> => {
    const answer = await visitor.ask<Confirmed>('POST', '/api/scheduling/bookings/confirm', wish, {
      'idempotency-key': key,
    });
    if (answer) world.answered(key, answer.status, answer.body.code ?? null);
    return answer;
  };

  visitor.says(`wants ${sessionTypeId} at ${slot.startTime} (${tab})`);
  let confirmed: Confirmed | null = null;
  const patience = dice.between(1, 4);
  for (let tries = 0; tries < patience && confirmed === null; tries++) {
    const isDoubleClick = dice.chance(0.1);
    const answers = await Promise.all(isDoubleClick ? [confirm(), confirm()] : [confirm()]);
    for (const answer of answers) {
      if (answer?.status === 200 && answer.body.booking) {
        world.told(answer.body.booking.id, answer.body.booking.status);
        confirmed = answer.body as Confirmed;
      }
    }
    if (confirmed === null && answers.some((answer) => answer?.status === 409)) return;
    if (confirmed === null) await visitor.think(second, 30 * second);
  }
  if (confirmed === null) return;

  const ticket: Ticket = { id: confirmed.booking.id, token: confirmed.booking.token };
  if (confirmed.booking.status === 'awaiting_payment') {
    await payForBooking(visitor, ticket, confirmed.checkoutUrl ?? null);
  }
  await changeMind(visitor, ticket);
}

async function changeMind(visitor: Visitor, ticket: Ticket): Promise<void> {
  const { dice } = visitor;
  await visitor.think(second, dice.pick([20 * second, 10 * minute, 90 * minute]));
  const booking = await visitor.look(ticket);
  if (booking?.continueUrl) return onCalendlysPage(visitor, booking, booking.continueUrl);
  const wish = dice.below(10);
  if (wish < 3) await change(visitor, ticket, 'cancel', {});
  else if (wish < 5) await reschedule(visitor, ticket);
  await visitor.look(ticket);
}

async function reschedule(visitor: Visitor, ticket: Ticket): Promise<void> {
  const booking = await visitor.look(ticket);
  const slot = booking && (await chooseSlot(visitor, booking.sessionTypeId));
  if (!slot) return;
  const { startTime, endTime, schedulingUrl } = slot;
  const moved = await change(visitor, ticket, 'reschedule', {
    timeSlot: { startTime, endTime, schedulingUrl },
  });
  if (moved && moved.id !== ticket.id && visitor.dice.chance(0.3)) {
    await visitor.think(second, 5 * minute);
    await change(visitor, { ...ticket, id: moved.id }, 'cancel', {});
  }
}

async function change(
  visitor: Visitor,
  { id, token }: Ticket,
  how: 'cancel' | 'reschedule',
  body: object,
): Promise<Booking | null> {
  const { dice, world } = visitor;
  const key = `${visitor.name} ${how} ${world.clock.now()}`;
  const patience = dice.between(1, 3);
  for (let tries = 0; tries < patience; tries++) {
    const answer = await visitor.ask<{ booking: Booking }>(
      'POST',
      `/api/scheduling/bookings/${id}/${how}`,
      body,
      { authorization: `Bearer ${token}`, 'idempotency-key': key },
    );
    const booking = answer?.body.booking;
    if (booking) {
      world.told(booking.id, booking.status);
      if (booking.continueUrl && dice.chance(0.7)) {
        await onCalendlysPage(visitor, booking, booking.continueUrl);
      }
      return booking;
    }
    if (answer && answer.status < 500) return null;
    await visitor.think(second, 20 * second);
  }
  return null;
}
