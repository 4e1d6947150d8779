import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { readManifest } from '../../tools/build/manifest.ts';
import { root } from '../start/root.ts';

export interface StrictPageOptions {
  pageUrl: string;
  backendUrl: string;
  /** Below demo/strict/: what runs in the page before the widget does. */
  script?: string;
  /** Below demo/strict/: the page's own style sheet. */
  styles?: string;
}

const NONCE = 'c3RyaWN0ZXN0';

/**
 * Nothing is allowed but what carries the nonce: the chunks of the widget inherit it from its script. A policy for
 * scripts made of text is allowed to Lit alone, and no style to anybody but the page.
 */
export const policyOf = (backendUrl: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${NONCE}'`,
    `style-src 'nonce-${NONCE}'`,
    `connect-src ${backendUrl}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');

const read = (file: string | undefined): string =>
  file === undefined ? '' : readFileSync(join(root, 'demo/strict', file), 'utf8');

/** Opens a page as its most careful owner would write it, with the hashed script pinned by its integrity. */
export async function openStrictPage(page: Page, options: StrictPageOptions): Promise<void> {
  const { pageUrl, backendUrl, script, styles } = options;
  const url = `${pageUrl}/strict`;
  const [name, { integrity }] = hashedEntry();
  const body = `<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>The strictest page</title>
        <style nonce="${NONCE}">${read(styles)}</style>
        <script nonce="${NONCE}">${read('watch.js')}</script>
        <script nonce="${NONCE}">${read(script)}</script>
        <script
          type="module"
          nonce="${NONCE}"
          src="${backendUrl}/${name}"
          integrity="${integrity}"
          crossorigin="anonymous"
        ></script>
      </head>
      <body>
        <main>
          <h1>Book a call</h1>
          <booking-calendar session-type="intro-call"></booking-calendar>
        </main>
      </body>
    </html>`;
  // A page that is made up here has no place on the network: the browser takes it for a stranger to this machine.
  await page.context().grantPermissions(['local-network-access'], { origin: pageUrl });
  await page.route(url, (route) =>
    route.fulfill({
      body,
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': policyOf(backendUrl) },
    }),
  );
  await page.goto(url);
}

function hashedEntry() {
  const found = Object.entries(readManifest(join(root, 'dist'))).find(([name]) =>
    /^booking-calendar-[\w-]+\.js$/.test(name),
  );
  if (found === undefined) throw new Error('The widget has not been built.');
  return found;
}
