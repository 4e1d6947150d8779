import { globSync } from 'node:fs';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter, type TestRunnerConfig } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { findBrowser } from './tools/browser.ts';
import { endsWithUs } from './tools/browsers-end-with-us.ts';
import { countingReporter } from './tools/counting-reporter.ts';

// A day is not the same day everywhere. UTC hides mistakes, New York is behind it and Sydney ahead, and the two
// change their clocks in opposite months and directions.
const TIME_ZONES = ['UTC', 'America/New_York', 'Australia/Sydney'];

// Those that say or compute times run in every zone; where it has to be quick, the others take turns.
const ABOUT_TIME = [
  'widget/time/**/*.test.ts',
  'widget/elements/booking-element.test.ts',
  'widget/steps/select-time/**/*.test.ts',
  'widget/steps/booking-complete/**/*.test.ts',
];

const isThorough = process.env['CI'] === 'true' || process.argv.includes('--files');
const all = globSync('widget/**/*.test.ts').toSorted();
const aboutTime = new Set(globSync(ABOUT_TIME));
const elsewhere = all.filter((file) => !aboutTime.has(file));

const browser = await findBrowser();
const reportFile = process.env['TEST_REPORT_FILE'];

const launchers = TIME_ZONES.map((timeZone) => {
  const launcher = chromeLauncher({
    launchOptions: browser,
    createBrowserContext: ({ browser: started }) => {
      endsWithUs(started.process());
      return started.defaultBrowserContext();
    },
    createPage: async ({ context }) => {
      const page = await context.newPage();
      await page.emulateTimezone(timeZone);
      return page;
    },
  });
  launcher.name = timeZone;
  return launcher;
});

const config: TestRunnerConfig = {
  ...(isThorough
    ? { files: all }
    : {
        groups: launchers.map((launcher, turn) => ({
          name: launcher.name,
          browsers: [launcher],
          files: [
            ...aboutTime,
            ...elsewhere.filter((_, index) => index % launchers.length === turn),
          ],
        })),
      }),
  nodeResolve: { exportConditions: ['development'] },
  plugins: [esbuildPlugin({ ts: true, json: true, target: 'es2022', tsconfig: 'tsconfig.json' })],
  browsers: launchers,
  // One page at a time in each browser: a page in the background has no focus and draws no frames.
  concurrency: 1,
  concurrentBrowsers: TIME_ZONES.length,
  browserStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
  testFramework: { config: { ui: 'bdd', timeout: '5000' } },
  filterBrowserLogs: ({ args }) =>
    !args.some((arg) => String(arg).startsWith('Lit is in dev mode')),
  reporters: [
    defaultReporter({ reportTestResults: true, reportTestProgress: process.stdout.isTTY }),
    ...(reportFile === undefined ? [] : [countingReporter(reportFile)]),
  ],
};

export default config;
