import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { findBrowser } from '../../tools/browser.ts';
import type { CalendlySandbox, SeedData } from '../sandbox/calendly/calendly.ts';
import { noTrouble } from '../sandbox/calendly/trouble.ts';
import { noTrouble as noStripeTrouble } from '../sandbox/stripe/trouble.ts';
import type { StripeSandbox } from '../sandbox/stripe/stripe.ts';
import type { Mailbox } from '../sandbox/mailbox/mailbox.ts';
import { countPromises } from '../sandbox/panel/promises.ts';
import { readBackendView } from '../start/backend-view.ts';
import { ensureWidget } from '../start/build-widget.ts';
import { anyPorts, type Demo, startDemo } from '../start/demo.ts';
import { createVisitor, type Visitor, type VisitorOptions } from './visitor.ts';

export interface Journey {
  readonly demo: Demo;
  readonly calendly: CalendlySandbox;
  readonly stripe: StripeSandbox;
  readonly mailbox: Mailbox;
  /** Somebody opens the stranger's site in a browser of their own. */
  visit(options?: VisitorOptions): Promise<Visitor>;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * The whole product for the tests of one file: sandbox, backend process, page, browser. After every test trouble is
 * switched off; whatever a visitor's console complained of, and whatever promise is broken, fails it.
 */
export function useJourney(options: { seed?: SeedData } = {}): Journey {
  const folder = mkdtempSync(join(tmpdir(), 'booking-calendar-journey-'));
  let demo: Demo;
  let browser: Browser;
  let visitors: Visitor[] = [];

  beforeAll(async () => {
    await ensureWidget();
    const { headless: _, ...launch } = await findBrowser();
    [demo, browser] = await Promise.all([
      startDemo({ ports: anyPorts, databaseFile: () => join(folder, 'journey.db'), ...options }),
      chromium.launch(launch),
    ]);
  }, 120_000);

  afterEach(async () => {
    const complaints = visitors.flatMap((visitor) => visitor.complaints());
    await Promise.all(visitors.map((visitor) => visitor.leave()));
    visitors = [];
    const { calendly, stripe } = demo.sandbox;
    Object.assign(calendly.trouble, noTrouble());
    Object.assign(stripe.trouble, noStripeTrouble());
    expect(complaints).toEqual([]);
    const ours = readBackendView(demo.databaseFile).bookings;
    const promises = countPromises({ ours, calendly: calendly.state, stripe: stripe.state });
    expect(promises.filter(({ count }) => count > 0)).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    get demo() {
      return demo;
    },
    get calendly() {
      return demo.sandbox.calendly;
    },
    get stripe() {
      return demo.sandbox.stripe;
    },
    get mailbox() {
      return demo.sandbox.mailbox;
    },
    async visit(visitorOptions = {}) {
      const visitor = await createVisitor({ browser, demo, axe }, visitorOptions);
      visitors.push(visitor);
      return visitor;
    },
  };
}
