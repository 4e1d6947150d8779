import { connectionLost } from './calendly/interference.ts';

/** One life of a process. When it ends, nothing of it goes on: it neither does nor hears anything more. */
export interface ProcessLife {
  /** Aborts when it ends. */
  readonly signal: AbortSignal;
  /** `work` for as long as the process lives; what it was about to answer then is never heard. */
  mortal<A extends unknown[], R>(work: (...args: A) => Promise<R>): (...args: A) => Promise<R>;
  /** What somebody outside asked of the process. When it ends meanwhile, they find the connection lost. */
  serve<T>(work: () => Promise<T>): Promise<T>;
  end(): void;
}

/** A new one each time: whoever waits for it is to be forgotten. */
const never = (): Promise<never> => new Promise(() => undefined);

export function createProcessLife(): ProcessLife {
  const life = new AbortController();
  const { signal } = life;
  const waiting = new Set<(reason: Error) => void>();

  return {
    signal,
    mortal:
      (work) =>
      async (...args) => {
        if (signal.aborted) return never();
        try {
          const result = await work(...args);
          return signal.aborted ? never() : result;
        } catch (error) {
          if (signal.aborted) return never();
          throw error;
        }
      },
    serve: (work) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(connectionLost());
        waiting.add(reject);
        work()
          .then(resolve, reject)
          .finally(() => waiting.delete(reject));
      }),
    end() {
      life.abort();
      for (const leave of waiting) leave(connectionLost());
      waiting.clear();
    },
  };
}
