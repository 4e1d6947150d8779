import { type Posted, postWebhook } from '../post-webhook.ts';
import { type Announcement, bodyOf, concerns, signDelivery } from './announcement.ts';
import { byUri, type Core, instant, present } from './core.ts';
import type { WebhookSubscription } from './resources.ts';
import type { Delivery } from './state.ts';

export interface Webhooks {
  /** Puts one delivery per matching subscription on its way, in the order given. */
  announce(announcements: Announcement[]): void;
  /** Resolves when nothing is due at the clock's present time any more. */
  settle(): Promise<void>;
  /** Forgets everything under way. */
  stop(): void;
}

const attemptTimeoutMs = 10_000;
const firstRetryMs = 15_000;
const longestRetryMs = 3 * 60 * 60_000;
const giveUpAfterMs = 24 * 60 * 60_000;

export function createWebhooks(core: Core, post: typeof fetch): Webhooks {
  let stopped = new AbortController();
  const signatures = new WeakMap<Delivery, string>();

  const lost = (): boolean => {
    const { trouble } = core;
    if (typeof trouble.webhooksLost === 'boolean') return trouble.webhooksLost;
    if (trouble.webhooksLost <= 0) return false;
    trouble.webhooksLost -= 1;
    return true;
  };

  function compose(subscription: WebhookSubscription, announcement: Announcement): Delivery[] {
    const { trouble } = core;
    const gone = lost();
    const body = bodyOf(core, subscription, announcement);
    return Array.from({ length: gone ? 1 : Math.max(1, trouble.webhookCopies) }, () => {
      const lateMs =
        trouble.webhookDelayMs +
        (trouble.webhookShuffleMs > 0 ? core.identities.pick(trouble.webhookShuffleMs) : 0);
      return {
        id: core.identities.uuid(),
        subscription: subscription.uri,
        callback_url: subscription.callback_url,
        event: announcement.event,
        subject: 'invitee' in announcement ? announcement.invitee.uri : announcement.eventType.uri,
        body,
        status: gone ? 'lost' : 'pending',
        attempts: [],
        next_attempt_at: gone ? null : instant(core.clock.now() + lateMs),
        created_at: present(core),
      } satisfies Delivery;
    });
  }

  function signatureFor(delivery: Delivery, subscription: WebhookSubscription): string | undefined {
    const { trouble } = core;
    if (!subscription.signing_key || trouble.webhookSignature === 'missing') return undefined;
    const earlier = signatures.get(delivery);
    if (earlier && !trouble.webhookRetriesSignedAnew) return earlier;
    const key =
      trouble.webhookSignature === 'wrong' ? 'not the signing key' : subscription.signing_key;
    const timestamp = Math.floor((core.clock.now() - trouble.webhookTimestampAgeMs) / 1000);
    const signature = signDelivery(key, timestamp, delivery.body);
    signatures.set(delivery, signature);
    return signature;
  }

  function postOnce(delivery: Delivery, subscription: WebhookSubscription): Promise<Posted> {
    const signature = signatureFor(delivery, subscription);
    return postWebhook(
      { clock: core.clock, send: post },
      {
        url: delivery.callback_url,
        headers: {
          'Content-Type': 'application/json',
          'User-Agent': 'Calendly',
          ...(signature && { 'Calendly-Webhook-Signature': signature }),
        },
        body: delivery.body,
        timeoutMs: attemptTimeoutMs,
        timedOut: 'The receiver did not answer in time',
      },
    );
  }

  /** True when the delivery is done with, one way or the other. */
  async function attempt(delivery: Delivery): Promise<boolean> {
    const subscription = byUri(core.state.subscriptions, delivery.subscription);
    if (!subscription || subscription.state === 'disabled') {
      delivery.status = 'abandoned';
      delivery.next_attempt_at = null;
      return true;
    }
    const at = present(core);
    const result = await postOnce(delivery, subscription);
    delivery.attempts.push({ at, ...result });
    if (result.status !== null && result.status >= 200 && result.status < 300) {
      delivery.status = 'delivered';
      delivery.next_attempt_at = null;
      const stillFailing = core.state.deliveries.some(
        (other) =>
          other.subscription === subscription.uri &&
          other.status === 'pending' &&
          other.attempts.length > 0,
      );
      if (!stillFailing) subscription.retry_started_at = null;
      return true;
    }
    subscription.retry_started_at ??= at;
    const firstMs = Date.parse(delivery.attempts[0]?.at ?? at);
    if (core.clock.now() - firstMs >= giveUpAfterMs) {
      delivery.status = 'failed';
      delivery.next_attempt_at = null;
      subscription.state = 'disabled';
      subscription.updated_at = present(core);
      return true;
    }
    const backOffMs = Math.min(firstRetryMs * 2 ** (delivery.attempts.length - 1), longestRetryMs);
    delivery.next_attempt_at = instant(
      Math.min(
        core.clock.now() + backOffMs,
        Math.max(firstMs + giveUpAfterMs, core.clock.now() + 1),
      ),
    );
    return false;
  }

  const waitFor = async (delivery: Delivery, signal: AbortSignal): Promise<void> => {
    if (delivery.next_attempt_at)
      await core.clock.wait(Date.parse(delivery.next_attempt_at) - core.clock.now(), signal);
  };

  async function retry(delivery: Delivery, signal: AbortSignal): Promise<void> {
    do await waitFor(delivery, signal);
    while (!(await attempt(delivery)) && !signal.aborted);
  }

  /** First attempts leave one after the other, so that their order is the one asked for; retries run on their own. */
  async function send(deliveries: Delivery[], signal: AbortSignal): Promise<void> {
    for (const delivery of deliveries) {
      await waitFor(delivery, signal);
      if (signal.aborted) return;
      if (!(await attempt(delivery))) background(retry(delivery, signal));
    }
  }

  const background = (work: Promise<void>): void => {
    work.catch((error: unknown) => {
      if (error !== abandonment) throw error;
    });
  };
  const abandonment = new Error('The sandbox was reset or stopped');

  const due = (): boolean =>
    core.state.deliveries.some(
      (delivery) =>
        delivery.status === 'pending' &&
        delivery.next_attempt_at !== null &&
        Date.parse(delivery.next_attempt_at) <= core.clock.now(),
    );

  return {
    announce(announcements) {
      for (const subscription of core.state.subscriptions) {
        const deliveries = announcements
          .filter((announcement) => concerns(core, subscription, announcement))
          .flatMap((announcement) => compose(subscription, announcement));
        core.state.deliveries.push(...deliveries);
        const sent = deliveries
          .filter((delivery) => delivery.status === 'pending')
          .toSorted((a, b) => (a.next_attempt_at ?? '').localeCompare(b.next_attempt_at ?? ''));
        background(send(sent, stopped.signal));
      }
    },
    async settle() {
      while (due()) await new Promise((resolve) => setImmediate(resolve));
    },
    stop() {
      stopped.abort(abandonment);
      stopped = new AbortController();
    },
  };
}
