import * as v from 'valibot';
import type { CalendlyReply } from './calendly.client.ts';
import { ErrorAnswer } from './calendly.schemas.ts';
import { SchedulingError, type InviteeOutcome, type SchedulingFailure } from './scheduling.ts';

type ErrorAnswer = v.InferOutput<typeof ErrorAnswer>;
type Detail = ErrorAnswer['details'][number];

/** A refusal's body; an empty one when Calendly, or a gateway before it, said something else. */
function readError(body: unknown): ErrorAnswer {
  const result = v.safeParse(ErrorAnswer, body);
  return result.success
    ? result.output
    : { title: '', message: '', details: [], required_scopes: [] };
}

/** For logs: what was refused by its names, never by Calendly's prose, which may repeat what the invitee typed. */
export function describeReply(reply: CalendlyReply): string {
  const names = readError(reply.body).details.map(({ parameter, code }) =>
    [parameter, code].filter(Boolean).join(' '),
  );
  return [`Calendly answered ${reply.status}`, ...new Set(names.filter(Boolean))]
    .slice(0, 6)
    .join(', ')
    .slice(0, 500);
}

export type Denial =
  | { reason: 'scope'; requiredScopes: string[] }
  | { reason: 'plan' }
  | { reason: 'state'; state: 'already_canceled' | 'in_past' }
  | { reason: 'permission' };

/**
 * One status, four meanings. `required_scopes` is certain; for the others there are only the message's words, which
 * changed on 3 November 2026 ("… only available on paid Calendly plans. Upgrade your plan …" before, "Please upgrade to a
 * paid Calendly account." since).
 */
export function readDenial(body: unknown): Denial {
  const { title, message, required_scopes } = readError(body);
  if (required_scopes.length > 0 || title === 'Insufficient scope') {
    return { reason: 'scope', requiredScopes: required_scopes };
  }
  if (/\bupgrade\b|\bpaid Calendly\b/i.test(message)) return { reason: 'plan' };
  if (/^Event is already cancell?ed\b/i.test(message)) {
    return { reason: 'state', state: 'already_canceled' };
  }
  if (/^Event in the past\b/i.test(message)) return { reason: 'state', state: 'in_past' };
  return { reason: 'permission' };
}

const failureByStatus: Record<number, SchedulingFailure> = {
  401: 'token',
  404: 'not_found',
  409: 'conflict',
  // The host's own calendar cannot be read just now: "External Calendar Error".
  408: 'unavailable',
  424: 'unavailable',
  425: 'unavailable',
  429: 'unavailable',
};

/** What an answer that is no success means for the caller. */
export function replyError(reply: CalendlyReply): SchedulingError {
  const { status } = reply;
  const options = { status };
  if (status === 403) {
    const denial = readDenial(reply.body);
    switch (denial.reason) {
      case 'scope':
        return new SchedulingError('scope', 'The Calendly token lacks a scope.', {
          ...options,
          requiredScopes: denial.requiredScopes,
        });
      case 'plan':
        return new SchedulingError('plan', 'The Calendly plan does not allow this.', options);
      case 'state':
      case 'permission':
        return new SchedulingError('permission', 'Calendly does not permit this.', options);
    }
  }
  const failure =
    failureByStatus[status] ?? (status >= 400 && status < 500 ? 'invalid' : 'unavailable');
  return new SchedulingError(failure, describeReply(reply), options);
}

/** What a refused `POST /invitees` means. An answer that does not surely say that nothing was booked is `unknown`. */
export function readRefusal(reply: CalendlyReply): InviteeOutcome {
  const { status, body, retryAfterMs } = reply;
  switch (status) {
    case 400:
    case 422:
      return readInvalid(reply);
    case 401:
      throw replyError(reply);
    case 403: {
      const denial = readDenial(body);
      const reason = denial.reason === 'state' ? 'permission' : denial.reason;
      return { outcome: 'refused', reason, retryAfterMs: null };
    }
    case 404:
      return { outcome: 'gone' };
    case 429:
      return { outcome: 'refused', reason: 'quota', retryAfterMs };
    default:
      return { outcome: 'unknown', detail: describeReply(reply) };
  }
}

export const namesParameter = (reply: CalendlyReply, name: string): boolean =>
  readError(reply.body).details.some(({ parameter }) => parameter === name);

const concerns = (part: RegExp, details: Detail[]): boolean =>
  details.some(({ parameter }) => part.test(parameter));

/**
 * Codes first, then the names of parameters, which carry an inner prefix (`event.start_time`); messages are in the
 * account's language. A slot that is taken answers 400 `already_filled`, not 409.
 */
function readInvalid(reply: CalendlyReply): InviteeOutcome {
  const { details } = readError(reply.body);
  const codes = new Set(details.map(({ code }) => code));
  const detail = describeReply(reply);
  if (codes.has('already_filled')) return { outcome: 'slot_taken' };
  if (concerns(/(?:^|\.)start_time$/, details)) return { outcome: 'slot_taken' };
  if (codes.has('invalid_location_choice') || concerns(/(?:^|\.)location(?:_|\.|$)/, details)) {
    return { outcome: 'mismatch', about: 'location', detail };
  }
  if (concerns(/(?:^|\.)questions_and_answers(?:\[|\.|$)/, details)) {
    return { outcome: 'mismatch', about: 'questions', detail };
  }
  return { outcome: 'mismatch', about: 'other', detail };
}
