import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { createManualClock } from '../../demo/sandbox/manual-clock.ts';
import { AvailableTimesResponse } from '../contract/available-times.ts';
import { ErrorBody } from '../contract/error.ts';
import { SessionType, SessionTypesResponse } from '../contract/session-type.ts';
import { RequestError } from '../http/errors.ts';
import { SchedulingError } from '../scheduling/scheduling.ts';
import { createAvailabilityRoutes } from './availability.routes.ts';
import { createAvailability, type HeldTime } from './availability.ts';
import {
  createExampleCalendar,
  exampleEventType,
  exampleOwner,
  openTime,
} from './calendar.example.ts';
import { createSessionTypes } from './session-types.ts';

const page = 'https://portfolio.example';
const path = '/calendly/available-times?sessionTypeId=intro-call';

function set() {
  const clock = createManualClock('2026-11-23T08:00:00Z');
  const calendar = createExampleCalendar(clock);
  const held: HeldTime[] = [];
  const { scheduling } = calendar;
  const sessionTypes = createSessionTypes({ scheduling, clock, offers: null });
  const availability = createAvailability({ scheduling, clock, held: () => Promise.resolve(held) });
  const app = new Hono().route(
    '/',
    createAvailabilityRoutes({
      sessionTypes,
      availability,
      clock,
      allowOrigin: (origin) => (origin === page ? origin : null),
    }),
  );
  app.onError((error) => {
    if (error instanceof RequestError) return Response.json(error.body, { status: error.status });
    return error instanceof SchedulingError
      ? Response.json({ failure: error.failure }, { status: 503 })
      : new Response(null, { status: 500 });
  });
  const get = async (url: string, headers: Record<string, string> = {}) =>
    app.request(url, { headers });
  const problem = async (url: string) => {
    const response = await get(url);
    const body = (await response.json()) as ErrorBody;
    v.parse(ErrorBody, body);
    return { status: response.status, ...body };
  };
  return { clock, calendar, held, availability, get, problem };
}

const manyTimes = () =>
  Array.from({ length: 40 }, (_, index) =>
    openTime(new Date(Date.UTC(2026, 10, 24, 9) + index * 1_800_000).toISOString()),
  );

describe('what is answered', () => {
  test('the session types, one of them, and the times of one, as the contract has them', async () => {
    const { calendar, get } = set();
    calendar.eventTypes = [
      exampleEventType(),
      exampleEventType({
        uri: 'https://api.calendly.com/event_types/E2',
        slug: 'long',
        position: 1,
      }),
    ];
    calendar.times = manyTimes();
    const all = await (await get('/session-types')).json();
    expect(v.parse(SessionTypesResponse, all).sessionTypes.map(({ id }) => id)).toEqual([
      'intro-call',
      'long',
    ]);
    expect(all).toEqual(v.parse(SessionTypesResponse, all));
    const uri = encodeURIComponent('https://api.calendly.com/event_types/E2');
    const one = await (await get(`/session-types/${uri}`)).json();
    expect(v.parse(SessionType, one)).toMatchObject({ id: 'long' });
    const times: unknown = await (await get(path)).json();
    expect(times).toEqual(v.parse(AvailableTimesResponse, times));
    expect(v.parse(AvailableTimesResponse, times).slots).toHaveLength(40);
  });

  test('a range, with offsets of any kind', async () => {
    const { calendar, get } = set();
    calendar.times = manyTimes();
    const range = `&from=${encodeURIComponent('2026-11-24T10:00:00+01:00')}&to=2026-11-24T10:00Z`;
    const times = v.parse(AvailableTimesResponse, await (await get(path + range)).json());
    expect(times.slots.map(({ startTime }) => startTime)).toEqual([
      '2026-11-24T09:00:00.000Z',
      '2026-11-24T09:30:00.000Z',
    ]);
    expect(times).toMatchObject({
      from: '2026-11-24T09:00:00.000Z',
      to: '2026-11-24T10:00:00.000Z',
    });
  });

  test('bad queries are refused, every wrong field by its name', async () => {
    const { problem } = set();
    const fields = async (query: string) => {
      const { status, code, fields: named } = await problem(`/calendly/available-times${query}`);
      expect({ status, code }).toEqual({ status: 400, code: 'invalid_request' });
      return Object.keys(named ?? {}).toSorted();
    };
    expect(await fields('')).toEqual(['sessionTypeId']);
    expect(await fields('?sessionTypeId=')).toEqual(['sessionTypeId']);
    expect(await fields(`?sessionTypeId=${'x'.repeat(301)}`)).toEqual(['sessionTypeId']);
    expect(await fields('?sessionTypeId=a&month=2026-12')).toEqual(['month']);
    expect(await fields('?sessionTypeId=a&__proto__=1')).toEqual(['__proto__']);
    expect(await fields('?sessionTypeId=a&constructor=2')).toEqual(['constructor']);
    expect(await fields('?sessionTypeId=a&sessionTypeId=b')).toEqual(['sessionTypeId']);
    expect(await fields('?sessionTypeId=a&from=tomorrow&to=never')).toEqual(['from', 'to']);
    expect(await fields('?sessionTypeId=a&from=2026-12-01T00:00:00Z')).toEqual(['to']);
    expect(
      await fields('?sessionTypeId=a&from=2026-12-02T00:00:00Z&to=2026-12-01T00:00:00Z'),
    ).toEqual(['to']);
    expect(
      await fields('?sessionTypeId=a&from=2026-12-01T00:00:00Z&to=2028-12-01T00:00:00Z'),
    ).toEqual(['to']);
    expect(await fields('?sessionTypeId=%ff%00&%ff=%ff')).toHaveLength(1);
  });

  test('a session type that is not offered is not found', async () => {
    const { problem } = set();
    for (const url of ['/session-types/nothing', '/session-types/__proto__', `${path}-x`]) {
      expect(await problem(url)).toMatchObject({ status: 404, code: 'session_type_not_found' });
    }
  });

  test('a Calendly that is down, or hangs, is an error within eight seconds', async () => {
    const { clock, calendar, get } = set();
    calendar.failure = new SchedulingError('unavailable', 'down');
    expect((await get(path)).status).toBe(503);
    calendar.failure = null;
    await clock.advance(2_000);
    calendar.latencyMs = Infinity;
    const hanging = get(path);
    await clock.advance(8_000);
    expect((await hanging).status).toBe(503);
  });
});

