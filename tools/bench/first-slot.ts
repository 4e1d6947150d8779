import { globSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, chromium } from 'playwright-core';
import * as v from 'valibot';
import { choosePort } from '../../demo/start/choose-port.ts';
import { findBrowser } from '../browser.ts';
import { bundle } from './bundle.ts';
import { deploy, SESSION_TYPE, TIMES_PATH } from './deployment.ts';
import { type Files, startFrontServer } from './front-server.ts';
import { PageStart, watchPageStart } from './probe.ts';
import { median, summarizeSamples } from './statistics.ts';
import { printTitle, printVerdict } from './verdict.ts';

const PROMISED_RATIO = 1.15;
const RUNS = Number(process.env['RUNS'] ?? 9);

interface Profile {
  name: string;
  cpuSlowdown: number;
  network?: { latency: number; downloadThroughput: number; uploadThroughput: number };
}

const PROFILES: Profile[] = [
  { name: 'unthrottled', cpuSlowdown: 1 },
  {
    name: '1.6 Mbit/s, 150 ms, CPU ÷ 4',
    cpuSlowdown: 4,
    network: { latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 },
  },
];

const PAGES = ['booking-calendar', 'cally-times'] as const;
type PageName = (typeof PAGES)[number];

/** When the first time can be chosen, beside a page that could not be simpler. */
export async function reportFirstSlot(): Promise<void> {
  printTitle(
    `First selectable slot in Chromium (${RUNS} alternating runs, fresh profile, no cache)`,
  );
  // The page is a stranger's: it has an origin of its own.
  const port = await choosePort(0);
  const backend = await deploy([`http://localhost:${port}`]);
  const front = await startFrontServer(await scripts(), { backend: new URL(backend.url) });
  const host = await startFrontServer(pages(front.url), { port });
  const { executablePath, args } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args, headless: true });
  try {
    for (const profile of PROFILES) {
      const starts = await alternate(browser, profile, host.url, () => freshTimes(front.url));
      report(profile, starts);
    }
  } finally {
    await browser.close();
    host.stop();
    front.stop();
    await backend.stop();
  }
}

async function alternate(
  browser: Browser,
  profile: Profile,
  url: string,
  beforeEach: () => Promise<void>,
): Promise<Record<PageName, PageStart[]>> {
  const starts: Record<PageName, PageStart[]> = { 'booking-calendar': [], 'cally-times': [] };
  for (let run = -1; run < RUNS; run += 1) {
    for (const name of PAGES) {
      await beforeEach();
      const start = await openPage(browser, profile, `${url}/${name}`);
      // The first of each warms up the browser and both servers.
      if (run >= 0) starts[name].push(start);
    }
  }
  return starts;
}

async function openPage(browser: Browser, profile: Profile, url: string): Promise<PageStart> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
    if (profile.network !== undefined) {
      await devtools.send('Network.emulateNetworkConditions', {
        offline: false,
        ...profile.network,
      });
    }
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: profile.cpuSlowdown });
    await page.addInitScript(watchPageStart);
    await page.goto(url, { waitUntil: 'commit' });
    const start = await page.waitForFunction(() => Reflect.get(globalThis, 'pageStart') as unknown);
    return v.parse(PageStart, await start.jsonValue());
  } finally {
    await context.close();
  }
}

function report(profile: Profile, starts: Record<PageName, PageStart[]>): void {
  console.log(`\n${profile.name}`);
  const first = (name: PageName) => starts[name].map(({ firstSlotMs }) => firstSlotMs);
  const shift = (name: PageName) => Math.max(...starts[name].map(({ layoutShift }) => layoutShift));
  console.table(
    PAGES.map((name) => ({
      page: name,
      'first slot, ms': summarizeSamples(first(name)),
      requests: median(starts[name].map(({ requests }) => requests)),
      'layout shift': shift(name).toFixed(4),
    })),
  );
  const ratio = median(first('booking-calendar')) / median(first('cally-times'));
  printVerdict(`at most ${PROMISED_RATIO} ×`, `${ratio.toFixed(2)} ×`, ratio <= PROMISED_RATIO);
  const layoutShift = shift('booking-calendar');
  printVerdict('no layout shift', layoutShift.toFixed(4), layoutShift === 0);
}

/** Both pages are answered from the cache: it is the widget that is measured here, not Calendly. */
async function freshTimes(url: string): Promise<void> {
  let stale = true;
  while (stale) {
    const answer = await fetch(`${url}${TIMES_PATH}`);
    ({ stale } = v.parse(v.object({ stale: v.boolean() }), await answer.json()));
    if (stale) await wait(50);
  }
}

function pages(front: string): Files {
  const page = (name: PageName, body: string) => ({
    type: 'text/html; charset=utf-8',
    content: Buffer.from(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${name}</title>` +
        `<meta name="viewport" content="width=device-width"><script type="module" src="${front}/${name}.js"></script>` +
        `</head><body>${body}</body></html>`,
    ),
  });
  return {
    '/booking-calendar': page(
      'booking-calendar',
      `<booking-calendar session-type="${SESSION_TYPE}"></booking-calendar>`,
    ),
    '/cally-times': page('cally-times', ''),
  };
}

async function scripts(): Promise<Files> {
  const type = 'text/javascript; charset=utf-8';
  const built = globSync('dist/**/*.js').map((file): [string, Files[string]] => [
    file.replaceAll('\\', '/').replace('dist', ''),
    { type, content: readFileSync(file) },
  ]);
  const content = await bundle('tools/bench/cally-times.page.ts', {
    TIMES_PATH: JSON.stringify(TIMES_PATH),
  });
  return { ...Object.fromEntries(built), '/cally-times.js': { type, content } };
}
