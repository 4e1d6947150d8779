import type { Clock } from '../../server/clock.ts';
import type { App } from '../../server/app.ts';
import type { Deployment } from '../sandbox/deployment.ts';
import type { Dice } from './dice.ts';
import type { SimulatedDatabase } from './simulated-database.ts';
import type { Trace } from './trace.ts';

/** The backend as whoever runs it sees it: it works through its jobs, looks around now and then, dies, and comes back. */
export interface Backend {
  /** The process dies now and another one starts after a while. */
  crash(): void;
  /** There may be work. */
  wake(): void;
  /** Back on its feet, whatever it was doing. */
  revive(): void;
  /** How many times less often than usual it looks around, for every look costs a history time. */
  pace: number;
}

export interface BackendDeps {
  clock: Clock;
  dice: Dice;
  deployment: Deployment;
  database: SimulatedDatabase;
  trace: Trace;
  /** Whether it compares what it knows with Calendly and Stripe of its own accord. */
  sweeps: boolean;
}

const longestDowntimeMs = 90_000;
/** The worker notices a new job at once or, when another process made it, within a second. */
const latestWakeMs = 40;

export function createBackend(deps: BackendDeps): Backend {
  const { clock, dice, deployment, database, trace, sweeps } = deps;
  const lanes = dice.between(1, 4);
  const nextDue = database.raw
    .prepare<[], number | null>(
      `select min(max(run_at, coalesce(lease_until, run_at))) from job
       where done_at is null and dead_at is null`,
    )
    .pluck();
  let life = 0;
  let asleep = new Set<() => void>();

  function start(): void {
    const { app } = deployment;
    const mine = ++life;
    const isAlive = (): boolean => life === mine;
    for (let lane = 0; lane < lanes; lane++) void work(app, isAlive);
    void repeat('subscription', 10 * 60_000, isAlive, () => app.subscribe());
    if (!sweeps) return;
    void repeat('sweep', 5 * 60_000, isAlive, () => app.sweep());
    void repeat('payments', 60_000, isAlive, () => app.sweepPayments());
  }

  /** One of the worker's lanes; it looks only when there can be something to do, where the real one looks every second. */
  async function work(app: App, isAlive: () => boolean): Promise<void> {
    while (isAlive()) {
      const woken = sleep();
      try {
        const due = nextDue.get() ?? null;
        if (due !== null && due <= clock.now()) await app.worker.runDue();
        else await woken.until(due);
      } catch (error) {
        trace.note('backend', `worker: ${String(error)}`);
        await clock.wait(1_000);
      } finally {
        woken.end();
      }
    }
  }

  /** From now on a commit wakes; not only while asleep, or one in between would be slept through. */
  function sleep(): { until: (due: number | null) => Promise<void>; end: () => void } {
    const awake = new AbortController();
    const wake = (): void => awake.abort('woken');
    asleep.add(wake);
    return {
      async until(due) {
        const ms = due === null ? 86_400_000 : Math.max(1, due - clock.now());
        await clock.wait(ms, awake.signal).catch(() => clock.wait(dice.between(0, latestWakeMs)));
      },
      end: () => void asleep.delete(wake),
    };
  }

  async function repeat(
    name: string,
    everyMs: number,
    isAlive: () => boolean,
    task: () => Promise<unknown>,
  ): Promise<void> {
    while (isAlive()) {
      await task().catch((error: unknown) => trace.note('backend', `${name}: ${String(error)}`));
      await clock.wait(everyMs * backend.pace);
    }
  }

  function comeBack(): void {
    deployment.start();
    trace.note('backend', 'starts');
    start();
  }

  const backend: Backend = {
    pace: dice.pick([6, 15, 40]),
    crash() {
      life++;
      asleep = new Set();
      deployment.kill();
      const mine = life;
      void clock.wait(dice.between(0, longestDowntimeMs)).then(() => {
        if (life === mine) comeBack();
      });
    },
    wake() {
      for (const wake of asleep) wake();
    },
    revive() {
      life++;
      deployment.kill();
      comeBack();
    },
  };
  start();
  return backend;
}
