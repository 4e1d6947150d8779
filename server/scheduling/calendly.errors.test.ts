import { describe, expect, test } from 'vitest';
import { describeReply, readDenial, readRefusal, replyError } from './calendly.errors.ts';
import { SchedulingError } from './scheduling.ts';

// Bodies as real accounts and Calendly's documents have them.
const insufficientScope = {
  title: 'Insufficient scope',
  message: "This operation requires the scopes listed in the 'required_scopes' array.",
  required_scopes: ['scheduled_events:write'],
};
const denied = (message: string) => ({ title: 'Permission Denied', message });
const invalid = (
  details?: { parameter?: string; message: string; code?: string }[],
  message = 'The supplied parameters are invalid.',
) => ({ title: 'Invalid Argument', message, ...(details && { details }) });
const filled = invalid([
  {
    parameter: 'event.start_time',
    message: 'That start time has been filled',
    code: 'already_filled',
  },
]);
const wrongPlace = invalid(
  [
    {
      parameter: 'event.location_configuration.kind',
      message: 'invalid location choice',
      code: 'invalid_location_choice',
    },
  ],
  'Specified location kind is not configured for this event type.',
);

const reply = (status: number, body?: unknown, retryAfterMs: number | null = null) => ({
  status,
  body,
  retryAfterMs,
});

describe('a 403', () => {
  test.each([
    ['scope', insufficientScope],
    ['scope', { title: 'Insufficient scope' }],
    [
      'plan',
      denied(
        'The Scheduling API is only available on paid Calendly plans. Upgrade your plan to access this feature.',
      ),
    ],
    ['plan', denied('Please upgrade to a paid Calendly account.')],
    ['plan', denied('Please upgrade your Calendly account to Standard')],
    ['state', denied('Event is already canceled')],
    ['state', denied('Event in the past')],
    ['permission', denied('You do not have permission')],
    ['permission', denied('You do not have permission to access this resource.')],
    ['permission', denied('This user is not in your organization')],
    ['permission', denied('You are not allowed to cancel this event')],
    ['permission', undefined],
    ['permission', '<html>'],
  ])('means %s when it says %j', (reason, body) => {
    expect(readDenial(body)).toMatchObject({ reason });
  });

  test('about a scope names it', () => {
    expect(readDenial(insufficientScope)).toEqual({
      reason: 'scope',
      requiredScopes: ['scheduled_events:write'],
    });
  });
});

describe('a refused booking', () => {
  test.each([
    ['the slot is filled', filled, { outcome: 'slot_taken' }],
    [
      'the slot is filled, in French',
      invalid([
        {
          parameter: 'event.start_time',
          message: 'Cette heure de début est déjà prise',
          code: 'already_filled',
        },
      ]),
      { outcome: 'slot_taken' },
    ],
    [
      'the time is not bookable, for a reason without a code',
      invalid([{ parameter: 'start_time', message: 'must be in the future' }]),
      { outcome: 'slot_taken' },
    ],
    [
      'the slot is filled, by the code alone',
      invalid([{ message: 'x', code: 'already_filled' }]),
      { outcome: 'slot_taken' },
    ],
    [
      'the place is wrong, by the code alone',
      invalid([{ message: 'x', code: 'invalid_location_choice' }]),
      { outcome: 'mismatch', about: 'location' },
    ],
    ['the place is wrong', wrongPlace, { outcome: 'mismatch', about: 'location' }],
    [
      'the place is wrong, without a code',
      invalid([{ parameter: 'event.location_configuration.location', message: 'x' }]),
      { outcome: 'mismatch', about: 'location' },
    ],
    [
      'a question is not asked any more',
      invalid([{ parameter: 'questions_and_answers[0].question', message: 'is invalid' }]),
      { outcome: 'mismatch', about: 'questions' },
    ],
    [
      'something else is missing',
      invalid([{ parameter: 'tracking.utm_term', message: 'is missing' }]),
      { outcome: 'mismatch', about: 'other' },
    ],
    ['nothing is named', invalid(), { outcome: 'mismatch', about: 'other' }],
    ['the body is no JSON', undefined, { outcome: 'mismatch', about: 'other' }],
    [
      'a detail is of another shape',
      { details: [null, 7, { code: 'already_filled' }] },
      { outcome: 'mismatch', about: 'other' },
    ],
  ])('400: %s', (_, body, outcome) => {
    expect(readRefusal(reply(400, body))).toMatchObject(outcome);
  });

  test.each([
    [403, insufficientScope, { outcome: 'refused', reason: 'scope' }],
    [
      403,
      denied('Please upgrade to a paid Calendly account.'),
      { outcome: 'refused', reason: 'plan' },
    ],
    [403, denied('You do not have permission'), { outcome: 'refused', reason: 'permission' }],
    [404, undefined, { outcome: 'gone' }],
    [422, filled, { outcome: 'slot_taken' }],
    // Nothing says what these did.
    [302, undefined, { outcome: 'unknown' }],
    [408, undefined, { outcome: 'unknown' }],
    [409, undefined, { outcome: 'unknown' }],
    [424, undefined, { outcome: 'unknown' }],
    [500, undefined, { outcome: 'unknown' }],
    [502, undefined, { outcome: 'unknown' }],
    [503, undefined, { outcome: 'unknown' }],
    [504, undefined, { outcome: 'unknown' }],
  ])('%s %j', (status, body, outcome) => {
    expect(readRefusal(reply(status, body))).toMatchObject(outcome);
  });

  test('429: the quota is used up, for as long as Calendly says', () => {
    expect(readRefusal(reply(429, undefined, 3_600_000))).toEqual({
      outcome: 'refused',
      reason: 'quota',
      retryAfterMs: 3_600_000,
    });
  });

  test('401: the token is at fault, not the booking', () => {
    const body = { title: 'Unauthenticated', message: 'The access token is invalid' };
    expect(() => readRefusal(reply(401, body))).toThrow(
      expect.objectContaining({ name: 'SchedulingError', failure: 'token' }),
    );
  });
});

describe('a failed call', () => {
  test.each([
    [400, 'invalid'],
    [401, 'token'],
    [403, 'permission'],
    [404, 'not_found'],
    [409, 'conflict'],
    [424, 'unavailable'],
    [429, 'unavailable'],
    [500, 'unavailable'],
    [502, 'unavailable'],
    [304, 'unavailable'],
    [418, 'invalid'],
  ])('with status %s is %s', (status, failure) => {
    const error = replyError(reply(status));
    expect(error).toBeInstanceOf(SchedulingError);
    expect(error).toMatchObject({ failure, status });
  });

  test('for want of a scope names it', () => {
    expect(replyError(reply(403, insufficientScope))).toMatchObject({
      failure: 'scope',
      requiredScopes: ['scheduled_events:write'],
    });
  });

  test('is described by its names, without Calendly’s prose', () => {
    const body = invalid([
      { parameter: 'invitee.email', message: 'ada@example.org is invalid', code: 'invalid' },
      { parameter: 'tracking.utm_term', message: 'is missing' },
    ]);
    expect(describeReply(reply(400, body))).toBe(
      'Calendly answered 400, invitee.email invalid, tracking.utm_term',
    );
  });
});
