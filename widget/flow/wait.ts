import type { Environment } from './environment.ts';
import type { World } from './world.ts';

const wait: NonNullable<Environment['wait']> = (ms, signal) =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });

/** Rejects when the signal aborts; nothing is left running then. */
export const waitOf = ({ environment }: World) => environment.wait ?? wait;
