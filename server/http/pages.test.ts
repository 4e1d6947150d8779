import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDeployment, type Deployment } from '../../demo/sandbox/deployment.ts';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await createDeployment();
});
afterAll(() => deployment.close());

const policyOf = ({ headers }: Response): Map<string, string> =>
  new Map(
    (headers.get('content-security-policy') ?? '').split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ');
      return [name, values.join(' ')];
    }),
  );

describe("a booking's own page", () => {
  test('is the same for everybody: what it shows comes by the token, which no server sees', async () => {
    const texts = await Promise.all(
      ['a', 'b', '%3Cscript%3Ealert(1)%3C%2Fscript%3E', '..'].map(async (id) =>
        (await deployment.request(`/bookings/${id}`)).text(),
      ),
    );
    expect(new Set(texts.slice(0, 3)).size).toBe(1);
    expect(texts[0]).toContain('<booking-calendar>');
  });

  test('is kept by nobody, names itself to nobody and can be framed by nobody', async () => {
    const page = await deployment.request('/bookings/x');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=UTF-8');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = policyOf(page);
    expect(policy.get('frame-ancestors')).toBe("'none'");
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('base-uri')).toBe("'none'");
    expect(policy.get('form-action')).toBe("'none'");
  });

  test('runs scripts of its own origin only, and makes none out of text', async () => {
    const page = await deployment.request('/bookings/x');
    const policy = policyOf(page);
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('style-src')).toBe("'self'");
    expect(policy.get('connect-src')).toBe("'self'");
    expect(policy.get('require-trusted-types-for')).toBe("'script'");
    expect([...policy.values()].join(' ')).not.toMatch(/unsafe|\*|http/);
    const html = await page.text();
    // Nothing inline: the policy would refuse it.
    expect(html).not.toMatch(/<script(?![^>]* src=)|<style|style=|\son\w+=/);
  });

  test('finds its script and its styles', async () => {
    const html = await (await deployment.request('/bookings/x')).text();
    for (const [, address] of html.matchAll(/(?:src|href)="(?!data:)([^"]+)"/g)) {
      const { pathname } = new URL(address ?? '', 'https://book.example.com/bookings/x');
      const file = await deployment.request(pathname);
      expect(file.status, pathname).toBe(200);
      expect(file.headers.get('x-content-type-options')).toBe('nosniff');
      expect(file.headers.get('content-type')).toMatch(/^text\/(?:javascript|css); charset=utf-8$/);
    }
  });
});
