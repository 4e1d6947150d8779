import type Stripe from 'stripe';
import { byId, type Ground, known } from '../core.ts';
import type { Delivery } from '../state.ts';
import { createPost } from './post.ts';

export interface Webhooks {
  /** Puts one delivery per endpoint on its way; what is sent in one go leaves in the order of `trouble.webhookOrder`. */
  send(event: Stripe.Event, endpoints: Stripe.WebhookEndpoint[]): void;
  /** Resolves when nothing is due at the clock's present time any more. */
  settle(): Promise<void>;
  /** Resolves when the event was taken with a 2xx wherever it was sent, or after `ms`. */
  taken(event: Stripe.Event, ms: number): Promise<void>;
  /** Forgets everything under way. */
  stop(): void;
}

const firstRetryMs = 60_000;
const longestRetryMs = 12 * 60 * 60_000;
const giveUpAfterMs = 3 * 24 * 60 * 60_000;
const afterRedirectMs = 2_000;

const iso = (ms: number): string => new Date(ms).toISOString();

export function createWebhooks(core: Ground, send: typeof fetch): Webhooks {
  const postOnce = createPost(core, send);
  const stopping = new Error('The sandbox was reset or stopped');
  let stopped = new AbortController();
  let batch: Delivery[] = [];
  let watchers = new Set<() => void>();

  const isLost = (): boolean => {
    const { trouble } = core;
    if (typeof trouble.webhooksLost === 'boolean') return trouble.webhooksLost;
    if (trouble.webhooksLost <= 0) return false;
    trouble.webhooksLost -= 1;
    return true;
  };

  function compose(event: Stripe.Event, endpoint: Stripe.WebhookEndpoint): Delivery[] {
    const { trouble, clock, identities } = core;
    const lost = isLost();
    const body = JSON.stringify(event, null, 2);
    return Array.from({ length: lost ? 1 : Math.max(1, trouble.webhookCopies) }, () => {
      const lateMs =
        trouble.webhookDelayMs +
        (trouble.redirectBeforeWebhook ? afterRedirectMs : 0) +
        (trouble.webhookShuffleMs > 0 ? identities.pick(trouble.webhookShuffleMs) : 0);
      return {
        id: identities.id('whdel_', 16),
        endpoint: endpoint.id,
        url: endpoint.url,
        event: event.id,
        type: event.type,
        body,
        status: lost ? 'lost' : 'pending',
        attempts: [],
        nextAttemptAt: lost ? null : iso(clock.now() + lateMs),
        createdAt: iso(clock.now()),
      } satisfies Delivery;
    });
  }

  const over = (delivery: Delivery, status: Delivery['status']): true => {
    delivery.status = status;
    delivery.nextAttemptAt = null;
    return true;
  };

  /** An event waits for every endpoint; copies of one delivery count once. */
  function countPending(eventId: string): void {
    const event = byId(core.state.events, eventId);
    if (!event) return;
    const open = core.state.deliveries.filter(
      (other) => other.event === eventId && other.status !== 'delivered',
    );
    const taken = core.state.deliveries.filter(
      (other) => other.event === eventId && other.status === 'delivered',
    );
    event.pending_webhooks = new Set(
      open
        .map(({ endpoint }) => endpoint)
        .filter((endpoint) => !taken.some((other) => other.endpoint === endpoint)),
    ).size;
  }

  /** True when the delivery is done with, one way or the other. */
  async function attempt(delivery: Delivery, signal: AbortSignal): Promise<boolean> {
    const endpoint = byId(core.state.endpoints, delivery.endpoint);
    if (!endpoint || endpoint.status !== 'enabled') return over(delivery, 'abandoned');
    const at = iso(core.clock.now());
    const result = await postOnce(delivery);
    if (signal.aborted) return true;
    delivery.attempts.push({ at, ...result });
    if (result.status !== null && result.status >= 200 && result.status < 300) {
      over(delivery, 'delivered');
      countPending(delivery.event);
      return true;
    }
    const nowMs = core.clock.now();
    const firstMs = Date.parse(delivery.attempts[0]?.at ?? at);
    if (nowMs - firstMs >= giveUpAfterMs) return over(delivery, 'failed');
    const backOffMs = Math.min(firstRetryMs * 3 ** (delivery.attempts.length - 1), longestRetryMs);
    delivery.nextAttemptAt = iso(
      Math.min(nowMs + backOffMs, Math.max(firstMs + giveUpAfterMs, nowMs + 1)),
    );
    return false;
  }

  const waitFor = async (delivery: Delivery, signal: AbortSignal): Promise<void> => {
    if (delivery.nextAttemptAt)
      await core.clock.wait(Date.parse(delivery.nextAttemptAt) - core.clock.now(), signal);
    if (signal.aborted) throw stopping;
  };

  async function untilOver(delivery: Delivery, signal: AbortSignal): Promise<void> {
    for (let done = false; !done;) {
      await waitFor(delivery, signal);
      done = await attempt(delivery, signal);
      tell();
    }
  }

  /** First attempts leave one after the other, so that their order is the one asked for; retries run on their own. */
  async function sendInOrder(deliveries: Delivery[], signal: AbortSignal): Promise<void> {
    for (const delivery of deliveries) {
      await waitFor(delivery, signal);
      const done = await attempt(delivery, signal);
      tell();
      if (!done) background(untilOver(delivery, signal));
    }
  }

  const background = (work: Promise<void>): void => {
    work.catch((error: unknown) => {
      if (error !== stopping) throw error;
    });
  };

  const tell = (): void => {
    for (const watcher of watchers) watcher();
  };

  const shuffled = (deliveries: Delivery[]): Delivery[] =>
    deliveries
      .map((delivery) => ({ delivery, rank: core.identities.pick(2 ** 31) }))
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ delivery }) => delivery);

  /** What happened in one go has been written down by now. */
  function flush(): void {
    const { webhookOrder } = core.trouble;
    const ordered =
      webhookOrder === 'reversed'
        ? batch.toReversed()
        : webhookOrder === 'random'
          ? shuffled(batch)
          : batch;
    const sent = ordered.toSorted((a, b) =>
      (a.nextAttemptAt ?? '').localeCompare(b.nextAttemptAt ?? ''),
    );
    batch = [];
    const { signal } = stopped;
    if (webhookOrder === 'at-once')
      for (const delivery of sent) background(untilOver(delivery, signal));
    else background(sendInOrder(sent, signal));
  }

  const due = (): boolean =>
    core.state.deliveries.some(
      (delivery) =>
        delivery.status === 'pending' &&
        delivery.nextAttemptAt !== null &&
        Date.parse(delivery.nextAttemptAt) <= core.clock.now(),
    );

  const isTaken = (eventId: string): boolean =>
    known(core.state.events, eventId).pending_webhooks === 0;

  return {
    send(event, endpoints) {
      const deliveries = endpoints.flatMap((endpoint) => compose(event, endpoint));
      core.state.deliveries.push(...deliveries);
      const sent = deliveries.filter(({ status }) => status === 'pending');
      if (sent.length === 0) return;
      if (batch.length === 0) queueMicrotask(flush);
      batch.push(...sent);
    },
    async settle() {
      while (due()) await new Promise((resolve) => setImmediate(resolve));
    },
    async taken(event, ms) {
      const gone = new AbortController();
      const lapsed = core.clock.wait(ms, gone.signal).catch(() => undefined);
      const arrived = new Promise<void>((resolve) => {
        const watcher = (): void => {
          if (isTaken(event.id)) resolve();
        };
        watchers.add(watcher);
        gone.signal.addEventListener('abort', () => watchers.delete(watcher));
        stopped.signal.addEventListener('abort', () => resolve(), { once: true });
        watcher();
      });
      await Promise.race([arrived, lapsed]);
      gone.abort();
    },
    stop() {
      batch = [];
      watchers = new Set();
      stopped.abort(stopping);
      stopped = new AbortController();
    },
  };
}
