import type { Instant } from './day.ts';

/** `from` inclusive, `to` exclusive. Instants are all written alike, so they compare as text. */
export interface Range {
  readonly from: Instant;
  readonly to: Instant;
}

/** Joins what touches or overlaps, ascending. */
export const mergeRanges = (ranges: readonly Range[]): Range[] => {
  const merged: Range[] = [];
  for (const range of ranges.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = merged.at(-1);
    if (last === undefined || range.from > last.to) merged.push(range);
    else if (range.to > last.to) merged[merged.length - 1] = { from: last.from, to: range.to };
  }
  return merged;
};

/** The smallest part of `wanted` that holds everything `known` does not; null when nothing is missing. */
export const missingRange = (wanted: Range, known: readonly Range[]): Range | null => {
  let { from, to } = wanted;
  for (const range of mergeRanges(known)) {
    if (range.from <= from && range.to > from) from = range.to;
    if (range.from < to && range.to >= to) to = range.from;
  }
  return from < to ? { from, to } : null;
};
