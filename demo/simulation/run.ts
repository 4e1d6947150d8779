// `npm run sim -- --seed 42` lives through one history and shows it; `--runs 100000` lives through many, a night's worth.
import { parseArgs } from 'node:util';
import './quick-formatters.ts';
import { liveHistory } from './history.ts';
import { liveMany, type Report } from './many.ts';
import { shrink } from './shrink.ts';
import { createSimulatedDatabase } from './simulated-database.ts';
import { troubles, type TroubleKind } from './weather.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    runs: { type: 'string' },
    from: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
    without: { type: 'string', default: '' },
  },
});
const isTrouble = (word: string): word is TroubleKind => troubles.some((kind) => kind === word);
const without = new Set(values.without.split(',').filter(isTrouble));

process.exit(values.seed === undefined ? await many() : await one(Number(values.seed)));

async function one(seed: number): Promise<number> {
  const database = await createSimulatedDatabase();
  const { trace, broken, ends } = await liveHistory({ seed, database, without });
  console.log(trace.text());
  console.log(`\nseed ${seed} · ${ends.join(', ') || 'no booking'} · ${trace.hash()}`);
  return verdict(seed, broken);
}

async function many(): Promise<number> {
  const runs = Number(values.runs ?? 2_000);
  const startedAt = Date.now();
  let told = 0;
  const report = await liveMany({
    from: Number(values.from),
    workers: Number(values.workers),
    enough: ({ histories }) => histories >= runs,
    progress(soFar) {
      if (soFar.histories - told < runs / 50) return;
      told = soFar.histories;
      console.log(summary(soFar, Date.now() - startedAt));
    },
  });
  console.log(summary(report, Date.now() - startedAt));
  console.log('\nWhere the backend died:', byCount(report.crashes));
  console.log('How bookings ended:', byCount(report.ends));
  for (const { seed, promise } of report.broken) console.error(`seed ${seed}: ${promise}`);
  const [first] = report.broken;
  return first ? verdict(first.seed, first.promise) : 0;
}

/** Names the seed and the promise, and the troubles that it takes. */
async function verdict(seed: number, broken: string | null): Promise<number> {
  if (broken === null) return 0;
  console.error(`\nBROKEN with seed ${seed}: ${broken}`);
  const database = await createSimulatedDatabase();
  const spare = await shrink({ seed, database, without });
  const needed = troubles.filter((kind) => !spare.has(kind));
  console.error(`It takes no more than: ${needed.join(', ') || 'no trouble at all'}.`);
  console.error(`  npm run sim -- --seed ${seed} --without ${[...spare].join(',')}`);
  return 1;
}

function summary({ histories, crashed }: Report, ms: number): string {
  const perSecond = ((histories / ms) * 1_000).toFixed(1);
  return `${histories} histories, ${crashed} with a crash, ${perSecond} a second`;
}

function byCount(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).toSorted(([, a], [, b]) => b - a));
}
