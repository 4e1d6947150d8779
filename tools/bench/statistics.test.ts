import { expect, test } from 'vitest';
import { median, summarizeSamples } from './statistics.ts';

test('the median is the middle, or between the two middles', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 7])).toBe(6);
  expect(median([])).toBeNaN();
});

test('says where the samples lie', () => {
  expect(summarizeSamples([10.4, 30, 20])).toBe('20 [10-30]');
});