describe('headers', () => {
  test('only a page that is allowed may read it', async () => {
    const { get } = set();
    for (const url of [path, '/session-types', '/session-types/intro-call']) {
      const allowed = await get(url, { origin: page });
      expect(allowed.headers.get('access-control-allow-origin')).toBe(page);
      expect(allowed.headers.get('vary')).toBe('Origin, Accept-Encoding');
      expect(allowed.headers.get('cache-control')).toBe('no-cache');
      const other = await get(url, { origin: 'https://elsewhere.example' });
      expect(other.headers.has('access-control-allow-origin')).toBe(false);
      expect((await get(url)).headers.has('access-control-allow-origin')).toBe(false);
    }
  });

  test.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['BR', 'br'],
    ['*', 'br'],
    ['identity', null],
    ['br;q=0.000, *;q=0', null],
    ['zstd', null],
  ])('a visitor who reads "%s" gets %s', async (accepted, coding) => {
    const { calendar, get } = set();
    calendar.times = manyTimes();
    const text = await (await get(path)).text();
    const response = await get(path, { 'accept-encoding': accepted });
    expect(response.headers.get('content-encoding')).toBe(coding);
    const body = Buffer.from(await response.arrayBuffer());
    const read =
      coding === 'br' ? brotliDecompressSync(body) : coding === 'gzip' ? gunzipSync(body) : body;
    expect(read.toString()).toBe(text);
  });

  test('what the visitor has already is not sent again; every coding has a tag of its own', async () => {
    const { clock, calendar, get } = set();
    calendar.times = manyTimes();
    const tag = async (headers: Record<string, string>) =>
      (await get(path, headers)).headers.get('etag') ?? '';
    const br = { 'accept-encoding': 'br' };
    const tags = [await tag({}), await tag(br), await tag({ 'accept-encoding': 'gzip' })];
    expect(new Set(tags).size).toBe(3);
    const [plain = ''] = tags;
    expect(plain).toMatch(/^"[\w-]+"$/);
    for (const known of [plain, `W/${plain}`, `"other", ${plain}`, '*']) {
      const response = await get(path, { 'if-none-match': known, origin: page });
      expect(response.status).toBe(304);
      expect(await response.text()).toBe('');
      expect(response.headers.get('etag')).toBe(plain);
      expect(response.headers.get('access-control-allow-origin')).toBe(page);
      expect(response.headers.get('vary')).toBe('Origin, Accept-Encoding');
    }
    expect((await get(path, { ...br, 'if-none-match': plain })).status).toBe(200);
    // The same times a while later are the same answer; other times are not.
    await clock.advance(60_000);
    expect(await tag({})).toBe(plain);
    calendar.times = manyTimes().slice(1);
    await clock.advance(60_000);
    expect(await tag({})).not.toBe(plain);
  });
});

describe('how long an answer is kept', () => {
  const seen = async (get: ReturnType<typeof set>['get']) =>
    v.parse(AvailableTimesResponse, await (await get(path)).json()).slots.length;

  test('for a second: then what another process holds is seen', async () => {
    const { clock, calendar, held, get } = set();
    calendar.times = manyTimes();
    expect(await seen(get)).toBe(40);
    held.push({
      calendar: exampleOwner.uri,
      eventType: exampleEventType().uri,
      startTime: '2026-11-24T09:00:00.000Z',
      endTime: '2026-11-24T09:30:00.000Z',
      knownSince: null,
    });
    await clock.advance(999);
    expect(await seen(get)).toBe(40);
    await clock.advance(1);
    expect(await seen(get)).toBe(39);
  });

  test('not beyond a booking of this process, also when it was being made meanwhile', async () => {
    const { clock, calendar, availability, get } = set();
    calendar.times = manyTimes();
    calendar.latencyMs = 100;
    const before = seen(get);
    await clock.advance(250);
    calendar.times = manyTimes().slice(0, 1);
    availability.clear();
    const after = seen(get);
    await clock.advance(1_000);
    expect([await before, await after]).toEqual([40, 1]);
    expect(await seen(get)).toBe(1);
  });

  test('not beyond the beginning of its first slot', async () => {
    const { clock, calendar, get } = set();
    calendar.times = [openTime('2026-11-23T08:00:00.500Z'), ...manyTimes()];
    expect(await seen(get)).toBe(41);
    await clock.advance(500);
    expect(await seen(get)).toBe(40);
  });

  test('an error is not kept', async () => {
    const { clock, calendar, get } = set();
    calendar.failure = new SchedulingError('unavailable', 'down');
    expect((await get(path)).status).toBe(503);
    calendar.failure = null;
    await clock.advance(2_000);
    expect((await get(path)).status).toBe(200);
  });
});
