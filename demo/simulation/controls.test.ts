import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import './quick-formatters.ts';
import { liveHistory, type HistoryOptions } from './history.ts';
import {
  createSimulatedDatabase,
  type SimulatedDatabase,
  type SimulatedDatabaseOptions,
} from './simulated-database.ts';
import {
  blindToOwnInvitees,
  freshIdempotencyKeys,
  inboxUnguarded,
  rememberedCheckouts,
  seatsUnguarded,
} from './tampering.ts';

/** A guard, how it is taken away, and which promise breaks then. */
const guards: {
  guard: string;
  off: Pick<HistoryOptions, 'tamper' | 'sweeps'>;
  database?: SimulatedDatabaseOptions;
  breaks: RegExp;
}[] = [
  {
    guard: 'the constraints on seats',
    off: {},
    database: seatsUnguarded,
    breaks: /sold twice|overlap/,
  },
  {
    guard: 'the inbox that takes a delivery once',
    off: {},
    database: inboxUnguarded(),
    breaks: /delivery was taken twice/,
  },
  { guard: 'the sweeps', off: { sweeps: false }, breaks: /./ },
  {
    guard: 'the look before a second try at POST /invitees',
    off: { tamper: blindToOwnInvitees },
    breaks: /Calendly/,
  },
  {
    guard: 'idempotency keys that a retry repeats',
    off: { tamper: freshIdempotencyKeys },
    breaks: /opened/,
  },
  {
    guard: 'the look at Stripe before money is given back',
    off: { tamper: rememberedCheckouts },
    breaks: /./,
  },
];

/** Broken within these, or the histories prove nothing. */
const mostSeeds = 400;

describe('the histories notice when there is no more', () => {
  it.each(guards)('$guard', { timeout: 120_000 }, async ({ off, database: options, breaks }) => {
    const database = await createSimulatedDatabase(options);
    let found: string | null = null;
    for (let seed = 1; seed <= mostSeeds && found === null; seed++) {
      const { broken } = await liveHistory({ seed, database, ...off });
      if (broken !== null && breaks.test(broken)) found = broken;
    }
    database.close();
    expect(found).toMatch(breaks);
  });
});

describe('a seed', () => {
  let database: SimulatedDatabase;
  beforeAll(async () => {
    database = await createSimulatedDatabase();
  });
  afterAll(() => database.close());

  it('gives the same history to the letter', { timeout: 60_000 }, async () => {
    const seeds = Array.from({ length: 30 }, (_, nth) => 1_000 + nth);
    const hashes = async (order: readonly number[]): Promise<Map<number, string>> => {
      const found = new Map<number, string>();
      for (const seed of order)
        found.set(seed, (await liveHistory({ seed, database })).trace.hash());
      return found;
    };
    const first = await hashes(seeds);
    const second = await hashes(seeds.toReversed());
    for (const seed of seeds) expect(second.get(seed)).toBe(first.get(seed));
    expect(new Set(first.values()).size).toBe(seeds.length);
  });
});
