import { hostActs, quotaRunsOut, strangersPass } from './others.ts';
import { brokenPromise, stillOwed } from './promises.ts';
import { bookingsIn } from './ledgers.ts';
import type { SimulatedDatabase } from './simulated-database.ts';
import type { Trace } from './trace.ts';
import { createVisitor, visit } from './visitor.ts';
import { weatherOf, type TroubleKind } from './weather.ts';
import { createWorld, type World } from './world.ts';

export interface HistoryOptions {
  seed: number;
  database: SimulatedDatabase;
  without?: ReadonlySet<TroubleKind>;
  tamper?: (send: typeof fetch) => typeof fetch;
  sweeps?: boolean;
}

export interface History {
  seed: number;
  /** The first promise that was broken; null when all were kept. */
  broken: string | null;
  /** By the place at which the backend died. */
  crashes: ReadonlyMap<string, number>;
  /** `confirmed paid`, `rejected released`, …: how the bookings ended. */
  ends: string[];
  trace: Trace;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long after the end of all trouble everything has to be settled. */
const patienceMs = 3 * hour;

/** Lives through one history from its first visitor to the end of the week, and says which promise was broken. */
export async function liveHistory(options: HistoryOptions): Promise<History> {
  const { seed, without = new Set() } = options;
  const weather = weatherOf(seed, without);
  const world = await createWorld({ ...options, weather });
  try {
    await world.live(story(world));
    const ends = bookingsIn(world.database).map(
      ({ status, payment_status: payment }) => `${status} ${payment}`,
    );
    return {
      seed,
      broken: world.broken,
      crashes: world.trouble.crashes,
      ends,
      trace: world.trace,
    };
  } finally {
    await world.close();
  }
}

async function story(world: World): Promise<void> {
  const { clock, trouble, deployment, backend } = world;
  const visitors = world.dice('visitors').pick([1, 1, 2, 2, 3]);
  await Promise.all([
    ...Array.from({ length: visitors }, (_, nth) =>
      visit(createVisitor(world, `visitor ${nth + 1}`)),
    ),
    strangersPass(world),
    hostActs(world),
    quotaRunsOut(world),
  ]);

  trouble.end(deployment);
  backend.pace = 15;
  backend.revive();
  const endOfPatience = clock.now() + patienceMs;
  do await clock.wait(10 * minute);
  while (stillOwed(world) !== null && clock.now() < endOfPatience);
  judge(world);

  // Deliveries that come after three days change nothing any more.
  backend.pace = 2_000;
  await clock.wait(5 * day);
  judge(world);
}

function judge(world: World): void {
  const reason = brokenPromise(world);
  if (reason !== null) world.break(reason);
}
