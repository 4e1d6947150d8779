import { expect, test } from 'vitest';
import type { BuiltFile, Manifest } from './manifest.ts';
import { measureSize } from './size-report.ts';

const file = (brotli: number, more: Partial<BuiltFile> = {}): BuiltFile => ({
  integrity: '',
  bytes: brotli * 3,
  brotli,
  imports: [],
  dynamicImports: [],
  ...more,
});

test('counts the entry and what it imports, not what it may ask for later', () => {
  const manifest: Manifest = {
    'booking-calendar.js': file(9_000, {
      imports: ['chunks/core.js'],
      dynamicImports: ['chunks/de.js'],
    }),
    'booking-calendar-abc.js': file(9_000),
    'chunks/core.js': file(4_000),
    'chunks/de.js': file(700, { imports: ['booking-calendar.js'] }),
  };
  const { firstSlot, rows } = measureSize(manifest);
  expect(firstSlot).toBe(13_000);
  expect(rows.map(({ file: name, when }) => [name, when])).toEqual([
    ['booking-calendar.js', 'first slot'],
    ['chunks/core.js', 'first slot'],
    ['chunks/de.js', 'later'],
  ]);
});
