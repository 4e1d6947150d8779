import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deliveryKey, parseDelivery, verifyDelivery } from './calendly.webhook.ts';
import { eventAnswer, eventUri, inviteeAnswer, inviteeUri } from './test/calendly-answers.ts';

const now = Date.parse('2026-11-23T17:51:20.000Z');
const key = 'the signing key';
const body = JSON.stringify({ event: 'invitee.created', name: 'Zoë ' });
const sign = (text: string | Uint8Array, signingKey = key, at = now): string => {
  const t = Math.floor(at / 1000);
  return `t=${t},v1=${createHmac('sha256', signingKey).update(`${t}.`).update(text).digest('hex')}`;
};
const verify = (changes: Partial<Parameters<typeof verifyDelivery>[0]> = {}) =>
  verifyDelivery({ rawBody: body, header: sign(body), keys: [key], now, ...changes });
const refusal = (changes: Partial<Parameters<typeof verifyDelivery>[0]>): string | null => {
  const verdict = verify(changes);
  return verdict.ok ? null : verdict.refused;
};

describe('a signature', () => {
  test('is accepted for text and for bytes', () => {
    expect(verify()).toEqual({ ok: true });
    expect(verify({ rawBody: new TextEncoder().encode(body) })).toEqual({ ok: true });
  });

  test('is accepted for bytes that are no text', () => {
    const bytes = new Uint8Array([0x7b, 0xff, 0xfe, 0x00, 0x7d]);
    expect(verify({ rawBody: bytes, header: sign(bytes) })).toEqual({ ok: true });
  });

  test('by either key is accepted during a rotation', () => {
    const keys = ['the new key', key];
    expect(verify({ keys })).toEqual({ ok: true });
    expect(verify({ keys, header: sign(body, 'the new key') })).toEqual({ ok: true });
    expect(refusal({ keys: ['the new key'] })).toBe('mismatch');
  });

  test('by an empty key, or by none, is refused', () => {
    expect(refusal({ keys: [''], header: sign(body, '') })).toBe('mismatch');
    expect(refusal({ keys: [] })).toBe('mismatch');
  });

  test.each([
    [undefined, 'missing'],
    ['', 'missing'],
    ['t=1,v1=', 'malformed'],
    ['v1=' + 'a'.repeat(64), 'malformed'],
    ['t=1764000000', 'malformed'],
    ['t=x,v1=' + 'a'.repeat(64), 'malformed'],
    ['t=-1,v1=' + 'a'.repeat(64), 'malformed'],
    ['t=1e9,v1=' + 'a'.repeat(64), 'malformed'],
    ['t=1,t=2,v1=' + 'a'.repeat(64), 'malformed'],
    ['t=1,v1=' + 'g'.repeat(64), 'malformed'],
    ['t=1,v1=' + 'a'.repeat(63), 'malformed'],
    ['t=1;v1=' + 'a'.repeat(64), 'malformed'],
    ['t=1,v1=' + 'a'.repeat(64) + ',' + 'x=y,'.repeat(400), 'malformed'],
    ['t=1,v1=' + 'a'.repeat(64), 'mismatch'],
  ])('of %j is %s', (header, expected) => {
    expect(refusal({ header })).toBe(expected);
  });

  test('in a header of any length is not looked for', () => {
    expect(refusal({ header: sign(body) + ',x=y'.repeat(300) })).toBe('malformed');
  });

  test('of an unknown scheme beside it changes nothing', () => {
    expect(verify({ header: `${sign(body)}, v2=whatever` })).toEqual({ ok: true });
    expect(refusal({ header: sign(body).replace('v1=', 'v0=') })).toBe('malformed');
  });

  test.each([
    [-180, null],
    [-181, 'too_old'],
    [180, null],
    [181, 'too_old'],
  ])('made %s s from now is refused as %s', (seconds, expected) => {
    expect(refusal({ header: sign(body, key, now + seconds * 1000) })).toBe(expected);
  });

  test('of yesterday is accepted by a wider window', () => {
    const header = sign(body, key, now - 23 * 3_600_000);
    expect(refusal({ header })).toBe('too_old');
    expect(verify({ header, toleranceMs: 25 * 3_600_000 })).toEqual({ ok: true });
  });

  test('is "too old" only when it is genuine', () => {
    expect(refusal({ header: sign(body, 'another key', now - 86_400_000) })).toBe('mismatch');
  });

  test('is never accepted for anything that was changed', () => {
    const genuine = sign(body);
    const mutate = (text: string) =>
      fc
        .tuple(fc.nat(text.length - 1), fc.integer({ min: 32, max: 126 }))
        .map(([at, code]) => text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1));
    fc.assert(
      fc.property(mutate(body), (changed) => {
        fc.pre(changed !== body);
        expect(refusal({ rawBody: changed })).toBe('mismatch');
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(mutate(genuine), (changed) => {
        fc.pre(changed.toLowerCase() !== genuine);
        expect(verify({ header: changed }).ok).toBe(false);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(verify({ header }).ok).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

const delivery = (changes: object = {}, payload: object = {}) =>
  JSON.stringify({
    event: 'invitee.created',
    created_at: '2026-11-23T17:51:19.000000Z',
    created_by: 'https://api.calendly.com/users/U1',
    payload: {
      ...inviteeAnswer,
      scheduled_event: { ...eventAnswer, calendar_event: undefined },
      ...payload,
    },
    ...changes,
  });

describe('a delivery', () => {
  test('about an invitee has it and its event', () => {
    expect(parseDelivery(delivery())).toMatchObject({
      ok: true,
      delivery: {
        event: 'invitee.created',
        createdAt: '2026-11-23T17:51:19.000Z',
        invitee: { uri: inviteeUri, tracking: { salesforce_uuid: 'booking-1' } },
        scheduledEvent: { uri: eventUri, startTime: '2026-12-01T15:00:00.000Z' },
      },
    });
  });

  test('about a cancellation says who canceled', () => {
    const cancellation = { canceled_by: 'Ada L', reason: null, canceler_type: 'invitee' };
    const text = delivery(
      { event: 'invitee.canceled' },
      { status: 'canceled', canceled: true, cancellation },
    );
    expect(parseDelivery(text)).toMatchObject({
      delivery: {
        invitee: {
          status: 'canceled',
          cancellation: { canceledBy: 'Ada L', cancelerType: 'invitee' },
        },
      },
    });
  });

  test('about a reschedule has both links', () => {
    const other = `${eventUri}/invitees/other`;
    expect(parseDelivery(delivery({}, { old_invitee: other }))).toMatchObject({
      delivery: { invitee: { oldInvitee: other } },
    });
    const canceled = { status: 'canceled', rescheduled: true, new_invitee: other };
    expect(parseDelivery(delivery({ event: 'invitee.canceled' }, canceled))).toMatchObject({
      delivery: { invitee: { rescheduled: true, newInvitee: other } },
    });
  });

  test('about something else is known by its name', () => {
    const text = delivery({ event: 'event_type.updated', payload: { uri: 'x' } });
    expect(parseDelivery(text)).toMatchObject({
      ok: true,
      delivery: { event: 'event_type.updated', invitee: null, scheduledEvent: null },
    });
  });

  test.each([
    ['no JSON', '{'],
    ['no envelope', '[]'],
    ['no time', delivery({ created_at: 'now' })],
    ['no invitee', delivery({ payload: {} })],
    [
      'an invitee of another origin',
      delivery({}, { uri: 'https://evil.example/scheduled_events/E/invitees/I' }),
    ],
    ['no event', delivery({}, { scheduled_event: null })],
    [
      'its event at the root, as in a sample of the documents',
      delivery({ scheduled_event: eventAnswer }, { scheduled_event: undefined }),
    ],
  ])('with %s cannot be read, and still has a key', (_, text) => {
    expect(parseDelivery(text)).toEqual({ ok: false });
    expect(deliveryKey(text)).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test('has the same key in every copy, and another for whatever happens next', () => {
    const first = deliveryKey(delivery());
    expect(deliveryKey(delivery({ created_at: '2026-11-23T17:59:00Z' }))).toBe(first);
    expect(deliveryKey(new TextEncoder().encode(delivery()))).toBe(first);
    const others = [
      delivery({ event: 'invitee.canceled' }),
      delivery({}, { updated_at: '2026-11-23T17:51:18.327603Z' }),
      // Another seat of the same group event.
      delivery({}, { uri: `${eventUri}/invitees/other` }),
    ].map(deliveryKey);
    expect(new Set([first, ...others]).size).toBe(4);
  });

  test('of any content is read without an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.uint8Array()), (content) => {
        parseDelivery(content);
        expect(deliveryKey(content)).toBe(deliveryKey(content));
      }),
      { numRuns: 1000 },
    );
  });
});
