import { afterAll, beforeAll, expect, it } from 'vitest';
import fc from 'fast-check';
import { createDeployment, type Deployment } from '../../demo/sandbox/deployment.ts';
import { expectNothingStored, expectRefused } from './test/expect-refused.ts';
import {
  lineBreaks,
  sharpTexts,
  toJson,
  unwritableTexts,
  wrongKinds,
} from './test/hostile-values.ts';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await createDeployment();
});
afterAll(() => deployment.close());

const hostile = fc.constantFrom(
  ...[...wrongKinds, ...unwritableTexts, ...sharpTexts, ...lineBreaks].map(({ value }) => value),
);
const anything = fc.oneof(
  { weight: 2, arbitrary: hostile },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);
/** Right more often than not, so that what comes after the first check is reached too. */
const mostly = (value: unknown) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: anything });
const key = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'price', ''), fc.string());

const body = fc
  .tuple(
    fc.record(
      {
        sessionTypeId: mostly('intro-call'),
        timeSlot: fc.record({
          // In the past: nothing of this can be booked, however right the rest is.
          startTime: mostly('2026-11-20T10:00:00.000Z'),
          endTime: mostly('2026-11-20T10:30:00.000Z'),
          schedulingUrl: mostly('https://calendly.com/ines-almeida/intro-call'),
        }),
        clientDetails: fc.record({
          name: mostly('Ada Okafor'),
          email: mostly('ada@example.com'),
          timezone: mostly('Europe/London'),
        }),
        notes: mostly('Hello'),
        answers: mostly([{ question: 'What would you like to talk about?', answer: 'Prices' }]),
        guests: mostly([]),
        tracking: mostly({ utm_source: 'fuzz' }),
        location: mostly({ kind: 'google_conference' }),
      },
      { requiredKeys: ['sessionTypeId', 'timeSlot', 'clientDetails'] },
    ),
    fc.option(fc.tuple(key, anything), { freq: 6 }),
  )
  .map(([known, extra]) => toJson(extra ? { ...known, [extra[0]]: extra[1] } : known));

/** Cut, torn and doubled: what a network and a stranger make of JSON. */
const text = fc.oneof(
  { weight: 6, arbitrary: body },
  {
    weight: 1,
    arbitrary: fc
      .tuple(body, fc.nat(), fc.string({ unit: 'binary', maxLength: 8 }))
      .map(([json, at, torn]) => {
        const cut = at % (json.length + 1);
        return json.slice(0, cut) + torn + json.slice(cut + torn.length);
      }),
  },
);
const headerText = fc
  .string({ unit: fc.constantFrom(...' abc"\'\\;,=/<>{}%é\u0080ÿ\t'.split('')) })
  .map((value) => value.trim());
const headers = fc.record(
  {
    'content-type': mostlyText('application/json'),
    'idempotency-key': headerText,
    authorization: mostlyText('Bearer x'),
    accept: headerText,
    'x-forwarded-for': headerText,
    'if-none-match': headerText,
  },
  { requiredKeys: ['content-type'] },
);
function mostlyText(value: string): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(value) },
    { weight: 1, arbitrary: headerText },
  );
}

/** Thousands of requests, none of which may be carried out; Calendly's clock goes on, for it counts requests. */
async function refused(path: string, init: RequestInit): Promise<void> {
  await deployment.clock.advance(1_000);
  await expectRefused(await deployment.request(path, init));
}

it('refuses whatever is sent to be booked', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(text, headers, (sent, sentHeaders) =>
      refused('/api/scheduling/bookings/confirm', {
        method: 'POST',
        body: sent,
        headers: sentHeaders,
      }),
    ),
    { numRuns: 2_000, seed: 20261123 },
  );
  await expectNothingStored(deployment);
});

it('refuses whatever is asked of a booking that nobody has', { timeout: 60_000 }, async () => {
  const segment = fc
    .string({ unit: 'binary', minLength: 1 })
    .map((id) => encodeURIComponent(id.toWellFormed()));
  const action = fc.constantFrom('', '/cancel', '/reschedule', '/calendar.ics', '/x');
  await fc.assert(
    fc.asyncProperty(
      segment,
      action,
      text,
      headers,
      fc.boolean(),
      (id, end, sent, sentHeaders, isPost) =>
        refused(`/api/scheduling/bookings/${id}${end}`, {
          headers: sentHeaders,
          ...(isPost ? { method: 'POST', body: sent } : {}),
        }),
    ),
    { numRuns: 1_000, seed: 20261124 },
  );
  await expectNothingStored(deployment);
});

it('refuses every question for times that is not one', { timeout: 60_000 }, async () => {
  const part = fc
    .oneof(hostile.map(String), fc.string({ unit: 'binary' }))
    .map((value) => value.toWellFormed());
  const name = fc.oneof(fc.constantFrom('sessionTypeId', 'from', 'to', '__proto__'), part);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, part), { maxLength: 4 }), (query) =>
      refused(`/api/scheduling/calendly/available-times?${new URLSearchParams(query)}`, {}),
    ),
    { numRuns: 500, seed: 20261125 },
  );
  await expectNothingStored(deployment);
});

it('refuses every delivery that is not signed', { timeout: 60_000 }, async () => {
  const signature = fc.oneof(
    headerText,
    fc
      .tuple(
        fc.nat({ max: 2_000_000_000 }),
        fc.array(fc.constantFrom(...'0123456789abcdefg'.split('')), {
          minLength: 60,
          maxLength: 66,
        }),
      )
      .map(([at, digits]) => `t=${at},v1=${digits.join('')}`),
  );
  await fc.assert(
    fc.asyncProperty(signature, fc.uint8Array(), (signed, bytes) =>
      refused('/api/webhooks/calendly', {
        method: 'POST',
        body: new Uint8Array(bytes),
        headers: { 'calendly-webhook-signature': signed },
      }),
    ),
    { numRuns: 500, seed: 20261126 },
  );
  expect(deployment.log.every(({ event }) => event !== 'error')).toBe(true);
  await expectNothingStored(deployment);
});
