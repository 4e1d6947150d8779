import { Stripe } from 'stripe';
import { createStripeHttpClient, type StripeHttpDeps } from './stripe.http-client.ts';

export interface StripeDeps extends StripeHttpDeps {
  secretKey: string;
}

/** Pinned, so that a new SDK fails to compile instead of speaking another version without a word. */
export const stripeApiVersion = '2026-10-28.endive';

export const createStripeClient = (deps: StripeDeps): Stripe =>
  new Stripe(deps.secretKey, {
    apiVersion: stripeApiVersion,
    httpClient: createStripeHttpClient(deps),
    // The outbox tries again, with the key and the parameters that it stored.
    maxNetworkRetries: 0,
    telemetry: false,
  });
