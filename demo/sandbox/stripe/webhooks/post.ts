import type { Ground } from '../core.ts';
import type { Delivery } from '../state.ts';
import { signatureHeader } from './signature.ts';

const timeoutMs = 20_000;

/** What came of one attempt: the receiver's status, or why there was none. */
export interface Posted {
  status: number | null;
  error: string | null;
}

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

  return async (delivery) => {
    const signed = signature(delivery);
    const answered = new AbortController();
    const timedOut = new AbortController();
    const timer = core.clock.wait(timeoutMs, answered.signal).then(
      () => timedOut.abort(new Error('Timed out connecting to remote host')),
      () => undefined,
    );
    try {
      const response = await Promise.race([
        send(delivery.url, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json; charset=utf-8',
            'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
            ...(signed && { 'Stripe-Signature': signed }),
          },
          body: delivery.body,
          // A redirect is a failure, never followed.
          redirect: 'manual',
          signal: timedOut.signal,
        }),
        timer.then(() => {
          throw timedOut.signal.reason;
        }),
      ]);
      await response.body?.cancel();
      return { status: response.status, error: null };
    } catch (error) {
      return { status: null, error: error instanceof Error ? error.message : String(error) };
    } finally {
      answered.abort();
    }
  };
}
