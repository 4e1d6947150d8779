import type { Clock } from '../../../server/clock.ts';

/** What happens by itself when its time has come. */
export interface Agenda {
  at(ms: number, work: () => void): void;
  /** Forgets everything that was to come. */
  clear(): void;
}

export function createAgenda(clock: Clock): Agenda {
  let cleared = new AbortController();
  return {
    at(ms, work) {
      const { signal } = cleared;
      clock.wait(ms - clock.now(), signal).then(
        () => {
          if (!signal.aborted) work();
        },
        () => undefined,
      );
    },
    clear() {
      cleared.abort();
      cleared = new AbortController();
    },
  };
}
