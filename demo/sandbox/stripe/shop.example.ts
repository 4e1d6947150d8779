import { Stripe } from 'stripe';
import { createManualClock, type ManualClock } from '../manual-clock.ts';
import { seededRandom } from '../seeded-random.ts';
import { createStripeSandbox, defaultSecretKey, type StripeSandbox } from './stripe.ts';

type Create = Stripe.Checkout.SessionCreateParams;

export interface ReceivedDelivery {
  url: string;
  headers: Headers;
  text: string;
  event: Stripe.Event;
  atMs: number;
}

export interface RawAnswer {
  status: number;
  headers: Headers;
  text: string;
  body: RawBody;
}

/** What the tests look for in raw answers; whether it is there is what they test. */
export interface RawBody {
  id: string;
  status: string;
  url: string;
  payment_intent: string | null;
  data: { id: string }[];
  has_more: boolean;
  error: {
    type: string;
    code?: string;
    message: string;
    param?: string;
    payment_intent?: Stripe.PaymentIntent;
  };
}

/** A shop to test with: the sandbox asked by the real SDK and by hand, and someone who receives its webhooks. */
export interface ExampleShop {
  clock: ManualClock;
  sandbox: StripeSandbox;
  stripe: Stripe;
  received: ReceivedDelivery[];
  /** How the receiver answers; 200 when it says nothing. */
  receiver: { answer: (nth: number) => number | Promise<Response> };
  endpoint: { id: string; secret: string };
  raw(
    method: string,
    path: string,
    fields?: string | Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<RawAnswer>;
  /** What a session is created with; a manual one unless changed. */
  wish(changes?: Create): Create;
  open(changes?: Create, options?: Stripe.RequestOptions): Promise<Stripe.Checkout.Session>;
  /** A session paid for with `card`, and its payment intent. */
  paid(changes?: Create, card?: string): Promise<PaidSession>;
  types(): string[];
}

export interface PaidSession {
  session: Stripe.Checkout.Session;
  intent: Stripe.PaymentIntent;
  charge: Stripe.Charge;
}

export const automatic: Create = { payment_intent_data: { capture_method: 'automatic' } };
export const receiverUrl = 'https://book.example.com/api/webhooks/stripe';

export function exampleShop(): ExampleShop {
  const clock = createManualClock('2026-11-23T08:00:00Z');
  const received: ReceivedDelivery[] = [];
  const receiver: ExampleShop['receiver'] = { answer: () => 200 };
  const sandbox = createStripeSandbox({
    clock,
    random: seededRandom(7),
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const text = await request.text();
      received.push({
        url: request.url,
        headers: request.headers,
        text,
        event: JSON.parse(text) as Stripe.Event,
        atMs: clock.now(),
      });
      const answer = receiver.answer(received.length);
      return typeof answer === 'number' ? new Response(null, { status: answer }) : answer;
    },
  });
  const stripe = new Stripe(defaultSecretKey, {
    apiVersion: '2026-10-28.endive',
    httpClient: Stripe.createFetchHttpClient(sandbox.fetch),
    maxNetworkRetries: 0,
    telemetry: false,
  });
  const secret = 'whsec_exampleShop';
  const endpoint = sandbox.addEndpoint({ url: receiverUrl, enabledEvents: ['*'], secret });

  const shop: ExampleShop = {
    clock,
    sandbox,
    stripe,
    received,
    receiver,
    endpoint: { id: endpoint.id, secret },
    async raw(method, path, fields, headers = {}) {
      const body = fields === undefined ? undefined : new URLSearchParams(fields);
      const query = method === 'GET' && body ? `?${body.toString()}` : '';
      const response = await sandbox.fetch(`https://api.stripe.com${path}${query}`, {
        method,
        headers: { Authorization: `Bearer ${defaultSecretKey}`, ...headers },
        ...(method === 'POST' && { body: body?.toString() ?? '' }),
      });
      const text = await response.text();
      const json = response.headers.get('Content-Type')?.includes('json') ?? false;
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: (json ? JSON.parse(text) : {}) as RawBody,
      };
    },
    wish: (changes = {}) => ({
      mode: 'payment',
      submit_type: 'book',
      success_url: 'https://book.example.com/return?session={CHECKOUT_SESSION_ID}',
      cancel_url: 'https://portfolio.example/back',
      customer_email: 'ada@example.org',
      client_reference_id: 'booking-1',
      allowed_payment_method_types: ['card', 'link'],
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: 'eur',
            unit_amount: 4900,
            product_data: { name: 'Talk & walk' },
          },
        },
      ],
      metadata: { booking_id: 'booking-1' },
      payment_intent_data: { capture_method: 'manual', metadata: { booking_id: 'booking-1' } },
      ...changes,
    }),
    open: (changes, options) => stripe.checkout.sessions.create(shop.wish(changes), options),
    async paid(changes, card) {
      const opened = await shop.open(changes);
      sandbox.pay(opened.id, card);
      const session = await stripe.checkout.sessions.retrieve(opened.id);
      const intent = await stripe.paymentIntents.retrieve(idOf(session.payment_intent));
      const charge = await stripe.charges.retrieve(idOf(intent.latest_charge));
      return { session, intent, charge };
    },
    types: () => received.map(({ event }) => event.type),
  };
  return shop;
}

export const idOf = (reference: string | { id: string } | null): string =>
  (typeof reference === 'object' ? reference?.id : reference) ?? '';

/** What a promise was rejected with. */
export async function failureOf(work: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('It was expected to fail and did not');
}
