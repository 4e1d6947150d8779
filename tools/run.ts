import { spawn } from 'node:child_process';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a command of this project and waits for it: its exit code, or 1 when it crashed. Commands are those of
 * node_modules/.bin, which the launcher has put on the PATH. When we are told to stop, the command is stopped first.
 */
export async function run(
  command: string,
  args: string[],
  options: { env?: NodeJS.ProcessEnv } = {},
): Promise<number> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...options.env },
    shell: process.platform === 'win32',
  });
  let stopped = false;
  const stop = () => {
    stopped = true;
    // The test runners close their browsers and workers on an interrupt, not on other signals.
    child.kill('SIGINT');
  };
  for (const signal of STOP_SIGNALS) process.on(signal, stop);
  try {
    const code = await new Promise<number>((resolve) => {
      child.on('error', (error) => {
        console.error(`Cannot run ${command}: ${error.message}`);
        resolve(1);
      });
      child.on('exit', (exitCode) => resolve(exitCode ?? 1));
    });
    if (stopped) process.exit(130);
    return code;
  } finally {
    for (const signal of STOP_SIGNALS) process.off(signal, stop);
  }
}
