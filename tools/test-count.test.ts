import { expect, test } from 'vitest';
import {
  addCounts,
  countVitest,
  readCount,
  readVitestCount,
  settleCount,
  summarize,
} from './test-count.ts';

const passedFile = { status: 'passed', assertionResults: [{ status: 'passed' }] };
const brokenFile = { status: 'failed', assertionResults: [] };
const failedFile = { status: 'failed', assertionResults: [{ status: 'failed' }] };

test('takes the numbers of the vitest report', () => {
  const report = {
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [passedFile, failedFile],
  };
  expect(countVitest(report)).toEqual({ passed: 5, failed: 1, skipped: 3 });
});

test('a file that could not be loaded is a failure', () => {
  const report = {
    numPassedTests: 1,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [passedFile, brokenFile],
  };
  expect(countVitest(report).failed).toBe(1);
});

test('a runner that crashed, or ran nothing, is a failure', () => {
  const fine = { passed: 3, failed: 0, skipped: 0 };
  expect(settleCount(fine, 0).failed).toBe(0);
  expect(settleCount(fine, 1).failed).toBe(1);
  expect(settleCount(undefined, 0).failed).toBe(1);
  expect(settleCount({ passed: 0, failed: 0, skipped: 4 }, 0).failed).toBe(1);
  expect(settleCount({ passed: 3, failed: 2, skipped: 0 }, 1).failed).toBe(2);
});

test('adds up the runners in one plain line', () => {
  const total = addCounts([
    { passed: 2, failed: 0, skipped: 1 },
    { passed: 3, failed: 1, skipped: 0 },
  ]);
  expect(summarize(total)).toBe('5 passed, 1 failed');
});

test('a report that was never written is none', () => {
  expect(readCount('/nowhere/report.json')).toBeUndefined();
  expect(readVitestCount('/nowhere/report.json')).toBeUndefined();
});
