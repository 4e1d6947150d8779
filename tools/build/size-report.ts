import { ENTRY_FILE, type Manifest } from './manifest.ts';

/** The promise of the README, read strictly: 20 kB of 1,000 bytes. */
export const FIRST_SLOT_BUDGET = 20_000;

export interface SizeRow {
  file: string;
  bytes: number;
  brotli: number;
  when: 'first slot' | 'later';
}

export interface SizeReport {
  rows: SizeRow[];
  /** Brotli bytes of the entry and of everything that it cannot start without. */
  firstSlot: number;
}

export function measureSize(manifest: Manifest): SizeReport {
  const first = new Set([ENTRY_FILE, ...(manifest[ENTRY_FILE]?.imports ?? [])]);
  const rows = reachableFrom(ENTRY_FILE, manifest).map((file): SizeRow => {
    const { bytes = 0, brotli = 0 } = manifest[file] ?? {};
    return { file, bytes, brotli, when: first.has(file) ? 'first slot' : 'later' };
  });
  const firstSlot = rows
    .filter((row) => row.when === 'first slot')
    .reduce((sum, row) => sum + row.brotli, 0);
  return { rows, firstSlot };
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
