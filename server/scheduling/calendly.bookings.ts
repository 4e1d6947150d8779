import type { Clock } from '../clock.ts';
import { ReplyLost } from '../http/exchange.ts';
import type { CalendlyCalls } from './calendly.calls.ts';
import { isSuccess, type CalendlyReply } from './calendly.client.ts';
import { describeReply, readDenial, readRefusal, replyError } from './calendly.errors.ts';
import { InviteeAnswer } from './calendly.invitee.ts';
import { ScheduledEventAnswer } from './calendly.scheduled-event.ts';
import { Resource } from './calendly.schemas.ts';
import { resourcePath, resourceUri } from './calendly.uri.ts';
import {
  SchedulingError,
  type CallOptions,
  type CancelOutcome,
  type InviteeOutcome,
  type InviteeRequest,
} from './scheduling.ts';

interface Deps {
  calls: CalendlyCalls;
  clock: Clock;
}

/** The kinds that say something besides their name; Calendly takes `{ kind }` alone for the others. */
const kindsWithText = new Set(['physical', 'custom', 'ask_invitee', 'outbound_call']);

/**
 * The body of `POST /invitees`. Location and answers stand at the top level, and a key that has nothing to say is left
 * out: unknown keys are ignored without a word, and a location is refused where the event type has none.
 */
function inviteeBody(request: InviteeRequest): object {
  const { location, answers, guests, tracking } = request;
  return {
    event_type: resourceUri(request.eventType, 'eventType'),
    start_time: request.startTime,
    invitee: { name: request.name, email: request.email, timezone: request.timezone },
    ...(location && {
      location: {
        kind: location.kind,
        ...(kindsWithText.has(location.kind) &&
          location.location !== undefined && { location: location.location }),
      },
    }),
    ...(answers.length > 0 && {
      questions_and_answers: answers.map(({ question, answer, position }) => ({
        question,
        answer,
        position,
      })),
    }),
    // All six or none: two of them alone are answered with "is missing" for the rest.
    tracking: {
      utm_campaign: tracking.utm_campaign,
      utm_source: tracking.utm_source,
      utm_medium: tracking.utm_medium,
      utm_content: tracking.utm_content,
      utm_term: tracking.utm_term,
      salesforce_uuid: tracking.salesforce_uuid,
    },
    ...(guests.length > 0 && { event_guests: guests }),
  };
}

/** Sent once: Calendly knows no idempotency key, and for a group a second try would be a second seat. */
export async function createInvitee(
  { calls }: Deps,
  request: InviteeRequest,
  options?: CallOptions,
): Promise<InviteeOutcome> {
  const path = '/invitees';
  let reply: CalendlyReply;
  try {
    reply = await calls.write({ method: 'POST', path, body: inviteeBody(request) }, options);
  } catch (error) {
    // Without a lost reply nothing was sent: that is an error, and no outcome.
    if (!(error instanceof SchedulingError && error.cause instanceof ReplyLost)) throw error;
    return { outcome: 'unknown', detail: error.message };
  }
  if (!isSuccess(reply)) return readRefusal(reply);
  try {
    return { outcome: 'created', invitee: calls.check(Resource(InviteeAnswer), reply.body, path) };
  } catch (error) {
    if (!(error instanceof SchedulingError)) throw error;
    return { outcome: 'unknown', detail: error.message };
  }
}

/** Throws when the outcome is not known; canceling again is harmless. */
export async function cancelEvent(
  deps: Deps,
  event: string,
  reason: string | null,
  options?: CallOptions,
): Promise<CancelOutcome> {
  const { calls } = deps;
  const eventPath = resourcePath(event, 'scheduledEvent');
  const send = (body: object): Promise<CalendlyReply> =>
    calls.write({ method: 'POST', path: `${eventPath}/cancellation`, body }, options);
  let reply = await send(reason ? { reason: reason.slice(0, 10_000) } : {});
  // The documents have `reason`; a real account was seen to answer 400 to any, and to take `{}`.
  if (reply.status === 400 && reason) reply = await send({});
  if (isSuccess(reply)) return { outcome: 'canceled' };
  if (reply.status === 404) return { outcome: 'gone' };
  if (reply.status !== 403) throw replyError(reply);
  const denial = readDenial(reply.body);
  switch (denial.reason) {
    case 'state':
      return { outcome: denial.state };
    case 'permission':
      return readStateOf(deps, eventPath, reply, options);
    case 'scope':
    case 'plan':
      throw replyError(reply);
  }
}

/** Calendly's words may be in another language; the event's own state is not. */
async function readStateOf(
  { calls, clock }: Deps,
  path: string,
  refusal: CalendlyReply,
  options: CallOptions | undefined,
): Promise<CancelOutcome> {
  try {
    const event = await calls.read({ path }, Resource(ScheduledEventAnswer), options);
    if (event.status === 'canceled') return { outcome: 'already_canceled' };
    if (Date.parse(event.startTime) <= clock.now()) return { outcome: 'in_past' };
  } catch (error) {
    if (!(error instanceof SchedulingError)) throw error;
    if (error.failure === 'not_found') return { outcome: 'gone' };
    // "Not allowed" ends the matter for the caller, so it is said only when it is known.
    if (error.failure === 'unavailable') throw error;
  }
  return { outcome: 'not_allowed', detail: describeReply(refusal) };
}
