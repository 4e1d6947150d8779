import * as v from 'valibot';
import { Money } from '../contract/money.ts';
import { captures } from '../contract/session-type.ts';

const text = (maxLength: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\S(?:.*\S)?$/, 'This must be one line of text with no space around it'),
    v.maxLength(maxLength, `This can be at most ${maxLength} characters long`),
  );

const stripeAccount = v.pipe(
  v.string(),
  v.regex(/^acct_\w+$/, 'An account of Stripe starts with acct_'),
);

/** What the account of the key keeps, in minor units. */
const applicationFee = v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1)));

/** Stripe Connect: whose account the money goes to. */
export const PayTo = v.union(
  [
    // A direct charge on this account, which pays Stripe's fees.
    v.strictObject({ stripeAccount, applicationFee }),
    // A charge on the account of the key, transferred to this one.
    v.strictObject({ transferDestination: stripeAccount, applicationFee }),
  ],
  'Name either a stripeAccount or a transferDestination, and perhaps an applicationFee',
);
export type PayTo = v.InferOutput<typeof PayTo>;

/** One entry of `sessionTypes` in `booking.config.json`: what is sold, and on which terms. */
export const SessionTypeConfig = v.strictObject({
  /** What the page's author writes into `session-type`. */
  id: v.pipe(
    v.string(),
    v.regex(
      /^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/,
      'An id is 1 to 100 letters, digits, ".", "_", "~" or "-", the first one a letter or digit',
    ),
  ),
  /** The Calendly event type: its URI or its slug. */
  eventType: text(500),
  title: v.exactOptional(text(200)),
  /** Left out: free of charge. */
  price: v.exactOptional(Money),
  category: v.exactOptional(text(100)),
  requiresAuth: v.exactOptional(v.boolean()),
  displayOrder: v.exactOptional(v.pipe(v.number(), v.integer())),
  /** When the money is taken; an authorization first, unless the payment method knows none. */
  capture: v.exactOptional(v.picklist(captures)),
  payTo: v.exactOptional(PayTo),
  cancellation: v.exactOptional(
    v.strictObject({
      /** Canceled at least this many hours before the start, the money goes back. */
      refundUntilHours: v.pipe(v.number(), v.minValue(0), v.maxValue(24 * 366)),
    }),
  ),
});
export type SessionTypeConfig = v.InferOutput<typeof SessionTypeConfig>;
