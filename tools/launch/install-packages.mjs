// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { PROJECT_ROOT } from './project-root.mjs';

/** @typedef {{ version?: string, integrity?: string, dev?: boolean, optional?: boolean, devOptional?: boolean }} LockedPackage */

/**
 * Installs the locked packages when they are missing or are not the ones the lockfile names.
 * @param {{ production: boolean, root?: string }} options production: development packages may be absent
 */
export function installPackages({ production, root = PROJECT_ROOT }) {
  if (isInstalled({ production, root })) return;
  console.error('Installing packages (once) …');
  // Development packages are wanted even where NODE_ENV=production is set: the widget is built with them.
  npm(['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'], root);
}

/**
 * npm writes what it has installed into a hidden lockfile, last of all: comparing the two needs no marker of our own
 * and no file times, and an interrupted install counts as none.
 * @param {{ production: boolean, root: string }} options
 */
export function isInstalled({ production, root }) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined) throw new Error('package-lock.json is missing.');
  if (installed === undefined) return false;
  return Object.entries(wanted).every(([path, locked]) => {
    if (path === '' || locked.optional || locked.devOptional) return true;
    if (production && locked.dev) return true;
    const found = installed[path];
    return (
      found !== undefined &&
      found.version === locked.version &&
      found.integrity === locked.integrity
    );
  });
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined}
 */
function readPackages(file) {
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}
