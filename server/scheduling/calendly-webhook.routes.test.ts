import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDeployment, type Deployment } from '../../demo/sandbox/deployment.ts';
import { defaultToken } from '../../demo/sandbox/calendly/seed.ts';
import type { AvailableTimesResponse } from '../contract/available-times.ts';
import type { BookingConfirmResponse } from '../contract/booking.ts';

let deployment: Deployment;
const keys = ['the new key', 'the old key'];
const config = {
  calendly: { url: 'https://api.calendly.com', token: defaultToken, signingKeys: keys },
};
beforeEach(async () => {
  deployment = await createDeployment({ config });
});
afterEach(() => deployment.close());

const sign = (body: string | Uint8Array, key = keys[0]!, at = deployment.clock.now()): string => {
  const seconds = Math.floor(at / 1000);
  const hmac = createHmac('sha256', key).update(`${seconds}.`).update(body);
  return `t=${seconds},v1=${hmac.digest('hex')}`;
};
const deliver = (body: string | Uint8Array<ArrayBuffer>, signature: string | null = sign(body)) =>
  deployment.app.fetch(
    new Request('https://book.example.com/api/webhooks/calendly', {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        ...(signature === null ? {} : { 'calendly-webhook-signature': signature }),
      },
    }),
  );
const deliveries = () => deployment.db.selectFrom('delivery').selectAll().orderBy('id').execute();
const outcomes = async () => (await deliveries()).map(({ outcome }) => outcome);
const calls = () => deployment.calendly.calls().length;

async function book(): Promise<BookingConfirmResponse['booking']> {
  const { body } = await deployment.get<AvailableTimesResponse>(
    '/api/scheduling/calendly/available-times?sessionTypeId=walk-and-talk',
  );
  const { inviteesRemaining: _, ...timeSlot } = body.slots[0]!;
  const answer = await deployment.post<BookingConfirmResponse>('/api/scheduling/bookings/confirm', {
    sessionTypeId: 'walk-and-talk',
    timeSlot,
    clientDetails: { name: 'Ada Okafor', email: 'ada@example.com', timezone: 'Europe/London' },
  });
  return answer.body.booking;
}
const statusOf = async (id: string) =>
  (
    await deployment.db
      .selectFrom('booking')
      .select('status')
      .where('id', '=', id)
      .executeTakeFirst()
  )?.status;

describe('a signature', () => {
  const hour = 3_600_000;

  test('of the key in use, or of the one before it, is believed', async () => {
    for (const [index, key] of keys.entries()) {
      const body = JSON.stringify({ index });
      expect((await deliver(body, sign(body, key))).status).toBe(200);
    }
    expect(await deliveries()).toHaveLength(2);
  });

  test('that is missing, of another key, or of another body is not, and nothing is kept', async () => {
    const signature = sign('{}');
    for (const wrong of [
      null,
      '',
      sign('{}', 'another key'),
      sign('{}', ''),
      sign('{ }'),
      signature.replace(/v1=./, 'v1='),
      signature.replace(/t=\d/, 't=9'),
      signature.replace('v1=', 'v0='),
    ]) {
      expect((await deliver('{}', wrong)).status, String(wrong)).toBe(401);
    }
    expect(await deliveries()).toEqual([]);
    expect(deployment.log.filter(({ event }) => event === 'delivery-refused')).toHaveLength(8);
  });

  test('is believed for as long as Calendly retries, and no longer', async () => {
    const now = deployment.clock.now();
    const from = async (at: number) =>
      (await deliver(`{"at":${at}}`, sign(`{"at":${at}}`, keys[0], at))).status;
    expect(await from(now - 24 * hour)).toBe(200);
    expect(await from(now - 26 * hour)).toBe(401);
    expect(await from(now + 26 * hour)).toBe(401);
  });

  test('is checked on the bytes as they came', async () => {
    for (const bytes of [
      new TextEncoder().encode('\ufeff{"event":"invitee.created"}'),
      new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
      new TextEncoder().encode('{"name":"Zo\u0308e 🦊"}'),
    ]) {
      expect((await deliver(bytes)).status).toBe(200);
    }
    expect(await deliveries()).toHaveLength(3);
  });
});

