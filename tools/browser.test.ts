import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { findBrowser } from './browser.ts';

test('finds a browser that starts', { timeout: 60_000 }, async () => {
  const browser = await findBrowser();
  const { stdout } = spawnSync(browser.executablePath, ['--version', ...browser.args], {
    encoding: 'utf8',
  });
  expect(stdout).toMatch(/\d+\.\d+\.\d+/);
});
