import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from '../../tools/launch/exclusively.mjs';
import { root } from './root.ts';

const built = 'dist/booking-calendar.js';
const sources = ['widget/**/*.ts', 'server/contract/*.ts', 'tools/build/*.ts', 'rollup.config.ts'];

const changedAt = (file: string): number => statSync(join(root, file)).mtimeMs;

/** Builds dist/ when it is missing or older than what it is made of; says whether it did. */
export function ensureWidget(): Promise<boolean> {
  // Several tests may come here at once: one builds, the others wait and find it built.
  return exclusively(join(root, '.node/build.lock'), () => {
    if (!isStale()) return false;
    const rollup = join(root, 'node_modules/rollup/dist/bin/rollup');
    const { status } = spawnSync(process.execPath, [rollup, '-c', 'rollup.config.ts', '--silent'], {
      cwd: root,
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error('The widget could not be built.');
    return true;
  });
}

function isStale(): boolean {
  if (!existsSync(join(root, built))) return true;
  const builtAt = changedAt(built);
  return globSync(sources, { cwd: root }).some(
    (file) => !file.endsWith('.test.ts') && changedAt(file) > builtAt,
  );
}
