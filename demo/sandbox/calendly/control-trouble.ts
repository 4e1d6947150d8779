import * as v from 'valibot';
import type { Trouble } from './trouble.ts';

const milliseconds = v.pipe(v.number(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const route = { route: v.string(), times: v.exactOptional(count) };
const routes = v.array(v.strictObject(route));

/** What may be set over HTTP; unknown names are refused, so that a misspelt switch does not seem to work. */
export const TroublePatch = v.partial(
  v.strictObject({
    latencyMs: milliseconds,
    down: v.picklist(['no', 'html-502', 'json-503', 'hang', 'reset']),
    dropReplyAfter: v.array(
      v.strictObject({
        ...route,
        how: v.picklist(['hang', 'reset']),
        executed: v.exactOptional(v.boolean()),
      }),
    ),
    failNext: v.array(
      v.strictObject({
        ...route,
        status: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
        body: v.exactOptional(v.unknown()),
      }),
    ),
    malformedJson: routes,
    wrongSchema: routes,
    slowBodyMs: milliseconds,
    missingScopes: v.array(v.string()),
    tokenExpired: v.boolean(),
    plan: v.nullable(v.picklist(['free', 'trial', 'paid', 'enterprise'])),
    planRefused: v.boolean(),
    freeQuotaPerDay: count,
    quotaUsedUp: v.boolean(),
    locale: v.nullable(v.picklist(['en', 'fr', 'de'])),
    slotTakenNext: count,
    noFreeTimes: v.boolean(),
    shuffleAvailableTimes: v.boolean(),
    cancelReasonRefused: v.boolean(),
    paidTypesBookable: v.boolean(),
    pollTypesBookable: v.boolean(),
    conferenceDelayMs: milliseconds,
    conferenceFails: v.boolean(),
    webhooksLost: v.union([v.boolean(), count]),
    webhookCopies: v.pipe(count, v.minValue(1), v.maxValue(20)),
    webhookDelayMs: milliseconds,
    webhookShuffleMs: milliseconds,
    webhookOrder: v.picklist(['canceled-first', 'created-first', 'random']),
    webhookSignature: v.picklist(['right', 'wrong', 'missing']),
    webhookTimestampAgeMs: milliseconds,
    webhookRetriesSignedAnew: v.boolean(),
    webhookBeforeReply: v.boolean(),
  } satisfies Record<keyof Trouble, v.GenericSchema>),
);
