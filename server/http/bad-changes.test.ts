import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDeployment, type Deployment } from '../../demo/sandbox/deployment.ts';
import type { AvailableTimesResponse } from '../contract/available-times.ts';
import type { BookingConfirmResponse } from '../contract/booking.ts';
import { expectRefused } from './test/expect-refused.ts';
import { changed, dotted, isAbout, refuses, valuesFor, type Field } from './test/fields.ts';
import { canary, toJson } from './test/hostile-values.ts';

let deployment: Deployment;
let booking: BookingConfirmResponse['booking'];
let stored: unknown;

const everything = async () => ({
  bookings: await deployment.db.selectFrom('booking').selectAll().execute(),
  jobs: await deployment.db.selectFrom('job').selectAll().execute(),
  posts: deployment.calendly.calls({ method: 'POST' }).length,
});

beforeAll(async () => {
  deployment = await createDeployment();
  const times = await deployment.get<AvailableTimesResponse>(
    '/api/scheduling/calendly/available-times?sessionTypeId=quick-question',
  );
  const { inviteesRemaining: _, ...timeSlot } = times.body.slots[0]!;
  const { body } = await deployment.post<BookingConfirmResponse>(
    '/api/scheduling/bookings/confirm',
    {
      sessionTypeId: 'quick-question',
      timeSlot,
      clientDetails: { name: 'Ada Okafor', email: 'ada@example.com', timezone: 'Europe/London' },
    },
  );
  booking = body.booking;
  await deployment.settle();
  stored = await everything();
});
afterAll(() => deployment.close());
async function expectNothingChanged(): Promise<void> {
  expect(await everything()).toEqual(stored);
}
afterEach(expectNothingChanged);

const send = (action: string, body: unknown, headers: Record<string, string> = {}) =>
  deployment.request(`/api/scheduling/bookings/${booking.id}/${action}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : toJson(body),
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${booking.token}`,
      ...headers,
    },
  });

const bodies = {
  cancel: { reason: 'ill' },
  reschedule: {
    timeSlot: {
      startTime: '2026-11-25T03:07:00.000Z',
      endTime: '2026-11-25T03:22:00.000Z',
      schedulingUrl: 'https://calendly.com/ines-almeida/quick-question/x',
    },
    timezone: 'Europe/London',
  },
};
const fields: Record<keyof typeof bodies, Field[]> = {
  cancel: [{ path: ['reason'], required: false, takes: 'lines' }],
  reschedule: [
    { path: ['timeSlot', 'startTime'], required: true, takes: 'form' },
    { path: ['timeSlot', 'endTime'], required: true, takes: 'form' },
    { path: ['timeSlot', 'schedulingUrl'], required: true, takes: 'form' },
    { path: ['timezone'], required: false, takes: 'form' },
  ],
};

for (const action of ['cancel', 'reschedule'] as const) {
  describe(`a request to ${action} that is not right`, () => {
    for (const field of fields[action]) {
      const name = dotted(field.path);
      it(`is refused when ${name} is missing, of a wrong kind, too long or hostile`, async () => {
        if (field.required) {
          const refused = await expectRefused(
            await send(action, changed(bodies[action], field.path)),
          );
          expect(refused.fields).toHaveProperty([name]);
        }
        for (const hostile of valuesFor(field).filter((value) => refuses(field, value))) {
          const body = changed(bodies[action], field.path, hostile.value);
          const { status, fields: found } = await expectRefused(await send(action, body));
          expect(status, hostile.name).toBe(400);
          expect(isAbout(found, name), hostile.name).toBe(true);
        }
      });
    }

    it('is refused when it says more than it may', async () => {
      for (const key of ['status', 'price', 'seat', '__proto__', 'constructor', `<${canary}>`]) {
        const body = toJson(bodies[action]).replace(/}$/, `,"${key}":{"${canary}":1}}`);
        expect((await expectRefused(await send(action, body))).status, key).toBe(400);
      }
    });

    it('is refused when it is not JSON, or does not say so', async () => {
      expect((await expectRefused(await send(action, '{'))).fields).toHaveProperty('body');
      const plain = await send(action, '{}', { 'content-type': 'text/plain' });
      expect((await expectRefused(plain)).code).toBe('unsupported_media_type');
    });

    it('is refused without the token, or with a token that is nearly right', async () => {
      const { token } = booking;
      const other = token.endsWith('A') ? 'B' : 'A';
      for (const wrong of [
        '',
        token,
        `Bearer ${token.slice(0, -1)}${other}`,
        `Bearer ${token.toLowerCase()}`,
        `Bearer ${token}=`,
        `bearer-${token}`,
        `Basic ${token}`,
      ]) {
        const refused = await send(action, bodies[action], { authorization: wrong });
        expect((await expectRefused(refused)).code, wrong).toBe('unauthorized');
      }
    });

    it('is refused by GET, which anybody can be made to send', async () => {
      const answer = await deployment.request(
        `/api/scheduling/bookings/${booking.id}/${action}?reason=${canary}`,
        { headers: { authorization: `Bearer ${booking.token}` } },
      );
      expect(answer.headers.get('allow')).toBe('POST');
      expect((await expectRefused(answer)).code).toBe('method_not_allowed');
    });
  });
}
