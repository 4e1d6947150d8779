// JavaScript that a visitor's browser must have before the first time can be chosen, and what may come later.
import { existsSync } from 'node:fs';
import { ENTRY_FILE, readManifest } from './build/manifest.ts';
import { FIRST_SLOT_BUDGET, LANGUAGE_BUDGET, measureSize } from './build/size-report.ts';

const FOLDER = 'dist';

if (!existsSync(`${FOLDER}/manifest.json`)) {
  console.error('Nothing to measure: run `npm run build` first.');
  process.exit(1);
}

const { rows, firstSlot, tooLong } = measureSize(readManifest(FOLDER));
const withinBudget = firstSlot <= FIRST_SLOT_BUDGET;
console.table(rows);
console.log(
  `${firstSlot} bytes (brotli) until the first time can be chosen: ${withinBudget ? 'within' : 'OVER'} the budget of ${FIRST_SLOT_BUDGET} for ${ENTRY_FILE}`,
);
for (const { file, brotli } of tooLong) {
  console.log(
    `${file}: with its ${brotli} bytes (brotli) and what finds it, OVER the budget of ${LANGUAGE_BUDGET} for a language`,
  );
}
process.exit(withinBudget && tooLong.length === 0 ? 0 : 1);
