// @ts-check
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isAlive } from './is-alive.mjs';

const POLL_MS = 500;

/**
 * npm runs a script through a shell that survives it, and tells nobody when it is killed. So that nothing is left
 * running, we look whether our parent (the shell) and its parent (npm) are still there.
 * @param {() => void} onGone called once
 * @returns {() => void} stops looking
 */
export function watchNpm(onGone) {
  const shell = process.ppid;
  const npm = process.env['npm_lifecycle_event'] === undefined ? undefined : parentOf(shell);
  const timer = setInterval(() => {
    if (process.ppid === shell && (npm === undefined || isAlive(npm))) return;
    clearInterval(timer);
    onGone();
  }, POLL_MS);
  return () => clearInterval(timer);
}

/**
 * @param {number} pid
 * @returns {number | undefined}
 */
function parentOf(pid) {
  if (process.platform === 'win32') return undefined;
  const parent = Number(process.platform === 'linux' ? fromProc(pid) : fromPs(pid));
  return Number.isInteger(parent) && parent > 1 ? parent : undefined;
}

/**
 * Slim images of Linux have no `ps`.
 * @param {number} pid
 */
function fromProc(pid) {
  try {
    // "pid (name) state parent …", and the name may hold spaces and brackets itself.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1];
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function fromPs(pid) {
  return spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim();
}
