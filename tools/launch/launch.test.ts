import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exclusively } from './exclusively.mjs';
import { isRecentEnough } from './find-node.mjs';
import { isInstalled } from './install-packages.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'booking-calendar-launch-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the Node that runs the project', () => {
  test.each([
    ['20.20.2', '2026c', false],
    ['22.17.1', '2026c', false],
    ['22.18.0', '2026c', true],
    ['24.21.0', '2026c', true],
    ['24.21.0', '2025b', false],
    ['26.10.0', '2027a', true],
    ['26.10.0', undefined, false],
  ])('Node %s with time-zone data %s: %s', (node, tz, expected) => {
    expect(isRecentEnough(tz === undefined ? { node } : { node, tz })).toBe(expected);
  });
});

describe('the installed packages', () => {
  const lock = (packages: Record<string, unknown>) => JSON.stringify({ packages });
  const wanted = {
    '': { name: 'project' },
    'node_modules/lit': { version: '3.3.3', integrity: 'sha512-a' },
    'node_modules/vitest': { version: '5.1.1', integrity: 'sha512-b', dev: true },
    'node_modules/other-system': { version: '1.0.0', optional: true },
  };
  const install = (packages: Record<string, unknown>) => {
    mkdirSync(join(root, 'node_modules'), { recursive: true });
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), lock(packages));
  };
  beforeEach(() => writeFileSync(join(root, 'package-lock.json'), lock(wanted)));

  test('are missing in a fresh clone', () => {
    expect(isInstalled({ production: false, root })).toBe(false);
  });

  test('are there when all that is locked is there, but for what other systems need', () => {
    install({
      'node_modules/lit': wanted['node_modules/lit'],
      'node_modules/vitest': wanted['node_modules/vitest'],
    });
    expect(isInstalled({ production: false, root })).toBe(true);
  });

  test('are stale when the lockfile has moved on', () => {
    install({ ...wanted, 'node_modules/lit': { version: '3.3.2', integrity: 'sha512-z' } });
    expect(isInstalled({ production: false, root })).toBe(false);
  });

  test('may leave development packages out where the product only runs', () => {
    install({ 'node_modules/lit': wanted['node_modules/lit'] });
    expect(isInstalled({ production: false, root })).toBe(false);
    expect(isInstalled({ production: true, root })).toBe(true);
  });
});

describe('two scripts at once', () => {
  test('take turns', async () => {
    const lockFile = join(root, 'launch.lock');
    let inside = 0;
    const work = () => {
      inside += 1;
      expect(inside).toBe(1);
      expect(Number(readFileSync(lockFile, 'utf8'))).toBe(process.pid);
      inside -= 1;
      return 'done';
    };
    expect(await Promise.all([exclusively(lockFile, work), exclusively(lockFile, work)])).toEqual([
      'done',
      'done',
    ]);
  });

  test('a lock whose owner has died is taken over', async () => {
    const lockFile = join(root, 'launch.lock');
    writeFileSync(lockFile, '999999999');
    expect(await exclusively(lockFile, () => 'done')).toBe('done');
  });
});
