import type { Clock } from './clock.ts';

export interface BackgroundTask {
  name: string;
  everyMs: number;
  work: (signal: AbortSignal) => Promise<unknown>;
}

export interface Background {
  start(): void;
  /** Ends what is under way; resolves when nothing runs any more. */
  stop(): Promise<void>;
}

/** Things done now and then, until the end; their failures are told and never end them. */
export function createBackground(deps: {
  clock: Clock;
  tasks: readonly BackgroundTask[];
  log: (entry: { event: string; [key: string]: unknown }) => void;
}): Background {
  const { clock, tasks, log } = deps;
  const stopped = new AbortController();
  const { signal } = stopped;
  let running: Promise<unknown> = Promise.resolve();

  async function repeat({ name, everyMs, work }: BackgroundTask): Promise<void> {
    while (!signal.aborted) {
      await work(signal).catch((error: unknown) => {
        if (!signal.aborted) {
          log({ event: name, error: error instanceof Error ? error.message : String(error) });
        }
      });
      await clock.wait(everyMs, signal).catch(() => undefined);
    }
  }

  return {
    start() {
      running = Promise.all(tasks.map(repeat));
    },
    async stop() {
      stopped.abort();
      await running;
    },
  };
}
