import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDeployment, type Deployment } from '../../demo/sandbox/deployment.ts';
import { expectNothingStored, expectRefused } from './test/expect-refused.ts';
import {
  changed,
  dotted,
  isAbout,
  refuses,
  valuesFor,
  type Field,
  type Step,
} from './test/fields.ts';
import { canary, sharpTexts, toJson, wrongKinds } from './test/hostile-values.ts';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await createDeployment();
});
afterAll(() => deployment.close());
afterEach(async () => {
  // Calendly counts how often it is asked within a minute.
  await deployment.clock.advance(60_000);
  await expectNothingStored(deployment);
});

const base = '/api/scheduling';
const json = { 'content-type': 'application/json' };
/** Nobody offers it: whatever the rest says, this request cannot book anything. */
const neverOffered = {
  startTime: '2026-11-25T03:07:00.000Z',
  endTime: '2026-11-25T03:37:00.000Z',
  schedulingUrl: 'https://calendly.com/ines-almeida/intro-call/x',
};
const confirmation = {
  sessionTypeId: 'intro-call',
  timeSlot: neverOffered,
  clientDetails: { name: 'Ada Okafor', email: 'ada@example.com', timezone: 'Europe/London' },
  notes: 'None',
  location: { kind: 'google_conference', location: 'Anywhere' },
  answers: [{ question: 'What would you like to talk about?', answer: 'Prices' }],
  guests: ['guest@example.com'],
  tracking: {
    utm_source: 's',
    utm_medium: 'm',
    utm_campaign: 'c',
    utm_term: 't',
    utm_content: 'c',
  },
  returnUrl: 'https://portfolio.example/',
};

