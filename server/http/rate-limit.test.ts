import { afterEach, expect, test } from 'vitest';
import { createDeployment, pageOrigin, type Deployment } from '../../demo/sandbox/deployment.ts';
import { expectRefused } from './test/expect-refused.ts';

let deployment: Deployment;
afterEach(() => deployment.close());

const confirm = (headers: Record<string, string> = {}) =>
  deployment.request('/api/scheduling/bookings/confirm', {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json', ...headers },
  });

test('who books too often is told so, and when to come back, in a way that the page can read', async () => {
  deployment = await createDeployment({ confirmsPerMinute: 3 });
  for (let time = 0; time < 3; time++) expect((await confirm()).status).toBe(400);
  const refused = await confirm();
  expect(refused.headers.get('access-control-allow-origin')).toBe(pageOrigin);
  expect(refused.headers.get('access-control-expose-headers')).toBe('Retry-After');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  expect((await expectRefused(refused)).code).toBe('too_many_requests');
});

test('reading is not counted', async () => {
  deployment = await createDeployment({ confirmsPerMinute: 1 });
  await confirm();
  const read = await deployment.request('/api/scheduling/session-types');
  expect(read.status).toBe(200);
});

test('with no proxy in front, a header does not make somebody else of anybody', async () => {
  deployment = await createDeployment({ confirmsPerMinute: 1 });
  await confirm({ 'x-forwarded-for': '198.51.100.1' });
  expect((await confirm({ 'x-forwarded-for': '198.51.100.2' })).status).toBe(429);
});

test('behind a proxy, each client has its own count, whatever it claims itself', async () => {
  deployment = await createDeployment({ confirmsPerMinute: 1, config: { trustedProxyHops: 1 } });
  expect((await confirm({ 'x-forwarded-for': '198.51.100.1' })).status).toBe(400);
  expect((await confirm({ 'x-forwarded-for': '198.51.100.2' })).status).toBe(400);
  expect((await confirm({ 'x-forwarded-for': '203.0.113.5, 198.51.100.1' })).status).toBe(429);
});

test('one household of IPv6 is one client', async () => {
  deployment = await createDeployment({ confirmsPerMinute: 1, config: { trustedProxyHops: 1 } });
  expect((await confirm({ 'x-forwarded-for': '2001:db8:1:2::1' })).status).toBe(400);
  expect((await confirm({ 'x-forwarded-for': '2001:db8:1:2::2' })).status).toBe(429);
  expect((await confirm({ 'x-forwarded-for': '2001:db8:1:3::1' })).status).toBe(400);
});
