import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readModule } from './read-module.ts';
import { layerRules } from './rules.ts';

const violations = (path: string, source: string, ruleName?: string): string[] =>
  layerRules
    .filter(({ name }) => ruleName === undefined || name === ruleName)
    .flatMap((rule) => rule.violations(readModule(path, source)));

describe('the code of this project', () => {
  const files = globSync(['{widget,server,demo,tools}/**/*.ts', '*.ts'])
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.includes('node_modules'));
  const modules = files.map((file) => readModule(file, readFileSync(file, 'utf8')));

  test('is read whole', () => {
    expect(files).toContain('server/clock.ts');
    expect(files).toContain('tools/layers/layers.test.ts');
  });

  test.each(layerRules)('$name', (rule) => {
    expect(modules.flatMap((module) => rule.violations(module))).toEqual([]);
  });
});

/** Rule, a file that breaks it, a file that is like it and does not. */
const cases: [
  rule: string,
  broken: [path: string, source: string],
  lawful: [path: string, source: string],
][] = [
  [
    'the widget knows itself, the contract and four packages',
    ['widget/api/client.ts', `import type { App } from '../../server/app.ts';`],
    [
      'widget/api/client.ts',
      `import { Booking } from '../../server/contract/booking.ts'; import 'lit/html.js';`,
    ],
  ],
  [
    'the widget knows itself, the contract and four packages',
    ['widget/day.ts', `const { DateTime } = await import('luxon');`],
    ['widget/day.ts', `const { Temporal } = await import('temporal-polyfill');`],
  ],
  [
    'the widget knows itself, the contract and four packages',
    ['widget/day.ts', `import { expect } from 'chai';`],
    ['widget/day.test.ts', `import { expect } from 'chai';`],
  ],
  [
    'the widget knows itself, the contract and four packages',
    ['widget/step.ts', `import { useRef } from 'react';`],
    ['widget/react/wrap.ts', `import { useRef } from 'react';`],
  ],
  [
    'the widget makes no code or markup out of text',
    ['widget/step.ts', `this.root.innerHTML = answer;`],
    ['widget/step.ts', `this.root.textContent = 'innerHTML';`],
  ],
  [
    'the widget makes no code or markup out of text',
    ['widget/step.ts', `import { unsafeHTML as raw } from 'lit/directives/unsafe-html.js';`],
    ['widget/step.ts', `import { classMap } from 'lit/directives/class-map.js';`],
  ],
  [
    'the widget makes no code or markup out of text',
    ['widget/step.ts', `new Function('return 1')();`],
    ['widget/step.ts', `type Handler = (event: Event) => void;`],
  ],
  [
    'the contract knows only valibot and itself',
    ['server/contract/time.ts', `export * from '../clock.ts';`],
    ['server/contract/time.ts', `import * as v from 'valibot'; export * from './money.ts';`],
  ],
  [
    'the server knows neither demo nor widget',
    ['server/main.ts', `import { startSandbox } from '../demo/sandbox/serve.ts';`],
    ['server/main.test.ts', `import { startSandbox } from '../demo/sandbox/serve.ts';`],
  ],
  [
    'the product imports nothing that is there for tests',
    ['server/app.ts', `import { calendar } from './availability/calendar.example.ts';`],
    ['server/app.test.ts', `import { calendar } from './availability/calendar.example.ts';`],
  ],
  [
    'stripe is used in its own adapter only',
    ['server/payment/payment.ts', `import type Stripe from 'stripe';`],
    ['server/payment/stripe.webhook.ts', `import Stripe from 'stripe';`],
  ],
  [
    'better-sqlite3 is used in its own adapter only',
    ['server/booking/booking.store.ts', `type Database = import('better-sqlite3').Database;`],
    ['server/database/sqlite.ts', `import Database from 'better-sqlite3';`],
  ],
  [
    'nodemailer is used in its own adapter only',
    ['server/main.ts', `import { createTransport } from 'nodemailer';`],
    ['server/notification/smtp.ts', `import { createTransport } from 'nodemailer';`],
  ],
  [
    'the environment is read at the edges only',
    ['server/app.ts', `const port = process['env'].PORT;`],
    ['server/config.ts', `const port = process.env['PORT'];`],
  ],
  [
    'pure modules import no framework',
    ['widget/flow/transition.ts', `import { html } from 'lit';`],
    ['widget/flow/transition.ts', `import type { Step } from './step.ts';`],
  ],
  [
    'pure modules import no framework',
    ['server/booking/lifecycle.ts', `import { randomUUID } from 'node:crypto';`],
    ['server/booking/confirm.ts', `import { randomUUID } from 'node:crypto';`],
  ],
  [
    'a port names no SDK',
    ['server/notification/notification.ts', `import type { Transporter } from 'nodemailer';`],
    ['server/notification/smtp.ts', `import type { Transporter } from 'nodemailer';`],
  ],
  [
    'files are named for the one thing inside',
    ['server/http/utils.ts', ''],
    ['server/http/etag.ts', ''],
  ],
  [
    'files are named for the one thing inside',
    ['widget/lib/day.ts', ''],
    ['widget/library.ts', ''],
  ],
];

describe('the rules themselves', () => {
  test.each(cases)('%s: catches what breaks it', (rule, broken, lawful) => {
    expect(violations(...broken, rule)).not.toEqual([]);
    expect(violations(...lawful, rule)).toEqual([]);
  });

  test('no rule goes without a case', () => {
    const covered = new Set(cases.map(([rule]) => rule));
    expect(layerRules.map(({ name }) => name).filter((name) => !covered.has(name))).toEqual([]);
  });
});
