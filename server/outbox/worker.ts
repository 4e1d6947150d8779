import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import type { ClaimedJob, JobHandler, JobResult } from './job.ts';
import { claimJob, concludeJob, nextDue } from './job.store.ts';

export interface Worker {
  /** Works on a job that the caller has claimed; resolves with what came of it. */
  run(job: ClaimedJob, signal?: AbortSignal): Promise<JobResult>;
  /** Works through everything that is due now; resolves with the number of tries. */
  runDue(): Promise<number>;
  /** Goes on until stopped, waking for what is due and whenever `wake` is called. */
  start(): void;
  wake(): void;
  /** Takes no further job and waits for those under way; what takes too long is broken off and stays owed. */
  stop(): Promise<void>;
}

export interface WorkerDeps {
  db: Database;
  clock: Clock;
  handlers: Readonly<Record<string, JobHandler>>;
  /** A name no other worker has. */
  lease: () => string;
  log: (entry: { event: string; [key: string]: unknown }) => void;
}

/** A try may last this long; less than a lease. */
const tryMs = 15_000;
/** Other processes may have added jobs: look at least this often. */
const pollMs = 1_000;
const parallel = 4;
/** How long `stop` waits before it breaks off what is under way. */
const graceMs = 7_000;

export function createWorker({ db, clock, handlers, lease, log }: WorkerDeps): Worker {
  const stopped = new AbortController();
  const brokenOff = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  let loops: Promise<unknown> | null = null;
  let wakeUp = new AbortController();

  async function run(job: ClaimedJob, signal?: AbortSignal): Promise<JobResult> {
    const handler = handlers[job.kind];
    const over = new AbortController();
    const ended = new AbortController();
    clock.wait(tryMs, ended.signal).then(
      () => over.abort(new Error('The try took too long.')),
      () => undefined,
    );
    const signals = [over.signal, brokenOff.signal, ...(signal ? [signal] : [])];
    let result: JobResult;
    try {
      result = handler
        ? await handler(job, AbortSignal.any(signals))
        : { result: 'dead', error: `No handler for ${job.kind}.` };
    } catch (error) {
      // A fault of ours or a foreign service in an unforeseen state: later may work, for ever silent would not.
      const detail = error instanceof Error ? error.message : String(error);
      result =
        job.attempts >= 20
          ? { result: 'dead', error: detail }
          : { result: 'again', inMs: backOff(job.attempts), error: detail };
    } finally {
      ended.abort();
    }
    if (result.result === 'again' || result.result === 'dead') {
      const { kind, bookingId: booking, attempts } = job;
      const about = { event: 'job', kind, booking, attempts, result: result.result };
      // Another try is everyday life; giving up is not.
      log(
        result.result === 'dead'
          ? { ...about, error: result.error }
          : { ...about, reason: result.error },
      );
    }
    await concludeJob(db, job, result, clock.now());
    return result;
  }

  function track<T>(work: Promise<T>): Promise<T> {
    const entry = work.catch(() => undefined).finally(() => underWay.delete(entry));
    underWay.add(entry);
    return work;
  }

  async function runDue(): Promise<number> {
    let tries = 0;
    while (!stopped.signal.aborted) {
      const job = await claimJob(db, clock.now(), lease());
      if (!job) break;
      await track(run(job));
      tries++;
    }
    return tries;
  }

  async function keepGoing(): Promise<void> {
    while (!stopped.signal.aborted) {
      // Taken before looking: a wake that comes while we look must not be missed.
      const pause = wakeUp.signal;
      try {
        await runDue();
        const due = await nextDue(db);
        const delay = due === null ? pollMs : Math.min(pollMs, Math.max(10, due - clock.now()));
        await clock.wait(delay, AbortSignal.any([pause, stopped.signal])).catch(() => undefined);
      } catch (error) {
        log({ event: 'worker', error: error instanceof Error ? error.message : String(error) });
        await clock.wait(pollMs, stopped.signal).catch(() => undefined);
      }
    }
  }

  return {
    run: (job, signal) => track(run(job, signal)),
    runDue,
    start() {
      // Several at once, so that a slow mail server never keeps a booking waiting.
      loops ??= Promise.all(Array.from({ length: parallel }, keepGoing));
    },
    wake() {
      const asleep = wakeUp;
      wakeUp = new AbortController();
      asleep.abort();
    },
    async stop() {
      stopped.abort();
      const ended = new AbortController();
      clock.wait(graceMs, ended.signal).then(
        () => brokenOff.abort(new Error('The process is ending.')),
        () => undefined,
      );
      await loops;
      await Promise.all(underWay);
      ended.abort();
    },
  };
}

/** 2 s, 4 s, … at most 5 min. */
export const backOff = (attempts: number): number => Math.min(300_000, 1_000 * 2 ** attempts);
