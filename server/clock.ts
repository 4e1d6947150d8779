/** The only source of time. Tests and simulations pass one they can move by hand. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /**
   * Resolves after `ms` of this clock's time, at once when `ms` is not positive.
   * Rejects with `signal.reason` as soon as the signal aborts; nothing is left running then.
   */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** `bytes` random bytes; seeded in simulations, `crypto` otherwise. */
export type RandomBytes = (bytes: number) => Uint8Array;

export const systemClock: Clock = {
  now: () => Date.now(),
  wait: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (ms <= 0) return resolve();
      const abort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', abort, { once: true });
    }),
};

export const systemRandom: RandomBytes = (bytes) => crypto.getRandomValues(new Uint8Array(bytes));
