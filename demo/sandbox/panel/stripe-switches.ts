import type { StripeTrouble } from '../stripe/stripe.ts';
import type { Choice, Switch } from './switches.ts';

const createRoute = 'POST /v1/checkout/sessions';
const captureRoute = 'POST /v1/payment_intents/*/capture';

const on = (
  id: string,
  label: string,
  isOn: (trouble: StripeTrouble) => boolean,
  turn: (trouble: StripeTrouble, on: boolean) => void,
): Switch => ({
  id,
  label,
  isOn: ({ stripe }) => isOn(stripe.trouble),
  turn: ({ stripe }, wanted) => turn(stripe.trouble, wanted),
});

export const stripeSwitches: Switch[] = [
  on(
    'stripe-reply-lost',
    'Reply to a new checkout lost',
    (trouble) => trouble.dropReplyAfter.length > 0,
    (trouble, wanted) =>
      (trouble.dropReplyAfter = wanted ? [{ route: createRoute, how: 'reset' }] : []),
  ),
  on(
    'stripe-stored-500',
    'Capture done, but answered 500',
    (trouble) => trouble.failNext.length > 0,
    (trouble, wanted) =>
      (trouble.failNext = wanted
        ? [{ route: captureRoute, status: 500, stored: true, executed: true }]
        : []),
  ),
  on(
    'stripe-hold-gone',
    'Authorization gone at capture',
    (trouble) => trouble.holdGoneOnCapture > 0,
    (trouble, wanted) => (trouble.holdGoneOnCapture = wanted ? 1 : 0),
  ),
  on(
    'stripe-paid-expiring',
    'Paid while it is expired',
    (trouble) => trouble.paidWhileExpiring > 0,
    (trouble, wanted) => (trouble.paidWhileExpiring = wanted ? 1 : 0),
  ),
  on(
    'stripe-refund-fails',
    'Refunds fail a minute later',
    (trouble) => trouble.refunds === 'succeed-then-fail',
    (trouble, wanted) => (trouble.refunds = wanted ? 'succeed-then-fail' : 'succeed'),
  ),
  on(
    'stripe-redirect-first',
    'Buyer returns before the webhook',
    (trouble) => trouble.redirectBeforeWebhook,
    (trouble, wanted) => (trouble.redirectBeforeWebhook = wanted),
  ),
];

const slowMs = 5_000;
const lateMs = 30_000;

const choice = (
  id: string,
  label: string,
  patch: Partial<StripeTrouble>,
  isChosen: (trouble: StripeTrouble) => boolean,
): Choice => ({
  id,
  label,
  isChosen: ({ stripe }) => isChosen(stripe.trouble),
  choose: ({ stripe }) => Object.assign(stripe.trouble, patch),
});

export const stripeHealthChoices: Choice[] = [
  choice(
    'up',
    'Up',
    { down: 'no', latencyMs: 0 },
    ({ down, latencyMs }) => down === 'no' && latencyMs === 0,
  ),
  choice(
    'slow',
    'Slow',
    { down: 'no', latencyMs: slowMs },
    ({ down, latencyMs }) => down === 'no' && latencyMs > 0,
  ),
  choice('down', 'Down', { down: 'html-502', latencyMs: 0 }, ({ down }) => down !== 'no'),
];

const onTime = {
  webhooksLost: false,
  webhookCopies: 1,
  webhookDelayMs: 0,
  webhookShuffleMs: 0,
  webhookOrder: 'as-made',
  webhookSignature: 'right',
} satisfies Partial<StripeTrouble>;

export const stripeWebhookChoices: Choice[] = [
  choice(
    'on-time',
    'On time',
    onTime,
    (trouble) =>
      trouble.webhooksLost === false &&
      trouble.webhookCopies === 1 &&
      trouble.webhookDelayMs === 0 &&
      trouble.webhookShuffleMs === 0 &&
      trouble.webhookSignature === 'right',
  ),
  choice(
    'late',
    'Late',
    { ...onTime, webhookDelayMs: lateMs },
    ({ webhookDelayMs }) => webhookDelayMs > 0,
  ),
  choice(
    'twice',
    'Twice',
    { ...onTime, webhookCopies: 2 },
    ({ webhookCopies }) => webhookCopies > 1,
  ),
  choice(
    'shuffled',
    'Shuffled',
    { ...onTime, webhookShuffleMs: lateMs, webhookOrder: 'random' },
    ({ webhookShuffleMs }) => webhookShuffleMs > 0,
  ),
  choice(
    'never',
    'Never',
    { ...onTime, webhooksLost: true },
    ({ webhooksLost }) => webhooksLost === true,
  ),
  choice(
    'forged',
    'Forged',
    { ...onTime, webhookSignature: 'wrong' },
    ({ webhookSignature }) => webhookSignature === 'wrong',
  ),
];
