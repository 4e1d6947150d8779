import type { Locale, Plan } from './resources.ts';

/** A route as `METHOD /path`, where `*` stands for anything: `POST /invitees`, `GET *`, `POST /scheduled_events/*`. */
export interface RouteTrouble {
  route: string;
  /** How many matching requests it befalls; 1 when not given. */
  times?: number;
}

export interface DroppedReply extends RouteTrouble {
  how: 'hang' | 'reset';
  /** Whether Calendly did what was asked before the reply was lost; true when not given. */
  executed?: boolean;
}

export interface FailedRequest extends RouteTrouble {
  status: number;
  body?: unknown;
}

/** What goes wrong in life. Plain data: change it at any time, it holds from the next request on. */
export interface Trouble {
  /** Half of it passes before the request is carried out, half after. */
  latencyMs: number;
  down: 'no' | 'html-502' | 'json-503' | 'hang' | 'reset';
  dropReplyAfter: DroppedReply[];
  failNext: FailedRequest[];
  malformedJson: RouteTrouble[];
  wrongSchema: RouteTrouble[];
  /** The body of every answer trickles in over this time. */
  slowBodyMs: number;

  /** Taken away from every token. */
  missingScopes: string[];
  tokenExpired: boolean;
  /** Overrides the plan of the organization. */
  plan: Plan | null;
  /** Calendly answers 403 to bookings by API, as it did on free plans until November 2026. */
  planRefused: boolean;
  freeQuotaPerDay: number;
  /** Every booking by API answers 429. */
  quotaUsedUp: boolean;
  /** Overrides the language of the account, in which error details are written. */
  locale: Locale | null;

  /** A stranger takes the slot just before the next n bookings by API are looked at. */
  slotTakenNext: number;
  noFreeTimes: boolean;
  shuffleAvailableTimes: boolean;
  cancelReasonRefused: boolean;
  paidTypesBookable: boolean;
  pollTypesBookable: boolean;
  conferenceDelayMs: number;
  conferenceFails: boolean;

  /** Deliveries that are never sent: all of them, or the next n. */
  webhooksLost: boolean | number;
  webhookCopies: number;
  webhookDelayMs: number;
  /** Each delivery is late by a random time up to this. */
  webhookShuffleMs: number;
  /** In which order the two deliveries of a reschedule leave. */
  webhookOrder: 'canceled-first' | 'created-first' | 'random';
  webhookSignature: 'right' | 'wrong' | 'missing';
  /** How old the signature's timestamp claims to be. */
  webhookTimestampAgeMs: number;
  /** Whether a retry is signed anew; nobody knows what Calendly does. */
  webhookRetriesSignedAnew: boolean;
  /** The delivery has arrived before the answer to the request that caused it. */
  webhookBeforeReply: boolean;
}

export const noTrouble = (): Trouble => ({
  latencyMs: 0,
  down: 'no',
  dropReplyAfter: [],
  failNext: [],
  malformedJson: [],
  wrongSchema: [],
  slowBodyMs: 0,
  missingScopes: [],
  tokenExpired: false,
  plan: null,
  planRefused: false,
  freeQuotaPerDay: 5,
  quotaUsedUp: false,
  locale: null,
  slotTakenNext: 0,
  noFreeTimes: false,
  shuffleAvailableTimes: false,
  cancelReasonRefused: false,
  paidTypesBookable: false,
  pollTypesBookable: false,
  conferenceDelayMs: 20_000,
  conferenceFails: false,
  webhooksLost: false,
  webhookCopies: 1,
  webhookDelayMs: 0,
  webhookShuffleMs: 0,
  webhookOrder: 'canceled-first',
  webhookSignature: 'right',
  webhookTimestampAgeMs: 0,
  webhookRetriesSignedAnew: true,
  webhookBeforeReply: false,
});

const matches = (route: string, method: string, path: string): boolean => {
  const pattern = route.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${pattern}$`).test(`${method} ${path}`);
};

/** The first trouble in the list that befalls this request, used up by one. */
export function takeTrouble<T extends RouteTrouble>(
  list: T[],
  method: string,
  path: string,
): T | undefined {
  const found = list.find((trouble) => matches(trouble.route, method, path));
  if (!found) return undefined;
  found.times = (found.times ?? 1) - 1;
  if (found.times <= 0) list.splice(list.indexOf(found), 1);
  return found;
}
