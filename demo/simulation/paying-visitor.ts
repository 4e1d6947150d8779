import type { Booking } from '../../server/contract/booking.ts';
import type { Ticket, Visitor } from './visitor.ts';

const second = 1_000;
const minute = 60 * second;

const usual = '4242424242424242';
const declined = '4000000000000002';
const secure = '4000002500003155';
const refundFails = '4000000000005126';
const refundPends = '4000000000007726';

/** Everything that people do on the way to Stripe's page, on it, and back. */
export async function payForBooking(
  visitor: Visitor,
  ticket: Ticket,
  checkoutUrl: string | null,
): Promise<void> {
  const { dice, world } = visitor;
  const { sessions } = world.deployment.stripe.state;
  const url = checkoutUrl ?? (await pageToPay(visitor, ticket));
  // A session that has ended has no address either.
  const session = url === null ? undefined : sessions.find((each) => each.url === url);
  if (!session) return;
  world.trace.name(session.id, `session-${sessions.indexOf(session) + 1}`);

  await visitor.think(2 * second, dice.chance(0.7) ? 3 * minute : 24 * minute);
  const act = dice.below(100);
  const pay = (card: string, threeDSecure: 'pass' | 'fail' | 'leave' = 'pass'): void => {
    const result = world.deployment.stripe.pay(session.id, card, { threeDSecure });
    visitor.says(`pays on ${session.id} → ${result}`);
  };
  if (act < 36) pay(usual);
  else if (act < 46) {
    pay(declined);
    await visitor.think(second, 2 * minute);
    pay(usual);
  } else if (act < 54) pay(secure);
  else if (act < 58) {
    pay(secure, 'fail');
    await visitor.think(second, 2 * minute);
    pay(usual);
  } else if (act < 62) pay(secure, 'leave');
  else if (act < 66) pay(world.trouble.weather.money > 0 ? refundFails : usual);
  else if (act < 70) pay(world.trouble.weather.money > 0 ? refundPends : usual);
  else if (act < 80) await payAtTheEnd(visitor, ticket, () => pay(usual));
  else if (act < 90) await payLate(visitor, () => pay(usual));
  else if (act < 95) return visitor.says('closes the tab');
  else {
    visitor.says('goes back and gives up');
    await visitor.ask('POST', `/api/scheduling/bookings/${ticket.id}/cancel`, {}, bearer(ticket));
    if (dice.chance(0.3)) pay(usual);
    return;
  }
  if (dice.chance(0.7)) await comeBack(visitor, ticket, session.id);
  await waitForTheEnd(visitor, ticket);
}

const bearer = ({ token }: Ticket) => ({ authorization: `Bearer ${token}` });

async function pageToPay(visitor: Visitor, ticket: Ticket): Promise<string | null> {
  for (let looks = 0; looks < 12; looks++) {
    await visitor.think(second, 10 * second);
    const booking = await visitor.look(ticket);
    if (booking?.checkoutUrl) return booking.checkoutUrl;
    if (booking && booking.status !== 'awaiting_payment') return null;
  }
  return null;
}

/** In the very moment in which the hold ends, give or take. */
async function payAtTheEnd(visitor: Visitor, ticket: Ticket, pay: () => void): Promise<void> {
  const { world, dice } = visitor;
  const endsAt = world.holdOf(ticket.id);
  if (endsAt !== null) {
    await world.clock.wait(
      endsAt - world.clock.now() + dice.pick([-2_000, -20, -1, 0, 1, 20, 80, 400]),
    );
  }
  pay();
}

/** After the hold, when Stripe's page may still be open. */
async function payLate(visitor: Visitor, pay: () => void): Promise<void> {
  await visitor.think(23 * minute, 36 * minute);
  pay();
}

async function comeBack(visitor: Visitor, ticket: Ticket, sessionId: string): Promise<void> {
  const { dice, world } = visitor;
  await visitor.think(100, 3 * second);
  const others = world.deployment.stripe.state.sessions.map(({ id }) => id);
  const isForged = dice.chance(0.1);
  const presented = isForged ? (others[dice.below(others.length)] ?? 'cs_test_no') : sessionId;
  const times = dice.pick([1, 1, 1, 2]);
  for (let time = 0; time < times; time++) {
    const answer = await visitor.ask(
      'GET',
      `/api/payments/return?booking=${ticket.id}&session_id=${presented}`,
    );
    if (answer?.status === 303 && presented !== sessionId) {
      world.break('a session that is not the booking’s own is taken for it');
    }
    await visitor.think(100, 5 * second);
  }
}

const isOver = ({ status }: Booking): boolean =>
  status !== 'awaiting_payment' && status !== 'scheduling';

async function waitForTheEnd(visitor: Visitor, ticket: Ticket): Promise<void> {
  const looks = visitor.dice.between(0, 6);
  for (let look = 0; look < looks; look++) {
    await visitor.think(second, 20 * second);
    const booking = await visitor.look(ticket);
    if (booking && isOver(booking)) return;
  }
}
