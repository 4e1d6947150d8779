import * as v from 'valibot';
import { ResourceUri } from './calendly.uri.ts';
import type { OpenTime, Owner, Subscription } from './scheduling.ts';

/**
 * Calendly's answers, turned into the port's words. Keys that are not used are not looked at, nulls that its documents
 * hide are taken (profile, slug, locations, answer_choices, cancellation, tracking); what is used must be right.
 */

// Most times carry six fractional digits, some three, those of available times none.
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
export const Instant = v.pipe(
  v.string(),
  v.check((text) => instantPattern.test(text) && !Number.isNaN(Date.parse(text)), 'Not an instant'),
  v.transform((text) => new Date(text).toISOString()),
);

/** An address that a person will be sent to. */
export const WebAddress = v.pipe(
  v.string(),
  v.check((text) => /^https?:\/\//i.test(text) && URL.canParse(text), 'Not a web address'),
);

export const textOrNull = v.optional(v.nullable(v.string()), null);
export const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const Resource = <T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T> =>
  v.pipe(
    v.looseObject({ resource: v.unknown() }),
    v.transform(({ resource }) => resource),
    schema,
  );

/** One page of a list. Old answers have no token fields, only the address of the next page. */
export const Page = v.pipe(
  v.object({
    collection: v.array(v.unknown()),
    pagination: v.object({ next_page: textOrNull, next_page_token: textOrNull }),
  }),
  v.transform(({ collection, pagination: { next_page, next_page_token } }) => ({
    items: collection,
    nextToken:
      next_page_token ??
      (next_page !== null && URL.canParse(next_page)
        ? new URL(next_page).searchParams.get('page_token')
        : null),
  })),
);

export const User = v.pipe(
  v.object({
    uri: ResourceUri('user'),
    current_organization: ResourceUri('organization'),
    name: v.string(),
    email: v.string(),
    timezone: v.string(),
  }),
  v.transform(({ uri, current_organization, name, email, timezone }): Owner => ({
    uri,
    organization: current_organization,
    name,
    email,
    timezone,
  })),
);

export const AvailableTimes = v.pipe(
  v.object({
    collection: v.array(
      v.object({
        status: v.string(),
        start_time: Instant,
        invitees_remaining: Count,
        scheduling_url: WebAddress,
      }),
    ),
  }),
  v.transform(({ collection }): OpenTime[] =>
    collection
      .filter((time) => time.status === 'available' && time.invitees_remaining > 0)
      .map((time) => ({
        startTime: time.start_time,
        inviteesRemaining: time.invitees_remaining,
        schedulingUrl: time.scheduling_url,
      })),
  ),
);

export const SchedulingLink = v.pipe(
  v.object({ booking_url: WebAddress }),
  v.transform(({ booking_url }) => booking_url),
);

export const WebhookSubscription = v.pipe(
  v.object({
    uri: ResourceUri('webhookSubscription'),
    callback_url: v.string(),
    state: v.picklist(['active', 'disabled']),
    events: v.array(v.string()),
    created_at: Instant,
  }),
  v.transform(({ uri, callback_url, state, events, created_at }): Subscription => ({
    uri,
    callbackUrl: callback_url,
    state,
    events,
    createdAt: created_at,
  })),
);

/** The body of every refusal. Whatever part of it is of another shape counts as not being there. */
export const ErrorAnswer = v.object({
  title: v.fallback(v.string(), ''),
  message: v.fallback(v.string(), ''),
  details: v.fallback(
    v.array(
      v.object({
        parameter: v.fallback(v.string(), ''),
        code: v.fallback(v.string(), ''),
      }),
    ),
    [],
  ),
  required_scopes: v.fallback(v.array(v.string()), []),
});