describe('a delivery', () => {
  test('is kept once, however often it comes, and answered alike', async () => {
    await deployment.app.subscribe();
    deployment.calendly.trouble.webhookCopies = 3;
    const booking = await book();
    await deployment.settle();
    expect(await deliveries()).toHaveLength(1);
    expect(deployment.calendly.state.deliveries.map(({ status }) => status)).toEqual(
      Array.from({ length: 3 }, () => 'delivered'),
    );
    expect(await statusOf(booking.id)).toBe('confirmed');
    expect(deployment.mails).toHaveLength(1);
  });

  test('that comes before the answer to our own request confirms the same booking', async () => {
    await deployment.app.subscribe();
    deployment.calendly.trouble.webhookBeforeReply = true;
    const booking = await book();
    await deployment.settle();
    expect(booking.status).toBe('confirmed');
    expect(await deployment.db.selectFrom('booking').select('status').execute()).toEqual([
      { status: 'confirmed' },
    ]);
    expect(deployment.mails).toHaveLength(1);
  });

  test('about a booking made elsewhere costs no call to Calendly', async () => {
    await deployment.app.subscribe();
    const [time] = deployment.calendly.freeTimes('intro-call');
    const stranger = deployment.calendly.bookAsStranger('intro-call', time!);
    await deployment.calendly.settleWebhooks();
    const before = calls();
    await deployment.settle();
    deployment.calendly.cancelAsHost(stranger.event);
    await deployment.settle();
    expect(calls()).toBe(before);
    expect(await outcomes()).toEqual(['foreign', 'foreign']);
    expect(await deployment.db.selectFrom('booking').selectAll().execute()).toEqual([]);
  });

  test('with the id of one of our bookings on a stranger’s invitee changes nothing', async () => {
    await deployment.app.subscribe();
    const booking = await book();
    await deployment.settle();
    const before = await deployment.db.selectFrom('booking').selectAll().execute();
    const [time] = deployment.calendly.freeTimes('intro-call');
    const nothing = {
      utm_campaign: null,
      utm_source: null,
      utm_medium: null,
      utm_content: null,
      utm_term: null,
    };
    deployment.calendly.bookAsStranger('intro-call', time!, {
      tracking: { ...nothing, salesforce_uuid: booking.id },
    });
    await deployment.settle();
    expect(await deployment.db.selectFrom('booking').selectAll().execute()).toEqual(before);
  });

  test('that cannot be read is kept for a human, and taken so that it does not come again', async () => {
    for (const body of [
      '',
      'null',
      '[]',
      '{"event":',
      '{"event":"invitee.created","payload":{}}',
    ]) {
      expect((await deliver(body)).status, body).toBe(200);
    }
    await deployment.settle();
    expect((await deliveries()).map(({ body }) => body)).toContain('{"event":');
    expect(await outcomes()).toEqual(Array.from({ length: 5 }, () => 'unreadable'));
    const { deadJobs } = (await deployment.get<{ deadJobs: number }>('/readyz')).body;
    expect(deadJobs).toBe(5);
  });

  test('about something else is kept and left alone', async () => {
    const created_at = '2026-11-23T08:00:00.000000Z';
    await deliver(JSON.stringify({ event: 'event_type.updated', created_at, payload: {} }));
    const before = calls();
    await deployment.settle();
    expect(await outcomes()).toEqual(['ignored']);
    expect(calls()).toBe(before);
  });

  test('is processed as soon as Calendly can be asked again', async () => {
    await deployment.app.subscribe();
    const booking = await book();
    await deployment.settle();
    const [invitee] = deployment.calendly.state.invitees.filter(
      ({ email }) => email === 'ada@example.com',
    );
    deployment.calendly.trouble.down = 'json-503';
    deployment.calendly.cancelAsHost(invitee!.event, 'Flu');
    await deployment.settle();
    expect(await statusOf(booking.id)).toBe('confirmed');
    deployment.calendly.trouble.down = 'no';
    await deployment.pass(10 * 60_000);
    expect(await statusOf(booking.id)).toBe('canceled');
  });

  test('is not lost when it cannot be stored: Calendly is told to come again', async () => {
    await deployment.db.schema.alterTable('delivery').renameTo('gone').execute();
    const body = '{"event":"x"}';
    expect((await deliver(body)).status).toBe(500);
    await deployment.db.schema.alterTable('gone').renameTo('delivery').execute();
    expect((await deliver(body)).status).toBe(200);
    expect(await deliveries()).toHaveLength(1);
  });
});
