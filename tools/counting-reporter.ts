import { writeFileSync } from 'node:fs';
import type { Reporter, TestSession, TestSuiteResult } from '@web/test-runner';
import type { TestCount } from './test-count.ts';

/** Writes how many tests ran in all browsers together, as JSON, for tools/test.ts to add up. */
export function countingReporter(file: string): Reporter {
  return {
    onTestRunFinished({ sessions }) {
      writeFileSync(file, JSON.stringify(countSessions(sessions)));
    },
  };
}

export function countSessions(sessions: TestSession[]): TestCount {
  const total: TestCount = { passed: 0, failed: 0, skipped: 0 };
  for (const session of sessions) {
    const count: TestCount = { passed: 0, failed: 0, skipped: 0 };
    if (session.testResults !== undefined) countSuite(session.testResults, count);
    // A file that could not be loaded, or a page that crashed, has no failed test to show for it.
    if (count.failed === 0 && (session.passed !== true || session.errors.length > 0))
      count.failed = 1;
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
  }
  return total;
}

function countSuite(suite: TestSuiteResult, count: TestCount): void {
  for (const test of suite.tests) {
    if (test.skipped) count.skipped += 1;
    else if (test.passed) count.passed += 1;
    else count.failed += 1;
  }
  for (const inner of suite.suites) countSuite(inner, count);
}
