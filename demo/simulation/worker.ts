// One process of `many.ts`: lives through the seeds it is given and tells what came of them.
import './quick-formatters.ts';
import { liveHistory } from './history.ts';
import type { Report } from './many.ts';
import { createSimulatedDatabase } from './simulated-database.ts';

const database = await createSimulatedDatabase();

async function live(from: number, count: number): Promise<Report> {
  const report: Report = { histories: 0, crashed: 0, crashes: {}, ends: {}, broken: [] };
  for (let seed = from; seed < from + count; seed++) {
    const history = await liveHistory({ seed, database });
    report.histories++;
    if (history.crashes.size > 0) report.crashed++;
    for (const [place, times] of history.crashes) {
      report.crashes[place] = (report.crashes[place] ?? 0) + times;
    }
    for (const end of history.ends) report.ends[end] = (report.ends[end] ?? 0) + 1;
    if (history.broken !== null) report.broken.push({ seed, promise: history.broken });
  }
  return report;
}

process.on('message', ({ from, count }: { from: number; count: number }) => {
  void live(from, count).then((report) => process.send?.(report));
});
process.on('disconnect', () => process.exit(0));
