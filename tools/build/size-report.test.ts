import { expect, test } from 'vitest';
import type { BuiltFile, Manifest } from './manifest.ts';
import { LANGUAGE_BUDGET, measureSize } from './size-report.ts';

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
      dynamicImports: ['chunks/later.js'],
    }),
    'booking-calendar-abc.js': file(9_000),
    'chunks/core.js': file(4_000),
    'chunks/later.js': file(700, { imports: ['booking-calendar.js'] }),
  };
  const { firstSlot, rows } = measureSize(manifest);
  expect(firstSlot).toBe(13_000);
  expect(rows.map(({ file: name, when }) => [name, when])).toEqual([
    ['booking-calendar.js', 'first slot'],
    ['chunks/core.js', 'first slot'],
    ['chunks/later.js', 'later'],
  ]);
});

test('names a language that is longer than one may be, not what it asks for later', () => {
  const manifest: Manifest = {
    'booking-calendar.js': file(9_000, {
      dynamicImports: ['chunks/load-texts-AbCdEfGh.js'],
    }),
    'chunks/load-texts-AbCdEfGh.js': file(200, {
      dynamicImports: ['chunks/de-0123abcd.js', 'chunks/fr-0123abcd.js'],
    }),
    'chunks/de-0123abcd.js': file(LANGUAGE_BUDGET - 200, {
      dynamicImports: ['chunks/de-later-steps-0123abcd.js'],
    }),
    'chunks/de-later-steps-0123abcd.js': file(LANGUAGE_BUDGET * 3),
    'chunks/fr-0123abcd.js': file(LANGUAGE_BUDGET - 199),
  };
  const { firstSlot, tooLong } = measureSize(manifest);
  expect(firstSlot).toBe(9_000);
  expect(tooLong.map(({ file: name }) => name)).toEqual(['chunks/fr-0123abcd.js']);
});
