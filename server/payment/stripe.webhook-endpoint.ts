import { createHash } from 'node:crypto';
import type { Stripe } from 'stripe';
import * as v from 'valibot';
import { PaymentError } from './payment.ts';
import { stripeApiVersion } from './stripe.client.ts';
import { calling } from './stripe.errors.ts';
import { stripeEventTypes } from './stripe.webhook.ts';

export interface EndpointWish {
  /** Where this backend takes deliveries. */
  url: string;
  /** The secrets that it believes, as the environment has them. */
  secrets: readonly string[];
  /** The endpoint for what happens on connected accounts, which is another one. */
  connect: boolean;
  /** Make another one although there is one that is up to date. */
  renew: boolean;
  /** Delete what the newest one has replaced. */
  finish: boolean;
}

/** What was done and what is to be done, line by line; or why nothing was done. */
export type EndpointReport = { lines: string[] } | { problems: string[] };

const Endpoint = v.object({
  id: v.string(),
  url: v.string(),
  status: v.string(),
  api_version: v.nullish(v.string()),
  enabled_events: v.array(v.string()),
  created: v.number(),
  metadata: v.nullish(v.record(v.string(), v.string()), {}),
});
type Endpoint = v.InferOutput<typeof Endpoint>;
const Endpoints = v.object({ data: v.array(Endpoint) });
const CreatedEndpoint = v.object({ id: v.string(), secret: v.string() });

/** Stripe has 16 at most. */
const most = 100;

/** Enough of it to know a secret again, and not to guess it: Stripe shows a secret only once. */
const fingerprint = (secret: string): string =>
  createHash('sha256').update(secret).digest('hex').slice(0, 16);

const command = (flags: string): string => `npm run stripe-webhook -- ${flags}`;
const environmentLine = (secrets: readonly string[]): string =>
  `  STRIPE_WEBHOOK_SECRET=${secrets.join(',')}`;

/**
 * Makes sure that one endpoint of Stripe's leads here, speaks the version that the code was written for, and is believed.
 * A version cannot be changed, so another endpoint is made for it, and the one before goes on until the backend knows both
 * secrets: no event is lost on the way, and one that comes twice is kept once.
 */
export function renewWebhookEndpoint(stripe: Stripe, wish: EndpointWish): Promise<EndpointReport> {
  return calling(async () => {
    const kind = wish.connect ? 'connect' : 'account';
    const { data } = read(Endpoints, await stripe.webhookEndpoints.list({ limit: most }));
    const here = data.filter(({ url }) => url === wish.url);
    const own = here
      .filter(({ metadata }) => (metadata['booking_calendar'] ?? 'account') === kind)
      .toSorted((a, b) => b.created - a.created);
    const knows = ({ metadata }: Endpoint): boolean =>
      wish.secrets.some((secret) => fingerprint(secret) === metadata['secret']);
    const current = own.filter(({ api_version }) => api_version === stripeApiVersion);
    const believed = current.find(knows);

    if (wish.finish) return finish(stripe, wish, { here, own, believed });
    const kept = believed ?? current[0];
    if (kept === undefined || wish.renew) return create(stripe, wish, kind, own);
    return keep(stripe, wish, { kept, own, isBelieved: believed !== undefined });
  });
}

async function create(
  stripe: Stripe,
  { url, secrets, connect }: EndpointWish,
  kind: string,
  before: Endpoint[],
): Promise<EndpointReport> {
  const made = read(
    CreatedEndpoint,
    await stripe.webhookEndpoints.create({
      url,
      api_version: stripeApiVersion,
      enabled_events: [...stripeEventTypes],
      description: 'booking-calendar',
      metadata: { booking_calendar: kind },
      ...(connect && { connect }),
    }),
  );
  const lines = [
    `Made ${made.id} for ${url}, with version ${stripeApiVersion} and ${stripeEventTypes.length} kinds of events.`,
    'Put this line into the environment of the backend and restart it; Stripe tells the secret only now:',
    environmentLine([made.secret, ...secrets]),
  ];
  try {
    await stripe.webhookEndpoints.update(made.id, {
      metadata: { secret: fingerprint(made.secret) },
    });
  } catch {
    // The secret above is good all the same, and it is the only time that it is told.
    lines.push('This command will not know that secret again, and will ask for another one then.');
  }
  if (before.length > 0) {
    lines.push(
      `Until then ${names(before)} goes on delivering, and after that both do, which does no harm. Then run`,
      `  ${command(connect ? '--connect --finish' : '--finish')}`,
      `which deletes ${names(before)}.`,
    );
  }
  return { lines };
}

async function keep(
  stripe: Stripe,
  { connect }: EndpointWish,
  { kept, own, isBelieved }: { kept: Endpoint; own: Endpoint[]; isBelieved: boolean },
): Promise<EndpointReport> {
  const lines = [`${kept.id} leads to ${kept.url}, with version ${stripeApiVersion}.`];
  const hears = (type: string): boolean =>
    kept.enabled_events.includes(type) || kept.enabled_events.includes('*');
  if (kept.status !== 'enabled' || !stripeEventTypes.every(hears)) {
    await stripe.webhookEndpoints.update(kept.id, {
      disabled: false,
      enabled_events: [...stripeEventTypes],
    });
    lines.push('It was disabled, or did not tell everything; it is in order now.');
  }
  const flag = connect ? '--connect ' : '';
  if (!isBelieved) {
    lines.push(
      'Its secret is not in STRIPE_WEBHOOK_SECRET, as far as can be told from here. Copy it there from the dashboard',
      '(Developers, Webhooks, this endpoint, signing secret), or make another endpoint with a secret that is told here:',
      `  ${command(`${flag}--renew`)}`,
    );
    return { lines };
  }
  const others = own.filter(({ id }) => id !== kept.id);
  if (others.length === 0) return { lines: [...lines, 'Nothing is to be done.'] };
  lines.push(
    `${names(others)} delivers here as well. Once the backend runs with the new secret, this deletes it:`,
    `  ${command(`${flag}--finish`)}`,
  );
  return { lines };
}

async function finish(
  stripe: Stripe,
  { url, secrets }: EndpointWish,
  found: { here: Endpoint[]; own: Endpoint[]; believed: Endpoint | undefined },
): Promise<EndpointReport> {
  const { here, own, believed } = found;
  if (believed === undefined) {
    const problem = `Nothing was deleted: STRIPE_WEBHOOK_SECRET has no secret of an endpoint for ${url} that this command has made and that is up to date.`;
    return { problems: [problem] };
  }
  const replaced = own.filter(({ id }) => id !== believed.id);
  for (const { id } of replaced) await stripe.webhookEndpoints.del(id);
  const left = here.filter((endpoint) => !replaced.includes(endpoint));
  const marks = left.map(({ metadata }) => metadata['secret']);
  const needed = secrets.filter(
    (secret) => marks.includes(undefined) || marks.includes(fingerprint(secret)),
  );
  return {
    lines: [
      replaced.length === 0
        ? `There was nothing to delete beside ${believed.id}.`
        : `Deleted ${names(replaced)}; ${believed.id} goes on.`,
      ...(needed.length < secrets.length
        ? ['At the next restart of the backend, this is enough:', environmentLine(needed)]
        : []),
    ],
  };
}

const names = (endpoints: readonly Endpoint[]): string => endpoints.map(({ id }) => id).join(', ');

function read<const S extends v.GenericSchema>(schema: S, reply: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, reply);
  if (result.success) return result.output;
  throw new PaymentError('unavailable', "Stripe's answer is not what it should be.");
}
