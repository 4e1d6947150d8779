import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDeployment, type Deployment } from '../../demo/sandbox/deployment.ts';
import { expectNothingStored, expectRefused } from './test/expect-refused.ts';
import { canary, lineBreaks, sharpTexts } from './test/hostile-values.ts';

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
describe('a booking that cannot be named', () => {
  const ids = [
    'x',
    '1',
    "'; drop table booking; --",
    '__proto__',
    'constructor',
    '..',
    '%00',
    '%2e%2e%2f',
    '%E0%A4%A',
    '\ud800',
    canary,
    'a'.repeat(10_000),
    '7b0d3a52-5a4e-4f44-9a53-6f0d5a1c0001',
  ];
  const authorizations = [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    `Bearer ${canary}`,
    `Basic ${'a'.repeat(43)}`,
    `Bearer ${'a'.repeat(42)}`,
    `Bearer ${'a'.repeat(44)}`,
    `Bearer ${'a'.repeat(43)} ${canary}`,
    `Bearer ${'='.repeat(43)}`,
    `Bearer ${'a'.repeat(43)}`,
  ];

  it('cannot be read, streamed, canceled or moved, and looks the same whether it exists or not', async () => {
    for (const id of ids) {
      for (const authorization of authorizations) {
        const headers = { ...json, ...(authorization === undefined ? {} : { authorization }) };
        const path = `${base}/bookings/${encodeURI(id.toWellFormed())}`;
        const answers = [
          await deployment.request(path, { headers }),
          await deployment.request(path, { headers: { ...headers, accept: 'text/event-stream' } }),
          await deployment.request(`${path}/calendar.ics`, { headers }),
          await deployment.request(`${path}/cancel`, { method: 'POST', headers, body: '{}' }),
          await deployment.request(`${path}/reschedule`, { method: 'POST', headers, body: '{}' }),
        ];
        for (const answer of answers) {
          const { code } = await expectRefused(answer);
          if (!['..', '%2e%2e%2f'].includes(id)) expect(code).toBe('unauthorized');
        }
      }
    }
  });
});

describe('questions that make no sense', () => {
  const times = (query: string) => deployment.request(`${base}/calendly/available-times${query}`);
  const wrong: Record<string, string[]> = {
    sessionTypeId: ['', '?', '?sessionTypeId=', `?sessionTypeId=${'a'.repeat(301)}`],
    from: [
      '?sessionTypeId=intro-call&from=now&to=2026-12-01T00:00:00Z',
      `?sessionTypeId=intro-call&from=${canary}&to=2026-12-01T00:00:00Z`,
      '?sessionTypeId=intro-call&from=2026-13-01T00:00:00Z&to=2026-12-01T00:00:00Z',
      '?sessionTypeId=intro-call&from=1e309&to=2026-12-01T00:00:00Z',
      "?sessionTypeId=intro-call&from='or 1=1&to=2026-12-01T00:00:00Z",
    ],
    to: [
      '?sessionTypeId=intro-call&from=2026-12-01T00:00:00Z',
      '?sessionTypeId=intro-call&from=2026-12-01T00:00:00Z&to=2026-12-01T00:00:00Z',
      '?sessionTypeId=intro-call&from=2026-12-02T00:00:00Z&to=2026-12-01T00:00:00Z',
      '?sessionTypeId=intro-call&from=2026-12-01T00:00:00Z&to=2028-12-01T00:00:00Z',
      '?sessionTypeId=intro-call&from=2026-12-01T00:00:00Z&to=%00',
    ],
    price: ['?sessionTypeId=intro-call&price=1'],
    __proto__: ['?sessionTypeId=intro-call&__proto__=1'],
  };
  for (const [field, queries] of Object.entries(wrong)) {
    it(`are refused for their ${field}`, async () => {
      for (const query of queries) {
        const { status, fields } = await expectRefused(await times(query));
        expect(status, query).toBe(400);
        expect(fields, query).toHaveProperty([field]);
      }
    });
  }

  it('are refused when something is there twice or was made up, without repeating it', async () => {
    for (const query of [
      '?sessionTypeId=a&sessionTypeId=b',
      `?sessionTypeId=intro-call&${canary}${canary}${canary}${canary}${canary}=1`,
      `?<${canary}>=1&<${canary}>=2`,
      `?sessionTypeId[${canary}]=1`,
    ]) {
      expect((await expectRefused(await times(query))).status, query).toBe(400);
    }
  });

  it('are answered with 404 for sessions that nobody offers', async () => {
    for (const { value } of [...sharpTexts, ...lineBreaks]) {
      const id = encodeURIComponent(String(value));
      const byQuery = await expectRefused(await times(`?sessionTypeId=${id}`));
      const byPath = await expectRefused(await deployment.request(`${base}/session-types/${id}`));
      expect([byQuery.code, byPath.code]).toEqual([
        'session_type_not_found',
        'session_type_not_found',
      ]);
    }
  });
});

