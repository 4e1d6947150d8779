import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bookingRequest,
  eventAnswer,
  eventTypeAnswer,
  eventTypeUri,
  eventUri,
  inviteeAnswer,
  inviteeUri,
  owner,
  page,
  subscriptionAnswer,
  userAnswer,
} from './test/calendly-answers.ts';
import { createStub, json, settled } from './test/calendly-stub.ts';
import { SchedulingError, type Scheduling } from './scheduling.ts';

/** Every call of the port, and what its answer looks like when all is well. */
const calls: [name: string, answer: object, call: (calendly: Scheduling) => Promise<unknown>][] = [
  ['owner', { resource: userAnswer }, (c) => c.owner()],
  ['eventTypes', page([eventTypeAnswer]), (c) => c.eventTypes(owner)],
  ['eventType', { resource: eventTypeAnswer }, (c) => c.eventType(eventTypeUri)],
  [
    'openTimes',
    {
      collection: [
        {
          status: 'available',
          invitees_remaining: 1,
          start_time: '2026-12-01T15:00:00Z',
          scheduling_url: 'https://calendly.com/a/b/2026-12-01T15:00:00Z',
        },
      ],
    },
    (c) => c.openTimes(eventTypeUri, '2026-12-01T00:00:00Z', '2026-12-08T00:00:00Z'),
  ],
  ['createInvitee', { resource: inviteeAnswer }, (c) => c.createInvitee(bookingRequest)],
  [
    'scheduledEvents',
    page([eventAnswer]),
    (c) => c.scheduledEvents({ owner, from: '2026-12-01T00:00:00Z', to: '2026-12-08T00:00:00Z' }),
  ],
  ['scheduledEvent', { resource: eventAnswer }, (c) => c.scheduledEvent(eventUri)],
  ['invitees', page([inviteeAnswer]), (c) => c.invitees(eventUri)],
  ['invitee', { resource: inviteeAnswer }, (c) => c.invitee(inviteeUri)],
  ['cancelEvent', { resource: { canceled_by: 'x' } }, (c) => c.cancelEvent(eventUri, 'x')],
  [
    'singleUseLink',
    { resource: { booking_url: 'https://x.example' } },
    (c) => c.singleUseLink(eventTypeUri),
  ],
  ['subscriptions', page([subscriptionAnswer]), (c) => c.subscriptions(owner)],
  [
    'createSubscription',
    { resource: subscriptionAnswer },
    (c) =>
      c.createSubscription({
        owner,
        url: 'https://x.example',
        events: ['invitee.created'],
        signingKey: 'k',
      }),
  ],
  ['deleteSubscription', {}, (c) => c.deleteSubscription(subscriptionAnswer.uri)],
];

const outcomes = new Map([
  ['createInvitee', ['created', 'slot_taken', 'mismatch', 'refused', 'gone', 'unknown']],
  ['cancelEvent', ['canceled', 'already_canceled', 'in_past', 'not_allowed', 'gone']],
]);

/** Every place inside a value, as the path to it. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key])),
  ];
}

function replaced(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((inner, index) => (String(index) === key ? replaced(inner, rest, by) : inner));
  }
  const fields = value as Record<string, unknown>;
  return { ...fields, [key]: replaced(fields[key], rest, by) };
}

const status = fc.constantFrom(
  200,
  201,
  204,
  302,
  400,
  401,
  403,
  404,
  409,
  422,
  424,
  429,
  500,
  502,
  503,
);
/** What is wrong with how the call ended, given this answer; null when nothing is. */
async function flaw(
  name: string,
  call: (calendly: Scheduling) => Promise<unknown>,
  code: number,
  text: string,
): Promise<string | null> {
  const { calendly, clock } = createStub(
    () =>
      new Response(code === 204 ? null : text, {
        status: code,
        headers: { 'X-RateLimit-Reset': '1' },
      }),
  );
  const result = await settled(clock, call(calendly));
  if (await clock.step()) return 'a timer is left';
  if ('error' in result) {
    return result.error instanceof SchedulingError ? null : `threw ${String(result.error)}`;
  }
  const known = outcomes.get(name);
  if (!known) {
    const deleted = name === 'deleteSubscription' && code === 404;
    return code < 300 || deleted ? null : `took ${code} for a success`;
  }
  const { outcome } = result.value as { outcome: string };
  if (!known.includes(outcome)) return `an outcome nobody knows: ${outcome}`;
  return code > 299 && (outcome === 'created' || outcome === 'canceled')
    ? `took ${code} for a success`
    : null;
}

describe.each(calls)('%s', (name, answer, call) => {
  test('takes the answer it expects', async () => {
    const { calendly } = createStub(() => json(answer));
    await expect(call(calendly)).resolves.not.toThrow();
  });

  test('ends in a value or a SchedulingError whatever JSON is answered', async () => {
    await fc.assert(
      fc.asyncProperty(status, fc.json(), async (code, text) => {
        expect(await flaw(name, call, code, text)).toBeNull();
      }),
      { numRuns: 40 },
    );
  });

  test('ends in a value or a SchedulingError whatever part of a good answer is something else', async () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.string(),
      fc.constant(undefined),
      fc.constant(null),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...placesIn(answer)), anything, async (path, value) => {
        const text = JSON.stringify(replaced(answer, path, value)) ?? '';
        expect(await flaw(name, call, 200, text)).toBeNull();
      }),
      { numRuns: 100 },
    );
  });

  test('ends in a value or a SchedulingError whatever the body of a refusal says', async () => {
    const detail = fc.record(
      {
        parameter: fc.oneof(
          fc.constantFrom(
            'event.start_time',
            'event.location_configuration.kind',
            'questions_and_answers[0].answer',
            'max_event_count',
          ),
          fc.jsonValue(),
        ),
        code: fc.oneof(
          fc.constantFrom('already_filled', 'invalid_location_choice'),
          fc.jsonValue(),
        ),
        message: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const body = fc.record(
      {
        title: fc.jsonValue(),
        message: fc.oneof(
          fc.constantFrom('Event is already canceled', 'Event in the past'),
          fc.jsonValue(),
        ),
        details: fc.oneof(fc.array(detail), fc.jsonValue()),
        required_scopes: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(status, body, async (code, refusal) => {
        expect(await flaw(name, call, code, JSON.stringify(refusal))).toBeNull();
      }),
      { numRuns: 60 },
    );
  });
});
