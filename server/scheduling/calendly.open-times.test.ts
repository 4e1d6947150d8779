import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { cutIntoWindows } from './calendly.open-times.ts';
import { eventTypeUri } from './test/calendly-answers.ts';
import { createStub, json, settled, type Heard } from './test/calendly-stub.ts';

const day = 86_400_000;
const time = (start_time: string, more: object = {}) => ({
  status: 'available',
  invitees_remaining: 1,
  start_time,
  scheduling_url: `https://calendly.com/ines-almeida/intro-call/${start_time}`,
  ...more,
});
const times = (...starts: string[]) => json({ collection: starts.map((start) => time(start)) });
const range = ['2026-12-01T00:00:00.000Z', '2026-12-08T00:00:00.000Z'] as const;

describe('a range of time', () => {
  test.each([
    ['in the future, short', 10 * day, 17 * day, [[10 * day, 17 * day]]],
    ['of exactly 31 days', day, 32 * day, [[day, 32 * day]]],
    [
      'of 31 days and a bit',
      day,
      32 * day + 1,
      [
        [day, 32 * day],
        [32 * day, 32 * day + 1],
      ],
    ],
    [
      'of a quarter',
      day,
      93 * day,
      [
        [day, 32 * day],
        [32 * day, 63 * day],
        [63 * day, 93 * day],
      ],
    ],
    ['that has begun', -5 * day, 2 * day, [[60_000, 2 * day]]],
    ['that begins now', 0, 2 * day, [[60_000, 2 * day]]],
    ['that is over', -5 * day, -day, []],
    ['that ends within the minute', -day, 60_000, []],
    ['that is turned round', 2 * day, day, []],
  ])('%s', (_, from, to, expected) => {
    expect(cutIntoWindows(from, to, 0)).toEqual(expected.map(([f, t]) => ({ from: f, to: t })));
  });
});

describe('open times', () => {
  test('are asked for with whole names and instants', async () => {
    const { calendly, heard } = createStub(() => times());
    await calendly.openTimes(eventTypeUri, ...range);
    expect(heard).toMatchObject([
      {
        path: '/event_type_available_times',
        query: { event_type: eventTypeUri, start_time: range[0], end_time: range[1] },
      },
    ]);
  });

  test('come ascending, once each, within the range, whatever way Calendly writes them', async () => {
    const { calendly } = createStub(() =>
      json({
        collection: [
          time('2026-12-03T09:00:00.000000Z', { invitees_remaining: 4 }),
          time('2026-12-01T00:00:00Z'),
          time('2026-12-02T10:00:00+01:00'),
          time('2026-12-02T09:00:00.000Z'),
          time('2026-11-30T23:59:59Z'),
          time('2026-12-08T00:00:00Z'),
          time('2026-12-04T09:00:00Z', { status: 'unavailable' }),
          time('2026-12-05T09:00:00Z', { invitees_remaining: 0 }),
        ],
      }),
    );
    const open = await calendly.openTimes(eventTypeUri, ...range);
    expect(open.map(({ startTime, inviteesRemaining }) => [startTime, inviteesRemaining])).toEqual([
      ['2026-12-01T00:00:00.000Z', 1],
      ['2026-12-02T09:00:00.000Z', 1],
      ['2026-12-03T09:00:00.000Z', 4],
    ]);
  });

  test('of a year are asked for in twelve windows, three at once', async () => {
    let open = 0;
    let most = 0;
    const { calendly, clock, heard } = createStub(async ({ query }: Heard) => {
      most = Math.max(most, ++open);
      await clock.wait(100);
      open -= 1;
      return times(query['start_time'] ?? '');
    });
    const read = calendly.openTimes(eventTypeUri, '2026-12-01T00:00:00Z', '2027-12-02T00:00:00Z');
    const result = await settled(clock, read);
    expect(heard).toHaveLength(12);
    expect(most).toBe(3);
    const starts = 'value' in result ? result.value.map(({ startTime }) => startTime) : [];
    expect(starts).toHaveLength(12);
    expect(starts).toEqual(starts.toSorted());
  });

  test('fail whole when one window fails, and the others are left', async () => {
    const { calendly, clock, heard } = createStub(({ query }) =>
      query['start_time']?.startsWith('2026-12-01')
        ? json({ title: 'Resource Not Found', message: '…' }, 404)
        : new Promise(() => undefined),
    );
    const read = calendly.openTimes(eventTypeUri, '2026-12-01T00:00:00Z', '2027-12-02T00:00:00Z');
    await expect(read).rejects.toMatchObject({ failure: 'not_found' });
    expect(heard).toHaveLength(3);
    expect(heard.slice(1).every(({ init }) => init.signal?.aborted)).toBe(true);
    expect(await clock.step()).toBe(false);
  });

  test('end at once when the caller leaves', async () => {
    const { calendly, clock } = createStub(() => new Promise(() => undefined));
    const caller = new AbortController();
    const read = calendly.openTimes(eventTypeUri, ...range, { signal: caller.signal });
    caller.abort();
    await expect(read).rejects.toMatchObject({ name: 'SchedulingError', failure: 'unavailable' });
    expect(await clock.step()).toBe(false);
  });

  test('leave nothing behind on their caller', async () => {
    const { calendly } = createStub(() => times());
    const { signal } = new AbortController();
    await calendly.openTimes(eventTypeUri, ...range, { signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test('of a range that is over cost no call', async () => {
    const { calendly, heard } = createStub(() => times());
    expect(
      await calendly.openTimes(eventTypeUri, '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'),
    ).toEqual([]);
    expect(heard).toHaveLength(0);
  });

  test.each([
    ['a time that is none', time('2026-12-01')],
    ['a local time', time('2026-12-01T09:00:00')],
    ['seats that are no number', time('2026-12-01T09:00:00Z', { invitees_remaining: '1' })],
    [
      'an address that is a script',
      time('2026-12-01T09:00:00Z', { scheduling_url: 'javascript:alert(1)' }),
    ],
  ])('with %s are not shown', async (_, broken) => {
    const { calendly, clock } = createStub(() => json({ collection: [broken] }));
    const result = await settled(clock, calendly.openTimes(eventTypeUri, ...range));
    expect(result).toMatchObject({ error: { failure: 'unavailable' } });
  });
});