describe('deliveries that nobody signed', () => {
  it('are refused, whatever they say', async () => {
    const zeros = '0'.repeat(64);
    const signatures = [
      undefined,
      '',
      canary,
      't=1',
      `t=1,v1=${canary}`,
      `t=,v1=${zeros}`,
      `t=99999999999999999999,v1=${zeros}`,
      `t=1,t=2,v1=${zeros}`,
      `t=1764000000,v1=${zeros}`,
      `${'t=1,'.repeat(2_000)}v1=${zeros}`,
    ];
    for (const signature of signatures) {
      for (const body of ['', '{}', canary, '{"event":"invitee.created"}', '\u0000', '[[[[']) {
        const { code } = await expectRefused(
          await deployment.request('/api/webhooks/calendly', {
            method: 'POST',
            body,
            headers: signature === undefined ? {} : { 'calendly-webhook-signature': signature },
          }),
        );
        expect(code).toBe('unauthorized');
      }
    }
  });
});

describe('ways that lead nowhere', () => {
  const known: [allow: string, ...paths: string[]][] = [
    ['POST', '/api/scheduling/bookings/x/cancel', '/api/scheduling/bookings/x/reschedule'],
    ['POST', '/api/webhooks/calendly'],
    ['GET, HEAD', '/api/scheduling/session-types', '/api/scheduling/session-types/intro-call'],
    ['GET, HEAD', '/api/scheduling/calendly/available-times', '/api/scheduling/bookings/x'],
    ['GET, HEAD', '/api/scheduling/bookings/x/calendar.ics', '/bookings/x', '/openapi.json'],
    ['GET, HEAD', '/healthz', '/readyz', '/booking-calendar.js', '/chunks/a.js'],
  ];
  it('are told apart: 405 with what is allowed where something is, 404 where nothing is', async () => {
    for (const [allow, ...paths] of known) {
      for (const path of paths) {
        for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'get-'].concat(
          allow === 'POST' ? ['GET'] : [],
        )) {
          if (allow === method) continue;
          const answer = await deployment.request(path, { method });
          expect(answer.headers.get('allow'), `${method} ${path}`).toBe(allow);
          expect((await expectRefused(answer)).code).toBe('method_not_allowed');
        }
      }
    }
  });

  it('are nowhere, however they are written', async () => {
    for (const path of [
      '/',
      '//',
      '/api',
      '/api/',
      '/api/scheduling',
      '/api//scheduling/session-types',
      '/api/scheduling/session-types/',
      '/api/scheduling/session-types/a/b',
      '/api%2Fscheduling%2Fsession-types',
      '/API/scheduling/session-types',
      '/api/scheduling/bookings',
      '/api/scheduling/bookings/x/refund',
      '/api/scheduling/bookings/x%2Fcancel/y',
      '/api/webhooks',
      '/api/webhooks/stripe/x',
      '/bookings/',
      '/bookings/x/y',
      '/chunks/..%2Fmanifest.json',
      '/chunks/%2e%2e/booking-calendar.js.map',
      '/manifest.json',
      '/package.json',
      '/.env',
      '/server/main.ts',
      `/${canary}`,
      '/%',
      '/%E0%A4%A',
      '/\u0000',
      `/${'a'.repeat(20_000)}`,
    ]) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const { code } = await expectRefused(await deployment.request(path, { method }));
        expect(code, `${method} ${path}`).toBe('not_found');
      }
    }
  });
});
