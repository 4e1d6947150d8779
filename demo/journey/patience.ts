// How long a story waits for what it was promised, on the slowest machine that anybody runs it on. What is there at once
// is found at once: nothing takes longer for it.

/** For `expect.poll` and `vi.waitFor`, whose own patience ends after a second. */
export const patient = { timeout: 20_000 };

/** For a `describe`. */
export const story = { timeout: 90_000 };
