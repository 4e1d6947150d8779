// @ts-check
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from './is-alive.mjs';

const POLL_MS = 200;

/**
 * Two scripts started at the same moment must not install into the same folder. Whoever creates the lock file works,
 * the others wait; a lock whose owner has died is taken over.
 * @template T
 * @param {string} lockFile
 * @param {() => T} work
 * @returns {Promise<T>}
 */
export async function exclusively(lockFile, work) {
  mkdirSync(dirname(lockFile), { recursive: true });
  while (!take(lockFile)) await wait(POLL_MS);
  const release = () => rmSync(lockFile, { force: true });
  process.once('exit', release);
  try {
    return work();
  } finally {
    release();
    process.removeListener('exit', release);
  }
}

/** @param {string} lockFile */
function take(lockFile) {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  if (!ownerIsAlive(lockFile)) rmSync(lockFile, { force: true });
  return false;
}

/** @param {string} lockFile */
function ownerIsAlive(lockFile) {
  let owner;
  try {
    owner = Number(readFileSync(lockFile, 'utf8'));
  } catch {
    return false;
  }
  // Between creating and writing the file it is empty for a moment.
  if (!Number.isInteger(owner) || owner <= 0) return true;
  return isAlive(owner);
}
