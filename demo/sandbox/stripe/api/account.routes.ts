import type Stripe from 'stripe';
import { noSuch } from '../refusal.ts';
import { find } from './expansion.ts';
import { type Route, route } from './route.ts';

export const ownAccount = 'acct_1SandboxOwner0001';

const accountOf = (id: string): Stripe.Account => ({
  id,
  object: 'account',
  business_type: 'individual',
  capabilities: { card_payments: 'active', link_payments: 'active', transfers: 'active' },
  charges_enabled: true,
  country: 'DE',
  default_currency: 'eur',
  details_submitted: true,
  email: 'owner@example.com',
  payouts_enabled: true,
  type: 'standard',
});

export const accountRoutes: Route[] = [
  route('GET', '/v1/account', {}, ({ account }) => accountOf(account ?? ownAccount)),
  route('GET', '/v1/balance', {}, ({ core, account }) => {
    const taken = core.state.charges
      .filter(({ id }) => (core.state.owners[id] ?? null) === account)
      .reduce((sum, charge) => sum + charge.amount_captured, 0);
    const given = core.state.refunds
      .filter(
        (refund) =>
          (core.state.owners[refund.id] ?? null) === account &&
          refund.balance_transaction !== null &&
          refund.status !== 'failed',
      )
      .reduce((sum, refund) => sum + refund.amount, 0);
    const sums = [
      { amount: taken - given, currency: 'eur', source_types: { card: taken - given } },
    ];
    return {
      object: 'balance',
      available: sums,
      livemode: false,
      pending: [],
    } satisfies Stripe.Balance;
  }),
  route('GET', '/v1/charges/:id', {}, ({ core, id, account }) => {
    const charge = find(core, core.state.charges, id, account);
    if (!charge) throw noSuch('charge', id, 'id');
    return charge;
  }),
];
