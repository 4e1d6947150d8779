// What the product costs, beside what it is compared with, measured in one run: `npm run bench`.
// Some of it: `npm run bench -- bytes first-slot throughput cold-visitors paid-booking`. More rounds: `RUNS=15`.
import { reportBytes } from './bench/bytes.ts';
import { reportColdVisitors } from './bench/cold-visitors.ts';
import { reportFirstSlot } from './bench/first-slot.ts';
import { reportPaidBooking } from './bench/paid-booking.ts';
import { reportThroughput } from './bench/throughput.ts';
import { run } from './run.ts';

const parts: Record<string, () => Promise<void>> = {
  bytes: reportBytes,
  'first-slot': reportFirstSlot,
  throughput: reportThroughput,
  'cold-visitors': reportColdVisitors,
  'paid-booking': reportPaidBooking,
};
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(
    `No such part: ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`,
  );
  process.exit(2);
}

if ((await run('rollup', ['-c', 'rollup.config.ts', '--silent'])) !== 0) process.exit(1);
for (const [name, report] of Object.entries(parts)) {
  if (chosen.length === 0 || chosen.includes(name)) await report();
}
process.exit(0);
