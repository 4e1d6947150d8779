import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the build knows about one file in dist/. */
export interface BuiltFile {
  /** For the script tag's `integrity` attribute. */
  integrity: string;
  bytes: number;
  /** Bytes of the `.br` file next to it (quality 11). */
  brotli: number;
  /** Files that a browser must have before this one can run, all the way down. */
  imports: string[];
  /** Files that it may ask for later. */
  dynamicImports: string[];
}

/** dist/manifest.json: file name, relative to dist/, to what is known about it. */
export type Manifest = Record<string, BuiltFile>;

export const ENTRY_FILE = 'booking-calendar.js';

export function readManifest(folder: string): Manifest {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  return manifest;
}
