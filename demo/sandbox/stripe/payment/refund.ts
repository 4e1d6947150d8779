import type Stripe from 'stripe';
import { type Core, inheritOwner, seconds } from '../core.ts';
import type { Charge, Refund } from '../state.ts';

export interface RefundWish {
  amount: number;
  reason: Stripe.Refund.Reason | null;
  metadata: Stripe.Metadata;
  status: 'succeeded' | 'pending';
  destination: 'refund' | 'reversal' | 'pending';
  /** False for an authorisation that is given back: nothing leaves the balance. */
  ownMoney: boolean;
  reverseTransfer?: boolean;
}

export function createRefund(core: Core, charge: Charge, wish: RefundWish): Refund {
  const refund: Refund = {
    id: core.identities.id('re_3', 23),
    object: 'refund',
    amount: wish.amount,
    balance_transaction:
      wish.ownMoney && wish.status === 'succeeded' ? core.identities.id('txn_3', 23) : null,
    charge: charge.id,
    created: seconds(core),
    currency: charge.currency,
    customer: null,
    customer_account: null,
    destination_details: { card: { type: wish.destination }, type: 'card' },
    metadata: { ...wish.metadata },
    payment_intent: charge.payment_intent ?? '',
    payment_method: charge.payment_method,
    ...(wish.status === 'pending' && { pending_reason: 'processing' as const }),
    reason: wish.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: wish.status,
    transfer_reversal: wish.reverseTransfer ? core.identities.id('trr_1', 23) : null,
  };
  core.state.refunds.push(refund);
  inheritOwner(core, charge.id, refund.id);
  core.announce('refund.created', refund);
  return refund;
}

/** A pending refund reaches the card after all. */
export function completeRefund(core: Core, refund: Refund): void {
  if (refund.status !== 'pending') return;
  refund.status = 'succeeded';
  delete refund.pending_reason;
  refund.destination_details = { card: { type: 'refund' }, type: 'card' };
  refund.balance_transaction = core.identities.id('txn_3', 23);
  core.announce('refund.updated', refund, { status: 'pending' });
  core.announce('charge.refund.updated', refund, { status: 'pending' });
}

/** The bank sends it back, even days after it looked done: the money is in our balance again. */
export function failRefund(core: Core, charge: Charge, refund: Refund, why: string): void {
  if (refund.status !== 'pending' && refund.status !== 'succeeded') return;
  const previous = { status: refund.status };
  refund.status = 'failed';
  refund.failure_reason = why;
  refund.failure_balance_transaction = core.identities.id('txn_3', 23);
  delete refund.pending_reason;
  charge.amount_refunded -= refund.amount;
  charge.refunded = false;
  core.announce('refund.updated', refund, previous);
  core.announce('refund.failed', refund);
  core.announce('charge.refund.updated', refund, previous);
}
