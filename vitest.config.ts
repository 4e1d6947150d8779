import { defineConfig } from 'vitest/config';

// tools/test.ts asks for a machine-readable report, to count what both runners did.
const reportFile = process.env['TEST_REPORT_FILE'];

export default defineConfig({
  test: {
    // widget/** runs in real browsers: see web-test-runner.config.ts.
    include: ['server/**/*.test.ts', 'demo/**/*.test.ts', 'tools/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Whole journeys say `{ timeout }` themselves; nothing else should need this long.
    testTimeout: 10_000,
    hookTimeout: 30_000,
    reporters: reportFile === undefined ? ['default'] : ['default', 'json'],
    ...(reportFile === undefined ? {} : { outputFile: { json: reportFile } }),
  },
});
