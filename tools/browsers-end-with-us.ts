import type { ChildProcess } from 'node:child_process';

const browsers = new Set<ChildProcess>();

/**
 * Puppeteer kills its browsers when this process ends, but skips every second one (it changes the list that it walks),
 * and the test runner closes none when it is interrupted. So they are ended here, whatever the way out.
 */
export function endsWithUs(browser: ChildProcess | null): void {
  if (browser === null) return;
  if (browsers.size === 0) {
    process.on('exit', killAll);
    for (const signal of ['SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => process.exit(130));
  }
  browsers.add(browser);
  browser.once('exit', () => browsers.delete(browser));
}

function killAll(): void {
  for (const { pid } of browsers) {
    if (pid === undefined) continue;
    try {
      // A browser is many processes, one group; Windows has none, and ends them with the first.
      process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
    } catch {
      // Gone already.
    }
  }
}
