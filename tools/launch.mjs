// @ts-check
// Every script of this package starts here, so that all of them work right after `git clone`, on any Node from 20 on:
//
//   node tools/launch.mjs [--production] <file.ts | command> [arguments]
//
// It installs what is missing, finds (or fetches) a Node that can run the project, and runs the command with it.
// Plain JavaScript on purpose: an older Node cannot run TypeScript files.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { exclusively } from './launch/exclusively.mjs';
import { findNode } from './launch/find-node.mjs';
import { installPackages } from './launch/install-packages.mjs';
import { PROJECT_ROOT } from './launch/project-root.mjs';
import { watchNpm } from './launch/watch-npm.mjs';

const STOP_SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

const given = process.argv.slice(2);
const production = given[0] === '--production';
const [name, ...rest] = production ? given.slice(1) : given;

if (name === undefined) {
  console.error('Usage: node tools/launch.mjs [--production] <file.ts | command> [arguments]');
  process.exit(2);
}

/** @type {string} */
let nodeFolder;
try {
  nodeFolder = await exclusively(join(PROJECT_ROOT, '.node', 'launch.lock'), () => {
    installPackages({ production });
    return findNode();
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

run(name, rest, [nodeFolder, join(PROJECT_ROOT, 'node_modules', '.bin')]);

/**
 * Runs the command in our place: its exit code is ours, and it ends when we are told to end.
 * @param {string} command
 * @param {string[]} args
 * @param {string[]} folders that come first on the PATH
 */
function run(command, args, folders) {
  const isFile = /\.[cm]?[jt]s$/.test(command);
  const isWindows = process.platform === 'win32';
  const pathKey = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const env = {
    // What was compiled once is not compiled again by the next process: half of the time that a start takes.
    NODE_COMPILE_CACHE: join(
      PROJECT_ROOT,
      'node_modules',
      '.cache',
      'booking-calendar',
      'compiled',
    ),
    ...process.env,
    [pathKey]: [...folders, process.env[pathKey]].join(delimiter),
  };
  const child = isFile
    ? spawn(join(folders[0] ?? '', isWindows ? 'node.exe' : 'node'), [command, ...args], {
        cwd: PROJECT_ROOT,
        env,
        stdio: 'inherit',
      })
    : spawn(command, args, { cwd: PROJECT_ROOT, env, stdio: 'inherit', shell: isWindows });

  // npm passes a signal on, and a terminal has already told the child of its Ctrl-C: each kind is forwarded once.
  let stopping = false;
  for (const signal of STOP_SIGNALS) {
    process.on(signal, () => {
      if (stopping || (signal === 'SIGINT' && process.stdin.isTTY)) return;
      stopping = true;
      child.kill(signal);
    });
  }

  const stopWatching = watchNpm(() => {
    if (!stopping) child.kill('SIGTERM');
    stopping = true;
  });

  child.on('error', (error) => {
    console.error(`Cannot run ${command}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    stopWatching();
    if (signal === null) process.exit(code ?? 1);
    for (const forwarded of STOP_SIGNALS) process.removeAllListeners(forwarded);
    process.kill(process.pid, signal);
  });
}
