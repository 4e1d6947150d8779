import type { Stripe } from 'stripe';
import {
  PaymentError,
  type Payment,
  type PaymentCall,
  type PaymentRecipient,
  type WriteOutcome,
} from './payment.ts';
import { createStripeClient, type StripeDeps } from './stripe.client.ts';
import { asPaymentError, calling, hasMovedOn } from './stripe.errors.ts';
import { checkoutParameters, refundParameters } from './stripe.parameters.ts';
import {
  expand,
  readCheckout,
  readIntentStatus,
  readPage,
  readRefund,
  readSessionStatus,
} from './stripe.replies.ts';

const mostPages = 100;

export function createStripe(deps: StripeDeps): Payment {
  const stripe = createStripeClient(deps);
  const { sessions } = stripe.checkout;

  /** Expiring a session that is past it is refused without a code, so its state is what tells. */
  async function expire(id: string, call: PaymentCall): Promise<boolean> {
    try {
      return readSessionStatus(await sessions.expire(id, undefined, options(call))) === 'expired';
    } catch (error) {
      if (asPaymentError(error).failure !== 'refused') throw error;
      const session = await sessions.retrieve(id, undefined, account(call.recipient));
      if (readSessionStatus(session) === 'open') throw error;
      return false;
    }
  }

  async function allRefunds(
    id: string,
    recipient: PaymentRecipient,
  ): Promise<ReturnType<typeof readRefund>[]> {
    const found: ReturnType<typeof readRefund>[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < mostPages; pages++) {
      const page = readPage(
        await stripe.refunds.list(
          { payment_intent: id, limit: 100, ...(after && { starting_after: after }) },
          account(recipient),
        ),
      );
      found.push(...page.items.map(readRefund));
      if (page.next === null) return found;
      after = page.next;
    }
    // A list that is silently cut short would hide a refund of ours.
    throw new PaymentError('unavailable', "Stripe's list of refunds does not end.");
  }

  return {
    check: (recipient) =>
      calling(async () => {
        readPage(await sessions.list({ limit: 1 }, account(recipient)));
      }),

    openCheckout: (request) =>
      calling(async () =>
        readCheckout(await sessions.create(checkoutParameters(request), options(request))),
      ),

    readCheckout: (id, recipient, { signal } = {}) =>
      calling(() =>
        unlessAborted(signal, async () =>
          readCheckout(await sessions.retrieve(id, { expand }, account(recipient))),
        ),
      ),

    expireCheckout: (id, call) => writing(() => expire(id, call)),

    capture: (id, call) =>
      writing(async () => {
        const captured = await stripe.paymentIntents.capture(id, undefined, options(call));
        return readIntentStatus(captured) === 'succeeded';
      }),

    release: (id, call) =>
      writing(async () => {
        const canceled = await stripe.paymentIntents.cancel(id, undefined, options(call));
        return readIntentStatus(canceled) === 'canceled';
      }),

    refund: (id, bookingId, call) =>
      calling(async () => {
        const parameters = refundParameters(id, bookingId, call.recipient);
        try {
          const { bookingId: _, ...refund } = readRefund(
            await stripe.refunds.create(parameters, options(call)),
          );
          return refund;
        } catch (error) {
          if (hasMovedOn(error)) return 'state_moved';
          throw error;
        }
      }),

    givenBack: (id, recipient) =>
      calling(async () => {
        const refunds = await allRefunds(id, recipient);
        return refunds
          .filter(({ status }) => status !== 'failed')
          .reduce((sum, { amount }) => sum + amount, 0);
      }),

    refunds: (id, bookingId, recipient) =>
      calling(async () => {
        const refunds = await allRefunds(id, recipient);
        return refunds
          .filter((each) => each.bookingId === bookingId)
          .map(({ id: name, status, amount }) => ({ id: name, status, amount }));
      }),
  };
}

const account = ({ account: id }: PaymentRecipient): Stripe.RequestOptions =>
  id === null ? {} : { stripeAccount: id };

const options = ({ idempotencyKey, recipient }: PaymentCall): Stripe.RequestOptions => ({
  idempotencyKey,
  ...account(recipient),
});

/** `write` tells whether it left behind what was wanted. */
const writing = (write: () => Promise<boolean>): Promise<WriteOutcome> =>
  calling(async () => {
    try {
      return (await write()) ? 'done' : 'state_moved';
    } catch (error) {
      if (hasMovedOn(error)) return 'state_moved';
      throw error;
    }
  });

/** The SDK knows no signals: whoever leaves does not wait for the answer, which ends by its own deadline. */
async function unlessAborted<T>(
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (!signal) return work();
  signal.throwIfAborted();
  const left = Promise.withResolvers<never>();
  const leave = (): void => left.reject(signal.reason);
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([work(), left.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
