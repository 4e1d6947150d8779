import { type Posted, postWebhook } from '../../post-webhook.ts';
import type { Ground } from '../core.ts';
import type { Delivery } from '../state.ts';
import { signatureHeader } from './signature.ts';

const timeoutMs = 20_000;

export function createPost(
  core: Ground,
  send: typeof fetch,
): (delivery: Delivery) => Promise<Posted> {
  /** Made for every attempt anew, with each secret that is good by now. */
  function signature(delivery: Delivery): string | undefined {
    const { trouble, clock, state } = core;
    if (trouble.webhookSignature === 'missing') return undefined;
    const timestamp = Math.floor((clock.now() - trouble.webhookTimestampAgeMs) / 1000);
    const secrets = (state.endpointFacts[delivery.endpoint]?.secrets ?? [])
      .filter(({ untilMs }) => untilMs === null || untilMs > clock.now())
      .map(({ secret }) => secret);
    const signing = trouble.webhookSignature === 'wrong' ? ['whsec_not_this_one'] : secrets;
    return signatureHeader(signing, timestamp, delivery.body);
  }

  return (delivery) => {
    const signed = signature(delivery);
    return postWebhook(
      { clock: core.clock, send },
      {
        url: delivery.url,
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
          ...(signed && { 'Stripe-Signature': signed }),
        },
        body: delivery.body,
        timeoutMs,
        timedOut: 'Timed out connecting to remote host',
      },
    );
  };
}
