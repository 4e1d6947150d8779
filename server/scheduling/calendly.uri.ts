import * as v from 'valibot';
import { SchedulingError } from './scheduling.ts';

/**
 * Calendly names its resources by whole URIs, whatever address its API is reached at: old ids are sixteen capitals, new
 * ones UUIDs. A name is never an address: only its validated last segments are ever put behind the API's own.
 */
const patterns = {
  user: /^https:\/\/api\.calendly\.com(\/users\/[A-Za-z0-9_-]{1,100})$/,
  organization: /^https:\/\/api\.calendly\.com(\/organizations\/[A-Za-z0-9_-]{1,100})$/,
  eventType: /^https:\/\/api\.calendly\.com(\/event_types\/[A-Za-z0-9_-]{1,100})$/,
  scheduledEvent: /^https:\/\/api\.calendly\.com(\/scheduled_events\/[A-Za-z0-9_-]{1,100})$/,
  invitee:
    /^https:\/\/api\.calendly\.com(\/scheduled_events\/[A-Za-z0-9_-]{1,100}\/invitees\/[A-Za-z0-9_-]{1,100})$/,
  webhookSubscription:
    /^https:\/\/api\.calendly\.com(\/webhook_subscriptions\/[A-Za-z0-9_-]{1,100})$/,
} as const;

export type ResourceFamily = keyof typeof patterns;

/** The path of a resource behind `CALENDLY_API_URL`; refuses a URI of another origin, family or shape. */
export function resourcePath(uri: string, family: ResourceFamily): string {
  const path = patterns[family].exec(uri)?.[1];
  if (path === undefined) {
    throw new SchedulingError('invalid', `This is not the URI of a Calendly ${family}.`);
  }
  return path;
}

/** The same URI, once it is known to be one of Calendly's names; for parameters and bodies. */
export function resourceUri(uri: string, family: ResourceFamily): string {
  resourcePath(uri, family);
  return uri;
}

/** A URI in one of Calendly's answers. */
export const ResourceUri = (family: ResourceFamily) =>
  v.pipe(v.string(), v.regex(patterns[family]));