const post = (path: string, body: unknown, headers: Record<string, string> = json) =>
  deployment.request(`${base}${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : toJson(body),
    headers,
  });
const confirm = (body: unknown) => post('/bookings/confirm', body);

const confirmFields: Field[] = [
  { path: ['sessionTypeId'], required: true, takes: 'name' },
  { path: ['timeSlot', 'startTime'], required: true, takes: 'form' },
  { path: ['timeSlot', 'endTime'], required: true, takes: 'form' },
  { path: ['timeSlot', 'schedulingUrl'], required: true, takes: 'form' },
  { path: ['clientDetails', 'name'], required: true, takes: 'line' },
  { path: ['clientDetails', 'email'], required: true, takes: 'form' },
  { path: ['clientDetails', 'timezone'], required: true, takes: 'form' },
  { path: ['notes'], required: false, takes: 'lines' },
  { path: ['location', 'kind'], required: true, takes: 'form' },
  { path: ['location', 'location'], required: false, takes: 'lines' },
  { path: ['answers', 0, 'question'], required: true, takes: 'name' },
  { path: ['answers', 0, 'answer'], required: true, takes: 'lines' },
  { path: ['guests', 0], required: true, takes: 'form' },
  ...['source', 'medium', 'campaign', 'term', 'content'].map((name): Field => ({
    path: ['tracking', `utm_${name}`],
    required: false,
    takes: 'lines',
    nullable: true,
  })),
  { path: ['returnUrl'], required: false, takes: 'form' },
];
const objects: Step[][] = [
  [],
  ['timeSlot'],
  ['clientDetails'],
  ['location'],
  ['answers', 0],
  ['tracking'],
];
describe('confirming with a field that is not right', () => {
  for (const field of confirmFields) {
    const name = dotted(field.path);
    it(`refuses ${name} when it is missing, of a wrong kind, too long or hostile`, async () => {
      if (field.required && typeof field.path.at(-1) === 'string') {
        const { status, fields } = await expectRefused(
          await confirm(changed(confirmation, field.path)),
        );
        expect(status).toBe(400);
        expect(fields).toHaveProperty([name]);
      }
      for (const hostile of valuesFor(field)) {
        const body = changed(confirmation, field.path, hostile.value);
        const { status, fields } = await expectRefused(await confirm(body));
        if (!refuses(field, hostile)) continue;
        expect(status, hostile.name).toBe(400);
        expect(isAbout(fields, name), `${hostile.name}: ${JSON.stringify(fields)}`).toBe(true);
      }
    });
  }

  for (const path of objects) {
    it(`refuses keys that are not known in ${dotted(path) || 'the body'}, and names the place`, async () => {
      for (const key of ['price', 'status', 'id', 'toString', 'constructor', '__proto__']) {
        const raw = `"${key}":{"${canary}":1},`;
        const marked = toJson(changed(confirmation, [...path, 'marked'], 0));
        const body = marked.replace('"marked":0', raw.slice(0, -1));
        const { status, fields } = await expectRefused(await confirm(body));
        expect(status, key).toBe(400);
        expect(fields).toEqual({ [dotted([...path, key])]: 'This is not known here.' });
      }
    });

    it(`does not repeat a key that somebody made up in ${dotted(path) || 'the body'}`, async () => {
      for (const key of [
        `<b>${canary}</b>`,
        canary.repeat(20),
        `${canary}.a[0]`,
        `\r\n${canary}`,
      ]) {
        const { fields } = await expectRefused(
          await confirm(changed(confirmation, [...path, key], 1)),
        );
        expect(fields).toEqual({
          [dotted(path) || 'body']: 'Something in here is not known here.',
        });
      }
    });

    it(`refuses something else in the place of ${dotted(path) || 'the body'}`, async () => {
      for (const { name, value } of [...wrongKinds, ...sharpTexts, { name: 'null', value: null }]) {
        if (typeof value === 'object' && value !== null && !Array.isArray(value)) continue;
        // Nothing is said by an empty list where everything may be left out.
        if (path[0] === 'tracking' && Array.isArray(value) && value.length === 0) continue;
        const { status, fields } = await expectRefused(
          await confirm(changed(confirmation, path, value)),
        );
        expect(status, name).toBe(400);
        expect(isAbout(fields, path.length === 0 ? '' : dotted(path)), name).toBe(true);
      }
    });
  }

  it('refuses lists that are too long', async () => {
    const many = { guests: 11, answers: 31 };
    for (const [name, count] of Object.entries(many)) {
      const [item] = confirmation[name as keyof typeof many];
      const { fields } = await expectRefused(
        await confirm({ ...confirmation, [name]: Array.from({ length: count }, () => item) }),
      );
      expect(Object.keys(fields)).toEqual([name]);
    }
  });

  it('takes the last of two equal keys and checks that one', async () => {
    const twice = toJson(confirmation).replace('"notes"', '"guests":[],"returnUrl":7,"notes"');
    expect((await expectRefused(await confirm(twice))).code).toBe('slot_taken');
    const last = toJson(confirmation).replace(/}$/, ',"guests":7}');
    expect((await expectRefused(await confirm(last))).fields).toHaveProperty('guests');
  });

  it('refuses addresses that are not web addresses', async () => {
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,<script>',
      '//evil.example',
      'https:',
      'ftp://example.com/',
      'file:///etc/passwd',
    ]) {
      for (const path of [['returnUrl'], ['timeSlot', 'schedulingUrl']]) {
        const { fields } = await expectRefused(await confirm(changed(confirmation, path, url)));
        expect(fields, url).toHaveProperty([dotted(path)]);
      }
    }
  });

  it('refuses times that are none', async () => {
    for (const time of [
      '2026-11-25',
      '2026-11-25T03:07',
      '2026-02-30T25:00:00Z',
      '1764040020000',
      '+275760-09-13T00:00:00.001Z',
      '2026-11-25T03:07:00+99:99',
    ]) {
      const body = changed(confirmation, ['timeSlot', 'startTime'], time);
      const { fields } = await expectRefused(await confirm(body));
      expect(fields, time).toHaveProperty(['timeSlot.startTime']);
    }
  });

  it('refuses keys of a request that cannot be kept', async () => {
    for (const key of ['', ' '.repeat(2), 'k'.repeat(256), 'schlüssel', `a\tb`]) {
      const { status, fields } = await expectRefused(
        await post('/bookings/confirm', confirmation, { ...json, 'idempotency-key': key }),
      );
      expect(status, JSON.stringify(key)).toBe(400);
      expect(fields).toHaveProperty('Idempotency-Key');
    }
  });
});

describe('a body that is none', () => {
  const posts = ['/bookings/confirm', '/bookings/x/cancel', '/bookings/x/reschedule'];

  it('is refused when it is not JSON', async () => {
    const bodies = [
      '',
      '{',
      `{"${canary}"`,
      'null null',
      '\u0000',
      `{'a':'${canary}'}`,
      canary,
      'NaN',
    ];
    for (const body of bodies) {
      const { status, fields } = await expectRefused(await confirm(body));
      expect(status, body).toBe(400);
      expect(fields).toHaveProperty('body');
    }
  });

  it('is refused when it is nested deeper than anything can walk', async () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ]) {
      const depth = Math.floor(60_000 / (open ?? '').length);
      await expectRefused(await confirm(open?.repeat(depth) ?? ''));
      const closed = Math.floor(depth / 2);
      await expectRefused(await confirm(`${open?.repeat(closed)}1${close?.repeat(closed)}`));
    }
  });

  it('is refused when it does not say that it is JSON', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
      'text/plain, application/json',
      canary,
    ]) {
      const { code } = await expectRefused(
        await post('/bookings/confirm', confirmation, { 'content-type': type }),
      );
      expect(code, type).toBe('unsupported_media_type');
    }
  });

  it('is refused on every route when it has more than 64 KB, a delivery when more than 256 KB, told beforehand or not', async () => {
    const chunks = (large: string) =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          for (let at = 0; at < large.length; at += 4_096) {
            controller.enqueue(new TextEncoder().encode(large.slice(at, at + 4_096)));
          }
          controller.close();
        },
      });
    const deliveries = ['/../webhooks/calendly', '/../webhooks/stripe'];
    for (const path of [...posts, ...deliveries]) {
      const limit = deliveries.includes(path) ? 256 : 64;
      const large = 'x'.repeat(limit * 1024 + 1);
      for (const init of [
        { body: large, headers: { ...json, 'content-length': String(large.length) } },
        { body: chunks(large), duplex: 'half', headers: json },
      ]) {
        const { code } = await expectRefused(
          await deployment.request(`${base}${path}`, { ...init, method: 'POST' }),
        );
        expect(code, path).toBe('payload_too_large');
      }
    }
  });
});
