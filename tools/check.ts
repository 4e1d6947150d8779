// Everything that must hold before a change is in: `npm run check`. With --without-tests only what no test covers, for
// CI, which has already run them. All steps run, so that one look shows everything there is to mend.
import { run } from './run.ts';
import { summarize } from './test-count.ts';

const withoutTests = process.argv.includes('--without-tests');

const steps: { name: string; command: string; args: string[] }[] = [
  { name: 'format', command: 'oxfmt', args: ['--config', 'tools/oxfmt.json', '--check'] },
  { name: 'lint', command: 'oxlint', args: ['--config', 'tools/oxlint.json', '--type-aware'] },
  { name: 'types', command: 'tsc', args: ['--noEmit'] },
  { name: 'build', command: 'rollup', args: ['-c', 'rollup.config.ts', '--silent'] },
  { name: 'package', command: 'node', args: ['tools/package.ts'] },
  { name: 'size', command: 'node', args: ['tools/size.ts'] },
  // The layer rules are tests too.
  ...(withoutTests ? [] : [{ name: 'tests', command: 'node', args: ['tools/test.ts'] }]),
];

const failed: string[] = [];
for (const { name, command, args } of steps) {
  console.log(`\n── ${name}`);
  if ((await run(command, args)) !== 0) failed.push(name);
}

console.log(failed.length === 0 ? '\nEverything holds.' : `\nFailed: ${failed.join(', ')}`);
console.log(summarize({ passed: steps.length - failed.length, failed: failed.length }));
process.exit(failed.length === 0 ? 0 : 1);
