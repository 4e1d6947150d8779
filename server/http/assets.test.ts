import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAssets } from './assets.ts';
import { RequestError } from './errors.ts';

let folder: string;
let app: Hono;
const widget = `export const widget = '${'booking '.repeat(100)}';\n`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'booking-calendar-assets-'));
  const dist = join(folder, 'dist');
  mkdirSync(join(dist, 'chunks'), { recursive: true });
  writeFileSync(join(folder, 'secret.js'), 'secret');
  writeFileSync(join(dist, 'manifest.json'), 'secret');
  writeFileSync(join(dist, 'booking-calendar.js'), widget);
  writeFileSync(join(dist, 'booking-calendar-Ab_1-xyZ.js'), widget);
  writeFileSync(join(dist, 'chunks', 'later-steps-Cd34efGh.js'), widget);
  app = new Hono().route('/', createAssets(dist)).onError((error) => {
    const status = error instanceof RequestError ? error.status : 500;
    return new Response(null, { status });
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

describe('the widget', () => {
  test('comes as small as the browser can read it', async () => {
    const unpack = { br: brotliDecompressSync, gzip: gunzipSync };
    for (const [accepted, coding] of [
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip, deflate', 'gzip'],
      ['br;q=1.0, gzip;q=0.5', 'br'],
    ] as const) {
      const answer = await get('/booking-calendar.js', { 'accept-encoding': accepted });
      expect(answer.headers.get('content-encoding'), accepted).toBe(coding);
      const bytes = await bytesOf(answer);
      expect(bytes.length).toBeLessThan(widget.length);
      expect(unpack[coding](bytes).toString()).toBe(widget);
    }
  });

  test('comes as it is to whoever can read nothing else', async () => {
    for (const accepted of ['', 'identity', 'deflate', 'br;q=0, gzip;q=0', 'x-brotli']) {
      const answer = await get('/booking-calendar.js', { 'accept-encoding': accepted });
      expect(answer.headers.has('content-encoding'), accepted).toBe(false);
      expect(await answer.text()).toBe(widget);
    }
  });

  test('may be loaded by any page, and is nothing but a script', async () => {
    const { headers } = await get('/booking-calendar.js');
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('vary')).toBe('Accept-Encoding');
  });

  test('is kept for ever under a name with its hash, and for minutes under its own', async () => {
    const cached = async (path: string) => (await get(path)).headers.get('cache-control');
    const forever = 'public, max-age=31536000, immutable';
    expect(await cached('/booking-calendar-Ab_1-xyZ.js')).toBe(forever);
    expect(await cached('/chunks/later-steps-Cd34efGh.js')).toBe(forever);
    expect(await cached('/booking-calendar.js')).toBe('public, max-age=300');
  });

  test('is not sent again to whoever has it', async () => {
    const etag = (await get('/booking-calendar.js')).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await get('/booking-calendar.js', { 'if-none-match': known });
      expect(answer.status, known).toBe(304);
      expect((await bytesOf(answer)).length).toBe(0);
      expect(answer.headers.get('etag')).toBe(etag);
    }
    expect((await get('/booking-calendar.js', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('has a head of its own', async () => {
    const answer = await app.request('/booking-calendar.js', { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
  });

  test('that is not built yet is not there, and is there once it is', async () => {
    expect((await get('/booking-calendar-new12345.js')).status).toBe(404);
    writeFileSync(join(folder, 'dist', 'booking-calendar-new12345.js'), widget);
    expect((await get('/booking-calendar-new12345.js')).status).toBe(200);
  });
});

describe('everything else', () => {
  test.each([
    '/manifest.json',
    '/secret.js',
    '/chunks/../manifest.json',
    '/chunks/..%2F..%2Fsecret.js',
    '/chunks/%2e%2e%2f%2e%2e%2fsecret.js',
    '/chunks/....//secret.js',
    '/chunks/..%5c..%5csecret.js',
    '/booking-calendar/../../secret.js',
    '/booking-calendar..%2f..%2fsecret.js',
    '/booking-calendar%00.js',
    '/chunks/',
    '/chunks/.js',
    '/chunks/..js',
    '/chunks/later-steps-Cd34efGh.js/',
    `/chunks/${'a'.repeat(5_000)}.js`,
  ])('is out of reach: %s', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('secret');
  });
});
