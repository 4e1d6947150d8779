import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from './root.ts';

export interface BackendProcess {
  /** Resolves with its exit code when the process is gone; null when it was killed or never ran. */
  readonly ended: Promise<number | null>;
  /** What it wrote last, oldest first. */
  lastLines(): string[];
  /** Asks it to drain, and insists when it does not. */
  stop(): Promise<void>;
  /** Ends it as a power cut would; resolves when it is gone. */
  kill(): Promise<void>;
  /** Its time goes on by this much at once; only where it was started to travel. */
  advance(ms: number): void;
}

export interface BackendOptions {
  hear?: (line: string) => void;
  /** Its clock is this far ahead, and can be sent on. */
  aheadMs?: number;
}

const keptLines = 20;
/** It comes up in a second; a machine that has other things to do may take its time. */
const readyMs = 60_000;
/** The backend gives itself ten seconds to drain. */
const drainMs = 12_000;

/**
 * The real backend, told everything by its environment and by nothing else: a key that happens to be set in a
 * developer's shell must not reach it.
 */
export async function startBackend(
  url: string,
  env: Record<string, string>,
  { hear, aheadMs }: BackendOptions = {},
): Promise<BackendProcess> {
  const travels = aheadMs !== undefined;
  const clock = `./demo/start/travelling-date.ts?ahead=${aheadMs}`;
  const child = spawn(
    process.execPath,
    [...(travels ? ['--import', clock] : []), 'server/main.ts'],
    {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe', ...(travels ? (['ipc'] as const) : [])],
    },
  );
  const lines: string[] = [];
  for (const output of [child.stdout, child.stderr]) {
    if (!output) continue;
    createInterface({ input: output }).on('line', (line) => {
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
      hear?.(line);
    });
  }
  let isAlive = true;
  const ended = new Promise<number | null>((resolve) => {
    const end = (exitCode: number | null): void => {
      isAlive = false;
      resolve(exitCode);
    };
    child.once('error', (error) => {
      lines.push(error.message);
      end(null);
    });
    // Not `exit`: the last lines may still be on their way then.
    child.once('close', end);
  });
  // Whatever ends us must not leave it behind.
  const takeAlong = (): boolean => child.kill('SIGKILL');
  process.once('exit', takeAlong);
  void ended.then(() => process.removeListener('exit', takeAlong));

  const backend: BackendProcess = {
    ended,
    lastLines: () => [...lines],
    async stop() {
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), drainMs);
      await ended;
      clearTimeout(insist);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    advance: (ms) => void (child.connected && child.send({ advanceMs: ms })),
  };
  const deadline = Date.now() + readyMs;
  while (!(await isReady(url))) {
    if (!isAlive) throw new Error(`The backend did not start.\n${lines.join('\n')}`);
    if (Date.now() > deadline) {
      await backend.stop();
      throw new Error(`The backend did not become ready.\n${lines.join('\n')}`);
    }
    await wait(50);
  }
  return backend;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}
