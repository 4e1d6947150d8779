import type { Clock } from '../clock.ts';

/** Leave to make one call; told once how it went. */
export interface Permit {
  succeeded(): void;
  failed(): void;
  /** The caller left: nothing is known about Calendly. */
  abandoned(): void;
}

export interface Breaker {
  /** Null while Calendly is taken to be down. */
  enter(): Permit | null;
}

const failuresToOpen = 5;
const firstPauseMs = 1000;
const longestPauseMs = 10_000;

/**
 * Spares a service that is down, and our callers the wait. After five failures in a row calls fail at once; then one
 * call at a time is let through to see, after one second at first, ten at most, so that recovery is noticed soon.
 */
export function createBreaker(deps: { clock: Clock; fraction: () => number }): Breaker {
  const { clock, fraction } = deps;
  let failures = 0;
  let pauseMs = firstPauseMs;
  let openUntil: number | null = null;
  let probing = false;

  const open = (): void => {
    // Several backends must not come back in step.
    openUntil = clock.now() + pauseMs * (1 + fraction() / 4);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  };
  const close = (): void => {
    failures = 0;
    pauseMs = firstPauseMs;
    openUntil = null;
    probing = false;
  };

  return {
    enter() {
      const isProbe = openUntil !== null;
      if (openUntil !== null && (probing || clock.now() < openUntil)) return null;
      if (isProbe) probing = true;
      return {
        succeeded: close,
        failed() {
          if (isProbe) {
            probing = false;
            open();
          } else if (openUntil === null) {
            failures += 1;
            if (failures >= failuresToOpen) open();
          }
        },
        abandoned() {
          if (isProbe) probing = false;
        },
      };
    },
  };
}
