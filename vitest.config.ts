import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// tools/test.ts asks for a machine-readable report, to count what both runners did.
const reportFile = process.env['TEST_REPORT_FILE'];

/** Lives through its histories on every processor there is, and promises to be through in a given time. */
const simulation = 'demo/simulation/simulation.test.ts';

/** Those that take minutes, the longest first: begun last, they would keep one processor waiting for the other. */
const long = [
  'demo/crash/crash.test.ts',
  'server/payment/tampering.test.ts',
  'server/payment/deliveries.test.ts',
];

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = long.findIndex((file) => moduleId.endsWith(file));
  return rank === -1 ? long.length : rank;
};

class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((a, b) => rankOf(a) - rankOf(b)));
  }
}

export default defineConfig({
  test: {
    pool: 'forks',
    // No file keeps anything outside its own hooks: one process serves many, and loads what they share once.
    isolate: false,
    // One more than there are processors: a journey waits for its browser half of the time.
    maxWorkers: availableParallelism() + 1,
    // Whole journeys say `{ timeout }` themselves; nothing else should need this long.
    testTimeout: 10_000,
    hookTimeout: 30_000,
    reporters: reportFile === undefined ? ['default'] : ['default', 'json'],
    ...(reportFile === undefined ? {} : { outputFile: { json: reportFile } }),
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          // widget/** runs in real browsers: see web-test-runner.config.ts.
          include: ['server/**/*.test.ts', 'demo/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: [simulation],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'simulation', include: [simulation], sequence: { groupOrder: 1 } },
      },
    ],
  },
});
