// @ts-check
import { spawnSync } from 'node:child_process';

/**
 * Runs the npm that started us (or the one on the PATH) and waits for it.
 * @param {string[]} args
 * @param {string} cwd
 */
export function npm(args, cwd) {
  const cli = process.env['npm_execpath'];
  const result =
    cli !== undefined && /npm-cli\.[cm]?js$/.test(cli)
      ? spawnSync(process.execPath, [cli, ...args], { cwd, stdio: ['ignore', 2, 2] })
      : spawnSync('npm', args, {
          cwd,
          stdio: ['ignore', 2, 2],
          shell: process.platform === 'win32',
        });
  if (result.status !== 0) {
    throw new Error(
      `npm ${args.join(' ')} failed in ${cwd}. It needs the package registry: is there a network?`,
    );
  }
}
