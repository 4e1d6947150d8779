/** Allows retries in proportion to calls, so that an outage is not answered with a multiple of the usual traffic. */
export interface RetryBudget {
  /** A first attempt was made. */
  earn(): void;
  /** True, once, for a retry that may be made. */
  spend(): boolean;
}

/** One retry for ten calls, as Google's SRE book has it; the ten to begin with serve a site with little traffic. */
export function createRetryBudget(options: { perCall?: number; most?: number } = {}): RetryBudget {
  const { perCall = 0.1, most = 10 } = options;
  let left = most;
  return {
    earn() {
      left = Math.min(most, left + perCall);
    },
    spend() {
      // Tenths do not add up exactly in binary.
      if (left < 1 - 1e-9) return false;
      left -= 1;
      return true;
    },
  };
}
