import { availableTimesPath } from '../api/read-times.ts';

/**
 * The first times are asked for the moment the element is on the page. Finding out the visitor's zone and drawing the
 * skeleton take long on a slow phone, and the answer needs neither to be on its way.
 */
export interface EarlyQuestion {
  /** Asks, unless it was asked before. */
  ask(server: string, sessionTypeId: string): void;
  /** Something else comes first: by the time that the times are wanted, this answer would be old. */
  drop(): void;
  /** `fetch`, with the answer to the early question when it is the one that is asked for. */
  readonly fetch: typeof globalThis.fetch;
}

export const createEarlyQuestion = (send: typeof globalThis.fetch): EarlyQuestion => {
  let early: { url: string; answer: Promise<Response>; stop: AbortController } | undefined;
  return {
    ask(server, sessionTypeId) {
      if (early !== undefined) return;
      const { href: url } = new URL(availableTimesPath({ sessionTypeId }), server);
      const stop = new AbortController();
      const answer = send(url, { credentials: 'omit', signal: stop.signal });
      // Whether it failed is asked by whoever wants the answer, and maybe nobody does.
      answer.catch(() => undefined);
      early = { url, answer, stop };
    },
    drop() {
      early?.stop.abort();
      if (early !== undefined) early = { ...early, url: '' };
    },
    fetch(input, init) {
      const asked = early;
      if (asked?.url !== (input instanceof URL ? input.href : input)) return send(input, init);
      // Once: a second question wants a second answer.
      early = { ...asked, url: '' };
      init?.signal?.addEventListener('abort', () => asked.stop.abort(), { once: true });
      return asked.answer;
    },
  };
};
