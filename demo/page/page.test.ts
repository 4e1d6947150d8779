import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPage } from './page.ts';

const backendUrl = 'http://localhost:5001';
const page = createPage({ backendUrl, sandboxUrl: 'http://localhost:5002' });
const read = async (path: string) => {
  const response = await page.request(path);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

describe('the stranger’s site', () => {
  it('embeds the calendar as its README says, from another origin', async () => {
    const { text } = await read('/');
    expect(text).toContain(
      `<script type="module" src="${backendUrl}/booking-calendar.js"></script>`,
    );
    expect(text).toContain('<booking-calendar session-type="intro-call"></booking-calendar>');
    expect(text).not.toContain('localhost:400');
  });

  it('allows the calendar its script and its calls, and nobody anything else', async () => {
    const { headers } = await read('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src 'self' ${backendUrl};`);
    expect(policy).toContain(`connect-src ${backendUrl};`);
    expect(policy).not.toMatch(/unsafe|\*|data:/);
  });

  it('loads nothing from anybody else', () => {
    const site = join(import.meta.dirname, 'site');
    const addresses = readdirSync(site).flatMap(
      (name) => readFileSync(join(site, name), 'utf8').match(/https?:\/\/[^"')\s]+/g) ?? [],
    );
    const own = /^http:\/\/(?:localhost:400[12]\/|www\.w3\.org\/2000\/svg$)/;
    expect(addresses.filter((address) => !own.test(address))).toEqual([]);
  });

  it.each([
    '/',
    '/sessions',
    '/visit',
    '/site.css',
    '/booking-theme.css',
    '/visit.js',
    '/tile.svg',
  ])('serves %s', async (path) => {
    const { status, headers } = await read(path);
    expect(status).toBe(200);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each(['/nothing', '/page.ts', '/..%2fpage.ts', '/%2e%2e/page.ts', '/site/index.html'])(
    'does not serve %s',
    async (path) => {
      expect((await read(path)).status).toBe(404);
    },
  );
});
