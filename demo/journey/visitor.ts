import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { Demo } from '../start/demo.ts';
import { patient } from './patience.ts';
import { createWording, type Wording } from './wording.ts';

export interface VisitorOptions {
  timezoneId?: string;
  locale?: string;
  width?: number;
  colorScheme?: 'light' | 'dark';
  /** Below the stranger's site; its first page when left out. */
  path?: string;
}

/** One person with one browser profile; `page` is the tab they came with. */
export interface Visitor {
  readonly page: Page;
  readonly wording: Wording;
  openTab(path?: string): Promise<Page>;
  /** Answers of this status are part of the story: a browser logs every one of them as an error. */
  foresee(status: number): void;
  /** What axe finds on the page as it is now, in words. */
  barriers(page?: Page): Promise<string[]>;
  /** What their consoles complained of: errors, warnings, refusals by a policy, requests to anybody else. */
  complaints(): string[];
  leave(): Promise<void>;
}

export interface VisitorDeps {
  browser: Browser;
  demo: Demo;
  /** The source of axe-core. */
  axe: string;
}

declare global {
  interface Window {
    axe: { run(): Promise<AxeResults> };
  }
}

export async function createVisitor(
  { browser, demo, axe }: VisitorDeps,
  options: VisitorOptions,
): Promise<Visitor> {
  const { timezoneId = 'Europe/Berlin', locale = 'en-GB', width = 1280 } = options;
  const context = await browser.newContext({
    timezoneId,
    locale,
    viewport: { width, height: 900 },
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(patient.timeout);
  // Beside the page's policy, which forbids foreign scripts, and so that the policy itself is heard of.
  await context.addInitScript(axe);
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`Policy: ${violatedDirective} ${blockedURI}`),
    );
  });

  const known = new Set(
    [demo.pageUrl, demo.backendUrl, demo.sandbox.calendlyUrl, demo.sandbox.stripeUrl].map(
      (url) => new URL(url).origin,
    ),
  );
  const heard: string[] = [];
  const foreseen = new Set<number>();
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    heard.push(`${message.text()} ${message.location().url}`.trim());
  });
  context.on('weberror', (webError) => heard.push(String(webError.error())));
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (/^https?:$/.test(protocol) && !known.has(origin)) heard.push(`Request: ${request.url()}`);
  });

  const openTab = async (path = options.path ?? ''): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(URL.canParse(path) ? path : `${demo.pageUrl}/${path}`);
    return page;
  };
  const page = await openTab();

  return {
    page,
    wording: createWording(locale, timezoneId),
    openTab,
    foresee: (status) => foreseen.add(status),
    async barriers(tab = page) {
      const { violations } = await tab.evaluate(() => window.axe.run());
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target }) => `${id}: ${help}, at ${target.flat().join(' > ')}`),
      );
    },
    complaints: () =>
      heard.filter((text) => {
        const status = /^Failed to load resource: .* status of (\d{3})/.exec(text)?.[1];
        return status === undefined || !foreseen.has(Number(status));
      }),
    leave: () => context.close(),
  };
}
