import { parseArgs } from 'node:util';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import {
  deadJobs,
  dismissJob,
  retryJob,
  stuckJobs,
  type DeadJob,
  type StuckJob,
  type TroubledJob,
} from './troubled-jobs.ts';

export interface JobsCommandDeps {
  db: Database;
  clock: Clock;
  print: (text: string) => void;
}

const usage = `npm run jobs                     what waits for you, and what is tried for suspiciously long
npm run jobs -- --retry <id>     try it once more; a running backend takes it up within seconds
npm run jobs -- --dismiss <id>   take off the list what you have settled some other way`;

/** The list that a human sees, and what a human can do about it. Resolves with the exit code. */
export async function runJobsCommand(
  args: readonly string[],
  { db, clock, print }: JobsCommandDeps,
): Promise<number> {
  const wish = readWish(args);
  if (wish === null) {
    print(usage);
    return 2;
  }
  const now = clock.now();
  switch (wish.wish) {
    case 'list':
      print(listInWords(await deadJobs(db), await stuckJobs(db, now)));
      return 0;
    case 'retry': {
      const isOwed = await retryJob(db, wish.id, now);
      print(
        isOwed
          ? `Job ${wish.id} is owed again. A running backend takes it up within seconds.`
          : `Job ${wish.id} cannot be tried now: there is none, it is done, or somebody is at it.`,
      );
      return isOwed ? 0 : 1;
    }
    case 'dismiss': {
      const isOff = await dismissJob(db, wish.id, now);
      print(
        isOff ? `Job ${wish.id} is off the list.` : `There is no job ${wish.id} that was given up.`,
      );
      return isOff ? 0 : 1;
    }
  }
}

type Wish = { wish: 'list' } | { wish: 'retry' | 'dismiss'; id: number };

/** Null when it cannot be understood. */
function readWish(args: readonly string[]): Wish | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { retry: { type: 'string' }, dismiss: { type: 'string' } },
    });
    const [wish, ...others] = (['retry', 'dismiss'] as const).filter((name) => name in values);
    if (wish === undefined) return { wish: 'list' };
    const id = values[wish] ?? '';
    return others.length === 0 && /^\d{1,15}$/.test(id) ? { wish, id: Number(id) } : null;
  } catch {
    return null;
  }
}

function listInWords(dead: readonly DeadJob[], stuck: readonly StuckJob[]): string {
  if (dead.length + stuck.length === 0) return 'No job needs you.';
  return [
    ...section('Given up, and waiting for you', dead, deadInWords),
    ...section('Tried for suspiciously long, and still being tried', stuck, stuckInWords),
    usage,
  ].join('\n\n');
}

const section = <J extends TroubledJob>(
  title: string,
  jobs: readonly J[],
  inWords: (job: J) => string,
): string[] =>
  jobs.length === 0
    ? []
    : [`${title}:`, ...jobs.map((job) => `${titleOf(job)}\n      ${inWords(job)}`)];

const titleOf = ({ id, kind, bookingId }: TroubledJob): string =>
  `  ${id}  ${kind.replaceAll('-', ' ')}${bookingId === null ? '' : `, booking ${bookingId}`}`;

const deadInWords = (job: DeadJob): string =>
  `given up ${moment(job.deadAt)} after ${tries(job)}: ${reason(job)}`;

const stuckInWords = (job: StuckJob): string =>
  `${tries(job)} since ${moment(job.createdAt)}, due ${moment(job.runAt)}: ${reason(job)}`;

const tries = ({ attempts }: TroubledJob): string =>
  attempts === 1 ? '1 try' : `${attempts} tries`;

const moment = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Others' words may be anything: no address is repeated, and nothing that a terminal would obey. */
const reason = ({ lastError }: TroubledJob): string =>
  (lastError ?? 'no reason is known.')
    .replace(/[^\s<>"']+@[^\s<>"']+/g, '(an address)')
    .replace(/\p{Cc}+/gu, ' ');
