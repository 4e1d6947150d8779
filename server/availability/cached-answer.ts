import type { Clock } from '../clock.ts';
import { withDeadline } from '../http/deadline.ts';
import { SchedulingError, type CallOptions } from '../scheduling/scheduling.ts';

export interface Answer<T> {
  value: T;
  /** Epoch ms before the question went out: what was so by then, the answer knows. */
  askedAt: number;
  /** It could not be asked again (in time), though it should have been. */
  stale: boolean;
}

export interface CachedAnswer<T> {
  /**
   * The answer: asked for once, however many want it. An old one only while the new one fails or is slow to come, and
   * never with `fresh`.
   */
  read(options?: CallOptions & { fresh?: boolean }): Promise<Answer<T>>;
  /** What is known, and what a question already under way will tell, may be wrong from now on. */
  expire(): void;
}

export interface CachedAnswerDeps<T> {
  clock: Clock;
  ask: (signal: AbortSignal) => Promise<T>;
  freshMs: number;
  /** How old an answer may be shown at all. */
  staleMs: number;
  onFailure?: (error: unknown) => void;
}

/** Who could be shown an old answer waits this long for the new one. */
export const patienceMs = 500;
/** After a failure nobody asks again for this long. */
export const pauseMs = 2_000;
/** A question that is not answered by then has failed, whoever forgot to end it. */
const deadlineMs = 10_000;

interface Kept<T> {
  value: T;
  askedAt: number;
  epoch: number;
}

interface Flight<T> {
  /** Null until it has left. */
  epoch: number | null;
  answer: Promise<Kept<T>>;
  /** Resolves when patience is over; made when the first one needs it. */
  overdue: Promise<null> | null;
}

export function createCachedAnswer<T>(deps: CachedAnswerDeps<T>): CachedAnswer<T> {
  const { clock, ask, freshMs, staleMs, onFailure } = deps;
  let epoch = 0;
  let kept: Kept<T> | null = null;
  let failure: { error: unknown; at: number } | null = null;
  let flying: Flight<T> | null = null;
  let queued: Flight<T> | null = null;

  async function fly(flight: Flight<T>): Promise<Kept<T>> {
    const askedAt = clock.now();
    const askedIn = epoch;
    flight.epoch = askedIn;
    flying = flight;
    if (queued === flight) queued = null;
    try {
      const value = await withDeadline(clock, deadlineMs, neverAborted, (signal) =>
        unlessAborted(ask(signal), signal),
      );
      failure = null;
      return (kept = { value, askedAt, epoch: askedIn });
    } catch (error) {
      failure = { error, at: clock.now() };
      // What is gone must not live on here.
      if (isGone(error)) kept = null;
      onFailure?.(error);
      throw error;
    } finally {
      flying = null;
    }
  }

  /**
   * The question under way, if it left after the last `expire`. Else the one that leaves when that is back: never two at
   * once, so that a storm of bookings cannot become a storm of questions.
   */
  function board(): Flight<T> {
    if (flying !== null && flying.epoch === epoch) return flying;
    if (queued !== null) return queued;
    const flight: Flight<T> = { epoch: null, answer: neverAnswered, overdue: null };
    if (flying === null) {
      flight.answer = fly(flight);
    } else {
      queued = flight;
      const leave = (): Promise<Kept<T>> => fly(flight);
      flight.answer = flying.answer.then(leave, leave);
    }
    // Whoever waited may have lost patience.
    flight.answer.catch(() => undefined);
    return flight;
  }

  function overdue(flight: Flight<T>): Promise<null> {
    if (flight.overdue === null) {
      const landed = new AbortController();
      const land = (): void => landed.abort();
      flight.answer.then(land, land);
      flight.overdue = new Promise((resolve) => {
        clock.wait(patienceMs, landed.signal).then(
          () => resolve(null),
          () => undefined,
        );
      });
    }
    return flight.overdue;
  }

  function old(): Answer<T> | null {
    if (kept === null || clock.now() - kept.askedAt >= staleMs) return null;
    return { value: kept.value, askedAt: kept.askedAt, stale: true };
  }

  return {
    async read({ signal, fresh = false } = {}) {
      if (kept !== null && kept.epoch === epoch && clock.now() - kept.askedAt < freshMs) {
        return { value: kept.value, askedAt: kept.askedAt, stale: false };
      }
      if (failure !== null && clock.now() - failure.at < pauseMs) {
        const answer = fresh ? null : old();
        if (answer !== null) return answer;
        throw failure.error;
      }
      const flight = board();
      if (!fresh && old() !== null) {
        const first = Promise.race([flight.answer.catch(() => null), overdue(flight)]);
        const landed = await unlessAborted(first, signal);
        const answer = landed === null ? old() : null;
        if (answer !== null) return answer;
      }
      const { value, askedAt } = await unlessAborted(flight.answer, signal);
      return { value, askedAt, stale: false };
    },
    expire() {
      epoch++;
    },
  };
}

const neverAborted = new AbortController().signal;
const neverAnswered = new Promise<never>(() => undefined);

const isGone = (error: unknown): boolean =>
  error instanceof SchedulingError && error.failure === 'not_found';

/** The promise, unless the signal aborts first; the work itself goes on for the others who wait for it. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () =>
      reject(
        new SchedulingError('unavailable', 'Calendly was not waited for any longer.', {
          cause: signal.reason,
        }),
      );
  });
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
