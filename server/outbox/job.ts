/** An effect owed to the world, kept in the transaction of the fact that owes it. */
export interface NewJob {
  kind: string;
  /** Owed once: a second job with the same key is not added. */
  key: string;
  bookingId: string | null;
  payload?: Record<string, unknown>;
  /** Epoch ms; at once when absent. */
  runAt?: number;
}

export interface ClaimedJob {
  id: number;
  kind: string;
  bookingId: string | null;
  payload: Record<string, unknown>;
  /** How often it has been started, this time included. */
  attempts: number;
  lease: string;
  createdAt: number;
}

export type JobResult =
  | { result: 'done' }
  | { result: 'again'; inMs: number; error: string }
  /** It was not its turn, so nothing was tried: this does not count. */
  | { result: 'later'; inMs: number }
  /** Out of tries or hopeless: it goes on the list a human sees. */
  | { result: 'dead'; error: string };

export type JobHandler = (job: ClaimedJob, signal: AbortSignal) => Promise<JobResult>;

export const done: JobResult = { result: 'done' };
