import type Stripe from 'stripe';

/** As the API shows them when nothing is expanded. */
export interface Session extends Stripe.Checkout.Session {
  payment_intent: string | null;
  metadata: Stripe.Metadata;
}

export interface PaymentIntent extends Stripe.PaymentIntent {
  latest_charge: string | null;
}

export interface Charge extends Stripe.Charge {
  payment_intent: string | null;
  balance_transaction: string | null;
}

export interface Refund extends Stripe.Refund {
  charge: string;
  payment_intent: string;
  metadata: Stripe.Metadata;
}

/** What Stripe remembers of a session besides what it shows. */
export interface SessionFacts {
  lineItems: Stripe.LineItem[];
  intent: {
    captureMethod: Stripe.PaymentIntent.CaptureMethod;
    /** Manual capture asked for cards alone. */
    cardCaptureManual: boolean;
    metadata: Stripe.Metadata;
    description: string | null;
    receiptEmail: string | null;
    statementDescriptorSuffix: string | null;
    applicationFeeAmount: number | null;
    transferData: { destination: string; amount?: number } | null;
    transferGroup: string | null;
    onBehalfOf: string | null;
    setupFutureUsage: Stripe.PaymentIntent.SetupFutureUsage | null;
  };
  /** The card whose 3-D Secure page is open. */
  authenticating: { card: string; email: string } | null;
}

export interface EndpointFacts {
  /** The newest first; older ones sign as well until their time is over. */
  secrets: { secret: string; untilMs: number | null }[];
  /** Told of what happens on connected accounts, not on the own one. */
  connect: boolean;
}

export interface DeliveryAttempt {
  /** ISO instant. */
  at: string;
  /** The receiver's answer, or null when there was none. */
  status: number | null;
  error: string | null;
}

export interface Delivery {
  id: string;
  endpoint: string;
  url: string;
  event: string;
  type: string;
  body: string;
  status: 'pending' | 'delivered' | 'failed' | 'lost' | 'abandoned';
  attempts: DeliveryAttempt[];
  nextAttemptAt: string | null;
  createdAt: string;
}

export interface IdempotencyRecord {
  /** The account and the key. */
  key: string;
  method: string;
  path: string;
  body: string;
  startedAtMs: number;
  /** Null while the request is under way. */
  answer: { status: number; body: string } | null;
}

export interface RecordedCall {
  method: string;
  path: string;
  query: Record<string, string>;
  /** The form's fields as they were sent: `line_items[0][quantity]`. */
  body: Record<string, string>;
  idempotencyKey: string | null;
  account: string | null;
  /** What Stripe answered, or null when the request never got as far. */
  status: number | null;
  /** The code or message of a refusal. */
  error: string | null;
  /** The answer was one given before under the same key. */
  replayed: boolean;
  /** False when the answer was lost on its way. */
  replied: boolean;
  /** ISO instant. */
  at: string;
}

/** Everything Stripe knows; plain data, oldest first. */
export interface StripeState {
  sessions: Session[];
  paymentIntents: PaymentIntent[];
  charges: Charge[];
  refunds: Refund[];
  disputes: Stripe.Dispute[];
  events: Stripe.Event[];
  endpoints: Stripe.WebhookEndpoint[];
  sessionFacts: Record<string, SessionFacts>;
  endpointFacts: Record<string, EndpointFacts>;
  /** Whose an object is, when it is not the own account's. */
  owners: Record<string, string>;
  connectedAccounts: string[];
  idempotency: IdempotencyRecord[];
  deliveries: Delivery[];
  calls: RecordedCall[];
}

export const emptyState = (connectedAccounts: string[]): StripeState => ({
  sessions: [],
  paymentIntents: [],
  charges: [],
  refunds: [],
  disputes: [],
  events: [],
  endpoints: [],
  sessionFacts: {},
  endpointFacts: {},
  owners: {},
  connectedAccounts: [...connectedAccounts],
  idempotency: [],
  deliveries: [],
  calls: [],
});
