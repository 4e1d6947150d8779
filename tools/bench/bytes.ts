import { readManifest } from '../build/manifest.ts';
import { compress } from '../build/publish.ts';
import { FIRST_SLOT_BUDGET, measureSize } from '../build/size-report.ts';
import { bundle } from './bundle.ts';
import { printTitle, printVerdict } from './verdict.ts';

/** Measured in November 2026 with the same bundler and the same compression; too big to be installed for a bench. */
const QUOTED = [
  { what: 'lit alone (quoted)', brotli: 5_300 },
  { what: '@calcom/embed-snippet, a loader for an iframe (quoted)', brotli: 15_300 },
  { what: 'Timekit booking 3.3.1 (quoted)', brotli: 181_500 },
  { what: 'Cronofy elements 1.67.7 (quoted)', brotli: 237_600 },
  { what: 'Nylas scheduling 2.5.18 (quoted)', brotli: 268_600 },
  { what: '@calcom/atoms 2.11.0 with React (quoted)', brotli: 457_500 },
];

/** JavaScript that must be there before the first time can be chosen. */
export async function reportBytes(): Promise<void> {
  printTitle('Bytes until the first time can be chosen (JavaScript, brotli 11)');
  const { firstSlot } = measureSize(readManifest('dist'));
  const cally = compress(await bundle('cally'));
  console.table([
    { what: 'booking-calendar, the whole flow', brotli: firstSlot },
    { what: 'cally 0.9.2, a calendar alone (bundled now)', brotli: cally.length },
    ...QUOTED,
  ]);
  printVerdict(
    `at most ${FIRST_SLOT_BUDGET} bytes`,
    String(firstSlot),
    firstSlot <= FIRST_SLOT_BUDGET,
  );
}
