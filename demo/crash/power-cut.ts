import { setTimeout as wait } from 'node:timers/promises';
import { type ProcessDeployment, startProcesses } from '../sandbox/process-deployment.ts';
import { type Buyer, config, holdTimes, seed } from './shop.ts';
import { openOwed, type Owed, type OwedJob } from './owed.ts';

/** What a series of power cuts did to everybody who was in the middle of a paid booking. */
export interface Outage {
  buyers: Buyer[];
  /** Whose time somebody else took while they were paying. */
  outrun: Set<string>;
  /** How many were not through when the power went, each time. */
  inFlight: number[];
  /** From the last restart until nothing was on its way any more: the time that had to pass, and the work. */
  settled: { waitedMs: number; workedMs: number };
}

/** The longest that anybody waits for everything to settle, in real time: then it never will. */
const patienceMs = 120_000;
const lookMs = 10;
/** Calendly counts what it is asked in any minute. */
const minuteMs = 61_000;

/** A deployment whose power can be cut as often as one likes. */
export interface CrashSite {
  deployment: ProcessDeployment;
  owed: Owed;
  close(): Promise<void>;
}

export async function openCrashSite(): Promise<CrashSite> {
  const deployment = await startProcesses({
    seed,
    config,
    travels: true,
    env: { LOG_LEVEL: 'error' },
  });
  const owed = openOwed(deployment.databaseFile);
  return {
    deployment,
    owed,
    async close() {
      owed.close();
      await deployment.stop();
    },
  };
}

/**
 * Cuts the power once for each number in `progress`: so many more are through by then, of all who paid at the same moment.
 * Before each cut so many come that there are `inFlight` again.
 */
export async function cutPower(
  site: CrashSite,
  options: { inFlight: number; progress: readonly number[] },
): Promise<Outage> {
  const { deployment, owed } = site;
  const outage: Outage = {
    buyers: [],
    outrun: new Set(),
    inFlight: [],
    settled: { waitedMs: 0, workedMs: 0 },
  };
  let dead = new Set<string>();
  for (const progress of options.progress) {
    deployment.travel(minuteMs);
    const buyers = await holdTimes(deployment, options.inFlight - owed.bookings());
    outage.buyers.push(...buyers);
    for (const id of outrun(deployment, buyers)) outage.outrun.add(id);
    await pay(deployment, buyers);
    const before = booked(deployment);
    // A quarter of them is outrun and never gets there.
    const reachable = Math.min(progress, Math.floor(buyers.length / 2));
    await until(() => booked(deployment) - before >= reachable);

    const [backend] = deployment.backends;
    await backend?.kill();
    // So many seldom pay within one minute: what Calendly allows in it is not what this is about.
    deployment.sandbox.calendly.forgetRequests();
    outage.inFlight.push(owed.bookings());
    dead = owed.leases();
    await backend?.restart();
  }
  outage.settled = await settle(site, outage.buyers, dead);
  return outage;
}

/** What was owed is done, and time that has only to pass is sent ahead. */
async function settle(
  { deployment, owed }: CrashSite,
  buyers: readonly Buyer[],
  dead: ReadonlySet<string>,
): Promise<Outage['settled']> {
  const restartedAt = Date.now();
  await comeBack(deployment, buyers);
  let sentAheadMs = 0;
  let idleMs = 0;
  let lookedAt = Date.now();
  await until(() => {
    const sinceMs = Date.now() - lookedAt;
    lookedAt += sinceMs;
    const jobs = owed.jobs(deployment.now());
    if (jobs.length === 0) {
      const isOver = owed.bookings() === 0;
      // Nobody is at work on what is not over yet: that is waiting, too.
      idleMs += isOver ? 0 : sinceMs;
      return isOver;
    }
    const waitMs = untilSomeoneWorks(jobs, dead, deployment.now());
    if (waitMs > 0) deployment.travel(waitMs);
    sentAheadMs += waitMs;
    return false;
  });
  const tookMs = Date.now() - restartedAt;
  return { waitedMs: sentAheadMs + idleMs, workedMs: tookMs - idleMs };
}

/** Somebody is quicker than half of those who want the host to themselves. */
function outrun({ sandbox }: ProcessDeployment, buyers: readonly Buyer[]): string[] {
  return buyers
    .filter(({ sessionTypeId }) => sessionTypeId === 'lesson' || sessionTypeId === 'review')
    .filter((_, index) => index % 4 < 2)
    .map(({ sessionTypeId, startTime, bookingId }) => {
      sandbox.calendly.bookAsStranger(sessionTypeId, startTime);
      return bookingId;
    });
}

const checkoutsOf = ({ sandbox }: ProcessDeployment, buyers: readonly Buyer[]) => {
  const ids = new Set(buyers.map(({ bookingId }) => bookingId));
  return sandbox.stripe.state.sessions.filter(({ metadata }) =>
    ids.has(metadata['booking_id'] ?? ''),
  );
};

async function pay(deployment: ProcessDeployment, buyers: readonly Buyer[]): Promise<void> {
  await until(() => checkoutsOf(deployment, buyers).length === buyers.length);
  for (const { id } of checkoutsOf(deployment, buyers)) deployment.sandbox.stripe.pay(id);
}

/** Every other one comes back from Checkout and finds somebody there; the others have closed the tab. */
async function comeBack(deployment: ProcessDeployment, buyers: readonly Buyer[]): Promise<void> {
  const returning = checkoutsOf(deployment, buyers).filter((_, index) => index % 2 === 0);
  await Promise.all(
    returning.map(({ id, success_url: url }) =>
      fetch(url?.replace('{CHECKOUT_SESSION_ID}', id) ?? '', { redirect: 'manual' }),
    ),
  );
}

const booked = ({ sandbox }: ProcessDeployment): number =>
  sandbox.calendly.state.invitees.filter(({ scheduling_method: method }) => method === 'api')
    .length;

/** For how long nothing will happen: nought as long as somebody alive is at work on one of them. */
function untilSomeoneWorks(
  jobs: readonly OwedJob[],
  dead: ReadonlySet<string>,
  now: number,
): number {
  const waits = jobs.map(({ run_at: runAt, lease, lease_until: leaseUntil }) =>
    lease === null ? runAt - now : dead.has(lease) ? Math.max(runAt, leaseUntil ?? 0) - now : 0,
  );
  return Math.max(0, Math.min(...waits));
}

async function until(isSo: () => boolean): Promise<void> {
  const endsAt = Date.now() + patienceMs;
  while (!isSo()) {
    if (Date.now() > endsAt) throw new Error('This never came to be.');
    await wait(lookMs);
  }
}
