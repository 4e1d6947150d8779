import { readFileSync } from 'node:fs';
import * as v from 'valibot';

/** How many tests a runner ran, as told by its own report. */
export interface TestCount {
  passed: number;
  failed: number;
  skipped: number;
}

const Count = v.object({ passed: v.number(), failed: v.number(), skipped: v.number() });

/** What vitest writes with `--reporter=json`, as far as it is read here. */
const VitestReport = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
  numTodoTests: v.number(),
  testResults: v.array(
    v.object({ status: v.string(), assertionResults: v.array(v.object({ status: v.string() })) }),
  ),
});

export function countVitest(report: v.InferOutput<typeof VitestReport>): TestCount {
  // A file that could not be loaded, or whose hooks failed, has no failed test to show for it.
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * A runner's count together with its exit code: a runner that wrote no report, failed without a failed test (an
 * unhandled rejection, a crash on the way out) or ran nothing at all counts as one failure.
 */
export function settleCount(count: TestCount | undefined, exitCode: number): TestCount {
  const settled = count ?? { passed: 0, failed: 0, skipped: 0 };
  const nothingRan = settled.passed + settled.failed === 0;
  return settled.failed === 0 && (exitCode !== 0 || nothingRan)
    ? { ...settled, failed: 1 }
    : settled;
}

export function addCounts(counts: TestCount[]): TestCount {
  return counts.reduce(
    (sum, count) => ({
      passed: sum.passed + count.passed,
      failed: sum.failed + count.failed,
      skipped: sum.skipped + count.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** The one line that people and CI read, always the last. */
export function summarize({ passed, failed }: Pick<TestCount, 'passed' | 'failed'>): string {
  return `${passed} passed, ${failed} failed`;
}

/** The count in a report of the widget's runner; none when it crashed before writing one. */
export function readCount(file: string): TestCount | undefined {
  const report = v.safeParse(Count, readJson(file));
  return report.success ? report.output : undefined;
}

/** The count in a report of vitest; none when it crashed before writing one. */
export function readVitestCount(file: string): TestCount | undefined {
  const report = v.safeParse(VitestReport, readJson(file));
  return report.success ? countVitest(report.output) : undefined;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
