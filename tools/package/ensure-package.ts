import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from '../launch/exclusively.mjs';

const folder = join('dist', 'package');
const built = join(folder, 'package.json');
const sources = [
  'widget/**/*.ts',
  'server/contract/*.ts',
  'tools/{build,package}/*',
  'package.json',
  'package-lock.json',
];

const changedAt = (file: string): number => statSync(file).mtimeMs;

/** Builds the package when it is missing or older than what it is made of; says where it is. */
export async function ensurePackage(): Promise<string> {
  // Several tests may come here at once: one builds, the others wait and find it built.
  await exclusively('.node/package.lock', () => {
    if (!isStale()) return;
    const { status } = spawnSync(process.execPath, ['tools/package.ts'], { stdio: 'inherit' });
    if (status !== 0) throw new Error('The package could not be built.');
  });
  return folder;
}

function isStale(): boolean {
  if (!existsSync(built)) return true;
  const builtAt = changedAt(built);
  return globSync(sources).some((file) => !file.endsWith('.test.ts') && changedAt(file) > builtAt);
}
