import { Agent, get } from 'node:http';
import { deploy, TIMES_PATH } from './deployment.ts';
import { printTitle, printVerdict } from './verdict.ts';

const VISITORS = 1_000;

/** Everybody comes at once, and nothing is cached: what does Calendly see of it? */
export async function reportColdVisitors(): Promise<void> {
  printTitle(`${VISITORS} visitors at once, nothing cached`);
  const { url, sandbox, stop } = await deploy();
  try {
    const before = sandbox.calendly.calls().length;
    const started = performance.now();
    const statuses = await Promise.all(
      Array.from({ length: VISITORS }, () => visit(`${url}${TIMES_PATH}`)),
    );
    const tookMs = performance.now() - started;
    const calls = sandbox.calendly.calls().slice(before);
    const perWindow = new Map<string, number>();
    for (const { path, query } of calls) {
      const name = `${path} ${query['start_time']?.slice(0, 10) ?? ''}`.trim();
      perWindow.set(name, (perWindow.get(name) ?? 0) + 1);
    }
    console.table([...perWindow].map(([call, times]) => ({ call, times })));
    const windows = [...perWindow].filter(([name]) =>
      name.startsWith('/event_type_available_times'),
    );
    const most = Math.max(0, ...windows.map(([, times]) => times));
    const answered = statuses.filter((status) => status === 200).length;
    console.log(`${answered} of ${VISITORS} answered with 200 in ${tookMs.toFixed(0)} ms`);
    printVerdict('one Calendly call per window', String(most), most === 1 && answered === VISITORS);
  } finally {
    await stop();
  }
}

/** One visitor with a connection of their own. */
function visit(url: string): Promise<number> {
  return new Promise((resolve) => {
    get(url, { agent: new Agent({ keepAlive: false }) }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    }).on('error', () => resolve(0));
  });
}
