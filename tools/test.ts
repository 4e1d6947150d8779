// Every test: `npm test`, or some of them: `npm test -- server/booking widget/time`.
// The folder picks the runner: widget/ runs in real browsers, everything else in vitest. The journeys drive the built
// widget, so it is built first.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './browser.ts';
import { run } from './run.ts';
import { addCounts, readCount, readVitestCount, settleCount, summarize } from './test-count.ts';
import type { TestCount } from './test-count.ts';

const chosen = process.argv.slice(2);
const widgetPaths = chosen.filter((path) => /^(?:\.\/)?widget\b/.test(path));
const otherPaths = chosen.filter((path) => !widgetPaths.includes(path));
const wantsWidget = chosen.length === 0 || widgetPaths.length > 0;
const wantsOthers = chosen.length === 0 || otherPaths.length > 0;

const reports = mkdtempSync(join(tmpdir(), 'booking-calendar-test-'));
process.on('exit', () => rmSync(reports, { recursive: true, force: true }));

// Unpacked here, if at all, and not in the middle of a test that has its own deadline.
await findBrowser().catch((error: unknown) => console.error(String(error)));

const counts: TestCount[] = [];
if (wantsOthers) counts.push(await build(), await testServer(otherPaths));
if (wantsWidget) counts.push(await testWidget(widgetPaths));

const total = addCounts(counts);
if (total.skipped > 0) console.log(`${total.skipped} skipped`);
console.log(`\n${summarize(total)}`);
process.exit(total.failed === 0 ? 0 : 1);

async function build(): Promise<TestCount> {
  const exitCode = await run('rollup', ['-c', 'rollup.config.ts', '--silent']);
  return { passed: 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
}

async function testServer(paths: string[]): Promise<TestCount> {
  const report = join(reports, 'vitest.json');
  const exitCode = await run('vitest', ['run', ...paths], { env: { TEST_REPORT_FILE: report } });
  return settleCount(readVitestCount(report), exitCode);
}

async function testWidget(paths: string[]): Promise<TestCount> {
  const report = join(reports, 'widget.json');
  const files = paths.map((path) => (path.endsWith('.test.ts') ? path : `${path}/**/*.test.ts`));
  const args = [
    '--config',
    'web-test-runner.config.ts',
    ...(files.length > 0 ? ['--files', ...files] : []),
  ];
  const exitCode = await run('wtr', args, { env: { TEST_REPORT_FILE: report } });
  return settleCount(readCount(report), exitCode);
}
