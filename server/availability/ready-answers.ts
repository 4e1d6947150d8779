import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { createReadyAnswer, type ReadyAnswer } from './ready-answer.ts';

/** What an answer says, and when it is wrong at the latest (epoch ms). */
export interface Content {
  value: unknown;
  until: number;
}

/** Answers that are kept for a moment, so that a crowd is served with the same bytes. */
export interface ReadyAnswers {
  /** At once when it is kept; else made, once however many want it. */
  get(key: string, make: () => Promise<Content>): ReadyAnswer | Promise<ReadyAnswer>;
}

/** Holds of another process of ours are seen after this time. */
const keptMs = 1_000;
const mostBytes = 32_000_000;

export function createReadyAnswers(deps: { clock: Clock; version: () => number }): ReadyAnswers {
  const { clock, version } = deps;
  interface Kept {
    answer: ReadyAnswer;
    version: number;
    until: number;
  }
  const kept = new LRUCache<string, Kept>({
    max: 500,
    maxSize: mostBytes,
    sizeCalculation: ({ answer }, key) => answer.bytes + key.length + 1_000,
  });
  const making = new Map<string, { version: number; answer: Promise<ReadyAnswer> }>();

  async function produce(
    key: string,
    madeIn: number,
    make: () => Promise<Content>,
  ): Promise<ReadyAnswer> {
    const madeAt = clock.now();
    const { value, until } = await make();
    const fresh = createReadyAnswer(value);
    const before = kept.peek(key)?.answer;
    // The same content needs no new bytes and no new compression.
    const answer = before?.hash === fresh.hash ? before : fresh;
    kept.set(key, { answer, version: madeIn, until: Math.min(until, madeAt + keptMs) });
    return answer;
  }

  return {
    get(key, make) {
      const found = kept.get(key);
      const now = version();
      if (found !== undefined && found.version === now && clock.now() < found.until) {
        return found.answer;
      }
      const running = making.get(key);
      if (running?.version === now) return running.answer;
      const run = { version: now, answer: produce(key, now, make) };
      making.set(key, run);
      const forget = (): void => {
        if (making.get(key) === run) making.delete(key);
      };
      run.answer.then(forget, forget);
      return run.answer;
    },
  };
}
