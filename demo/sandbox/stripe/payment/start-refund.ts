import { type Core, snapshot } from '../core.ts';
import type { Charge, Refund } from '../state.ts';
import { findCard, testCards } from './cards.ts';
import { completeRefund, createRefund, failRefund, type RefundWish } from './refund.ts';

type Wish = Pick<RefundWish, 'amount' | 'reason' | 'metadata' | 'reverseTransfer'>;
type Course = Core['trouble']['refunds'];

const lastFour = (charge: Charge): string | null | undefined =>
  charge.payment_method_details?.card?.last4;

/** The card decides what becomes of a refund, else the trouble of the moment. */
const courseOf = (core: Core, charge: Charge): Course =>
  findCard(testCards.find(({ number }) => number.endsWith(lastFour(charge) ?? '-'))?.number ?? '')
    ?.refund ?? core.trouble.refunds;

/** Answers with the refund as it is at once; what comes later comes by event. */
export function startRefund(core: Core, charge: Charge, wish: Wish): Refund {
  const course = courseOf(core, charge);
  const pending = course !== 'succeed' && course !== 'succeed-then-fail';
  charge.amount_refunded += wish.amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  const refund = createRefund(core, charge, {
    ...wish,
    status: pending ? 'pending' : 'succeeded',
    destination: pending ? 'pending' : 'refund',
    ownMoney: true,
  });
  core.announce('charge.refunded', charge);
  const answer = snapshot(refund);
  const later = core.clock.now() + core.trouble.refundDelayMs;
  if (course === 'pending-then-succeed') core.agenda.at(later, () => completeRefund(core, refund));
  if (course === 'pending-then-fail')
    core.agenda.at(later, () => failRefund(core, charge, refund, 'declined'));
  if (course === 'succeed-then-fail')
    core.agenda.at(later, () => failRefund(core, charge, refund, 'expired_or_canceled_card'));
  return answer;
}
