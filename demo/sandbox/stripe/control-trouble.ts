import * as v from 'valibot';
import type { StripeTrouble } from './trouble.ts';

const milliseconds = v.pipe(v.number(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const route = { route: v.string(), times: v.exactOptional(count) };
const yesNo = v.exactOptional(v.boolean());

/** What may be set over HTTP; unknown names are refused, so that a misspelt switch does not seem to work. */
export const TroublePatch = v.partial(
  v.strictObject({
    latencyMs: milliseconds,
    down: v.picklist(['no', 'html-502', 'json-503', 'hang', 'reset']),
    dropReplyAfter: v.array(
      v.strictObject({ ...route, how: v.picklist(['hang', 'reset']), executed: yesNo }),
    ),
    failNext: v.array(
      v.strictObject({
        ...route,
        status: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)),
        stored: yesNo,
        executed: yesNo,
        shouldRetry: yesNo,
        code: v.exactOptional(v.string()),
      }),
    ),
    cutBody: v.array(v.strictObject(route)),
    keyExpired: v.boolean(),
    webhooksLost: v.union([v.boolean(), count]),
    webhookCopies: v.pipe(count, v.minValue(1), v.maxValue(20)),
    webhookDelayMs: milliseconds,
    webhookShuffleMs: milliseconds,
    webhookOrder: v.picklist(['as-made', 'reversed', 'random', 'at-once']),
    webhookSignature: v.picklist(['right', 'wrong', 'missing']),
    webhookTimestampAgeMs: milliseconds,
    webhookBeforeReply: v.boolean(),
    redirectBeforeWebhook: v.boolean(),
    paidBeforeCreateReply: count,
    paidWhileExpiring: count,
    paidDespiteExpiring: count,
    holdGoneOnCapture: count,
    refunds: v.picklist([
      'succeed',
      'stay-pending',
      'pending-then-succeed',
      'pending-then-fail',
      'succeed-then-fail',
    ]),
    refundDelayMs: milliseconds,
    releaseShownAsRefund: v.boolean(),
    manualCapturePaymentStatus: v.picklist(['unpaid', 'paid']),
    lapseReason: v.picklist(['automatic', 'expired']),
  } satisfies Record<keyof StripeTrouble, v.GenericSchema>),
);
