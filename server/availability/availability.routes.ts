import { Hono, type Context, type TypedResponse } from 'hono';
import type { Clock } from '../clock.ts';
import { AvailableTimesRequest, type AvailableTimesResponse } from '../contract/available-times.ts';
import type { SessionType, SessionTypesResponse } from '../contract/session-type.ts';
import { chooseCoding } from '../http/content-coding.ts';
import { withDeadline } from '../http/deadline.ts';
import { namesTag } from '../http/entity-tag.ts';
import { RequestError } from '../http/errors.ts';
import { validate } from '../http/validate.ts';
import type { Availability } from './availability.ts';
import type { ReadyAnswer, Variant } from './ready-answer.ts';
import { createReadyAnswers, type Content } from './ready-answers.ts';
import type { SessionTypes } from './session-types.ts';

export interface AvailabilityRoutesDeps {
  sessionTypes: SessionTypes;
  availability: Availability;
  clock: Clock;
  /** The value of Access-Control-Allow-Origin for a page; null when it may not read the answer. */
  allowOrigin: (origin: string | undefined) => string | null;
}

/** An answer takes this long at most, whatever Calendly does. */
const requestMs = 8_000;

/**
 * What every visitor asks for. These routes stand alone: middleware, or a header set on a finished response, would cost
 * more than the answer itself, so all headers are in the answer.
 */
export function createAvailabilityRoutes(deps: AvailabilityRoutesDeps) {
  const { sessionTypes, availability, clock, allowOrigin } = deps;
  const ready = createReadyAnswers({ clock, version: () => availability.version });

  /** Made for everybody who asks meanwhile: no one visitor's leaving ends it, but the deadline does. */
  const within = <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    withDeadline(clock, requestMs, new AbortController().signal, work);

  async function makeSessionTypes(): Promise<Content> {
    const offered = await within((signal) => sessionTypes.all({ signal }));
    const value: SessionTypesResponse = {
      sessionTypes: offered.map(({ sessionType }) => sessionType),
    };
    return { value, until: Infinity };
  }

  async function makeSessionType(name: string): Promise<Content> {
    const session = await within((signal) => sessionTypes.find(name, { signal }));
    if (!session) throw new RequestError('session_type_not_found');
    return { value: session.sessionType, until: Infinity };
  }

  async function makeTimes(query: string): Promise<Content> {
    const { sessionTypeId, from, to } = validate(AvailableTimesRequest, readQuery(query));
    return within(async (signal) => {
      const session = await sessionTypes.find(sessionTypeId, { signal });
      if (!session) throw new RequestError('session_type_not_found');
      const range = from !== undefined && to !== undefined ? { from, to } : null;
      const times = await availability.times(session, range, { signal });
      const value: AvailableTimesResponse = { sessionType: session.sessionType, ...times };
      const [first] = times.slots;
      return { value, until: first ? Date.parse(first.startTime) : Infinity };
    });
  }

  function send<T>(c: Context, { body, etag, headers, notModifiedHeaders }: Variant): Answered<T> {
    const origin = allowOrigin(c.req.header('origin'));
    const ifNoneMatch = c.req.header('if-none-match');
    const isKnown = ifNoneMatch !== undefined && namesTag(ifNoneMatch, etag);
    const plain = isKnown ? notModifiedHeaders : headers;
    const all = origin === null ? plain : { ...plain, 'access-control-allow-origin': origin };
    // `Response` with plain headers, untouched afterwards, is the quick form of the Node adapter.
    const response = isKnown
      ? new Response(null, { status: 304, headers: all })
      : new Response(body, { headers: all });
    return response as Answered<T>;
  }

  function encode<T>(c: Context, made: ReadyAnswer): Answered<T> | Promise<Answered<T>> {
    const variant = made.variant(chooseCoding(c.req.header('accept-encoding')));
    return variant instanceof Promise
      ? variant.then((coming) => send<T>(c, coming))
      : send<T>(c, variant);
  }

  /** Without a promise when the answer is there: that too is measurable. */
  function answer<T>(
    c: Context,
    key: string,
    make: () => Promise<Content>,
  ): Answered<T> | Promise<Answered<T>> {
    const found = ready.get(key, make);
    return found instanceof Promise
      ? found.then((made) => encode<T>(c, made))
      : encode<T>(c, found);
  }

  return new Hono()
    .get('/session-types', (c) => answer<SessionTypesResponse>(c, 'all', makeSessionTypes))
    .get('/session-types/:id', (c) => {
      const name = c.req.param('id');
      return answer<SessionType>(c, `one ${name}`, () => makeSessionType(name));
    })
    .get('/calendly/available-times', (c) => {
      const { url } = c.req;
      const start = url.indexOf('?') + 1;
      const query = start === 0 ? '' : url.slice(start);
      return answer<AvailableTimesResponse>(c, `times ${query}`, () => makeTimes(query));
    });
}

type Answered<T> = Response & TypedResponse<T, 200, 'json'>;

/** The query's parameters as an object; one that is there twice has no meaning. */
function readQuery(query: string): Record<string, string> {
  const read: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of new URLSearchParams(query)) {
    if (name in read) {
      throw new RequestError('invalid_request', undefined, {
        // A name that somebody made up is not repeated.
        fields: { [/^\w{1,40}$/.test(name) ? name : 'query']: 'Give this once.' },
      });
    }
    read[name] = value;
  }
  return read;
}
