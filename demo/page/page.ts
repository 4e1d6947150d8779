import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

export interface PageOptions {
  port: number;
  backendUrl: string;
  sandboxUrl: string;
}

export interface RunningPage {
  url: string;
  stop(): Promise<void>;
}

const site = join(dirname(fileURLToPath(import.meta.url)), 'site');

/** As the files have them: what a reader of the source pastes when nothing else runs on these ports. */
const written = { backend: 'http://localhost:4001', sandbox: 'http://localhost:4002' };

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** As strict as a careful site is: the widget gets its script, its calls and nothing else. */
const policy = (backendUrl: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${backendUrl}`,
    `connect-src ${backendUrl}`,
    "style-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');

/** The static site of somebody who knows nothing of this project but the tag. */
export function createPage({ backendUrl, sandboxUrl }: Omit<PageOptions, 'port'>): Hono {
  const headers = {
    'content-security-policy': policy(backendUrl),
    'cache-control': 'no-cache',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
  };
  return new Hono().get('/:name{[\\w-]*(\\.\\w+)?}', async (c) => {
    const name = c.req.param('name') || 'index.html';
    const file = extname(name) ? name : `${name}.html`;
    const contentType = contentTypes[extname(file)];
    const text = contentType && (await readFile(join(site, file), 'utf8').catch(() => null));
    if (!text) return c.text('There is no such page.', 404, headers);
    return c.body(
      text.replaceAll(written.backend, backendUrl).replaceAll(written.sandbox, sandboxUrl),
      200,
      { ...headers, 'content-type': contentType },
    );
  });
}

export function startPage({ port, ...urls }: PageOptions): Promise<RunningPage> {
  return new Promise((resolve, reject) => {
    const server = serve(
      { fetch: createPage(urls).fetch, port, hostname: '127.0.0.1', overrideGlobalObjects: false },
      (address: AddressInfo) =>
        resolve({
          url: `http://localhost:${address.port}`,
          stop: () =>
            new Promise((done) => {
              server.close(() => done());
              if ('closeAllConnections' in server) server.closeAllConnections();
            }),
        }),
    );
    server.once('error', reject);
  });
}
