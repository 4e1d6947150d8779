import { expect, test } from 'vitest';
import { createManualClock } from '../../demo/sandbox/manual-clock.ts';
import { createBreaker } from './calendly.breaker.ts';

const start = () => {
  const clock = createManualClock(0);
  const breaker = createBreaker({ clock, fraction: () => 0 });
  const fail = (times: number): void => {
    for (let call = 0; call < times; call++) breaker.enter()?.failed();
  };
  return { clock, breaker, fail };
};

test('five failures in a row make calls fail at once', () => {
  const { breaker, fail } = start();
  fail(4);
  expect(breaker.enter()).not.toBeNull();
  fail(1);
  expect(breaker.enter()).toBeNull();
});

test('a success in between starts the count anew', () => {
  const { breaker, fail } = start();
  fail(4);
  breaker.enter()?.succeeded();
  fail(4);
  expect(breaker.enter()).not.toBeNull();
});

test('a call that its caller gave up says nothing', () => {
  const { breaker, fail } = start();
  fail(4);
  breaker.enter()?.abandoned();
  expect(breaker.enter()).not.toBeNull();
});

test('after a second one call is let through, and its success lets all through', async () => {
  const { clock, breaker, fail } = start();
  fail(5);
  await clock.advance(999);
  expect(breaker.enter()).toBeNull();
  await clock.advance(1);
  const probe = breaker.enter();
  expect(probe).not.toBeNull();
  expect(breaker.enter()).toBeNull();
  probe?.succeeded();
  expect(breaker.enter()).not.toBeNull();
  expect(breaker.enter()).not.toBeNull();
});

test('a probe that its caller gave up leaves its place to the next', async () => {
  const { clock, breaker, fail } = start();
  fail(5);
  await clock.advance(1000);
  breaker.enter()?.abandoned();
  expect(breaker.enter()).not.toBeNull();
});

test('over ten minutes of outage there is at most one probe a second, and never ten seconds without one', async () => {
  const { clock, breaker, fail } = start();
  fail(5);
  const probes: number[] = [];
  for (let at = 0; at < 600_000; at += 100) {
    await clock.advance(100);
    const permit = breaker.enter();
    if (permit) probes.push(clock.now());
    permit?.failed();
  }
  const gaps = probes.slice(1).map((at, index) => at - (probes[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(10_000);
  expect(probes.length).toBeLessThan(70);
}, 30_000);

test('stragglers from before neither prolong the pause nor are counted', async () => {
  const { clock, breaker, fail } = start();
  const straggler = breaker.enter();
  fail(5);
  await clock.advance(900);
  straggler?.failed();
  await clock.advance(100);
  expect(breaker.enter()).not.toBeNull();
});

test('a straggler’s success ends the pause', () => {
  const { breaker, fail } = start();
  const straggler = breaker.enter();
  fail(5);
  straggler?.succeeded();
  expect(breaker.enter()).not.toBeNull();
});
