import { ENTRY_FILE, type Manifest } from './manifest.ts';

/** The promise of the README, read strictly: 20 kB of 1,000 bytes. */
export const FIRST_SLOT_BUDGET = 20_000;

/** What a visitor waits for besides, when the page speaks another language than English. */
export const LANGUAGE_BUDGET = 1_500;

const LANGUAGE_LOADER = /^chunks\/load-texts-/;
const LANGUAGE_FILE = /^chunks\/[a-z]{2,3}(?:-[A-Z][a-z]{3})?-\w{8}\.js$/;

export interface SizeRow {
  file: string;
  bytes: number;
  brotli: number;
  when: 'first slot' | 'language' | 'later';
}

export interface SizeReport {
  rows: SizeRow[];
  /** Brotli bytes of the entry and of everything that it cannot start without. */
  firstSlot: number;
  /** Languages whose texts until then, with what finds them, are more than a language may be. */
  tooLong: SizeRow[];
}

export function measureSize(manifest: Manifest): SizeReport {
  const first = new Set([ENTRY_FILE, ...(manifest[ENTRY_FILE]?.imports ?? [])]);
  const whenOf = (file: string): SizeRow['when'] =>
    first.has(file) ? 'first slot' : LANGUAGE_FILE.test(file) ? 'language' : 'later';
  const rows = reachableFrom(ENTRY_FILE, manifest).map((file): SizeRow => {
    const { bytes = 0, brotli = 0 } = manifest[file] ?? {};
    return { file, bytes, brotli, when: whenOf(file) };
  });
  const firstSlot = rows
    .filter((row) => row.when === 'first slot')
    .reduce((sum, row) => sum + row.brotli, 0);
  const loader = rows.find(({ file }) => LANGUAGE_LOADER.test(file))?.brotli ?? 0;
  const tooLong = rows.filter(
    ({ when, brotli }) => when === 'language' && loader + brotli > LANGUAGE_BUDGET,
  );
  return { rows, firstSlot, tooLong };
}

function reachableFrom(entry: string, manifest: Manifest): string[] {
  const reached = new Set([entry]);
  for (const file of reached) {
    for (const next of [
      ...(manifest[file]?.imports ?? []),
      ...(manifest[file]?.dynamicImports ?? []),
    ]) {
      reached.add(next);
    }
  }
  return [...reached];
}
