import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createDeployment,
  pageOrigin,
  publicUrl,
  type Deployment,
} from '../../demo/sandbox/deployment.ts';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await createDeployment({
    config: { allowedOrigins: [pageOrigin, 'http://localhost:3000'] },
  });
});
afterAll(() => deployment.close());

const confirmPath = '/api/scheduling/bookings/confirm';
const readable = [
  '/api/scheduling/session-types',
  '/api/scheduling/session-types/nothing',
  '/api/scheduling/calendly/available-times?sessionTypeId=intro-call',
  '/api/scheduling/calendly/available-times',
  '/api/scheduling/bookings/x',
  '/nowhere',
];
/** Each nearly the one that is allowed. */
const strangers = [
  'null',
  'https://evil.example',
  `${pageOrigin}.evil.example`,
  `${pageOrigin}:8443`,
  pageOrigin.replace('https', 'http'),
  pageOrigin.toUpperCase(),
  `${pageOrigin}/`,
  'https://sub.portfolio.example',
  'http://localhost:3001',
  '*',
  '',
];

const ask = (path: string, origin: string | null, init: RequestInit = {}) =>
  deployment.app.fetch(
    new Request(publicUrl + path, {
      ...init,
      headers: { ...(origin === null ? {} : { origin }), ...(init.headers as object) },
    }),
  );
const preflight = (path: string, origin: string) =>
  ask(path, origin, {
    method: 'OPTIONS',
    headers: {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,idempotency-key',
    },
  });
const confirm = (origin: string | null) =>
  ask(confirmPath, origin, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  });

describe('a page that may embed the widget', () => {
  test.each([pageOrigin, 'http://localhost:3000', publicUrl])(
    'at %s reads every answer, errors too',
    async (origin) => {
      for (const path of readable) {
        const { headers } = await ask(path, origin);
        expect(headers.get('access-control-allow-origin'), path).toBe(origin);
        expect(headers.get('vary'), path).toMatch(/\borigin\b/i);
        expect(headers.has('access-control-allow-credentials')).toBe(false);
      }
      const refused = await confirm(origin);
      expect(refused.status).toBe(400);
      expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
    },
  );

  test('is told beforehand what it may send', async () => {
    for (const path of [
      confirmPath,
      '/api/scheduling/bookings/x',
      '/api/scheduling/bookings/x/cancel',
    ]) {
      const answer = await preflight(path, pageOrigin);
      expect(answer.status).toBe(204);
      expect(Object.fromEntries(answer.headers)).toEqual({
        vary: 'Origin',
        'access-control-allow-origin': pageOrigin,
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key',
        'access-control-max-age': '7200',
      });
    }
  });
});

describe('a page that may not', () => {
  test.each(strangers)('at %j reads nothing and changes nothing', async (origin) => {
    for (const path of readable) {
      const { headers } = await ask(path, origin);
      expect(headers.has('access-control-allow-origin'), path).toBe(false);
      expect(headers.get('vary'), path).toMatch(/\borigin\b/i);
    }
    expect((await preflight(confirmPath, origin)).headers.has('access-control-allow-origin')).toBe(
      false,
    );
    const refused = await confirm(origin);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'origin_not_allowed' });
  });
});

describe('what is no page', () => {
  test('sends no origin and is answered', async () => {
    expect((await confirm(null)).status).toBe(400);
    expect((await ask('/api/scheduling/session-types', null)).status).toBe(200);
  });

  test('may deliver from wherever it likes: a signature counts, not an origin', async () => {
    const delivery = await ask('/api/webhooks/calendly', 'https://evil.example', {
      method: 'POST',
      body: '{}',
    });
    expect(delivery.status).toBe(401);
  });
});
