import { fork } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import type { BareAnswer } from './bare-app.ts';
import { deploy, TIMES_PATH } from './deployment.ts';
import { load } from './load.ts';
import { median, summarizeSamples } from './statistics.ts';
import { printTitle, printVerdict } from './verdict.ts';

const PROMISED_RATIO = 0.7;
const ROUNDS = Number(process.env['RUNS'] ?? 7);
const ROUND_MS = 1_500;
const CONNECTIONS = 32;
/** As a browser asks, from the page of a stranger. */
const PAGE_ORIGIN = 'https://www.example.com';
const HEADERS = { accept: '*/*', 'accept-encoding': 'gzip, deflate, br', origin: PAGE_ORIGIN };

/** Cached available times, beside a bare Hono app that answers the same bytes. */
export async function reportThroughput(): Promise<void> {
  printTitle(
    'Requests per second: cached available times beside a bare Hono app with the same bytes',
  );
  const backend = await deploy([PAGE_ORIGIN]);
  const times = new URL(`${backend.url}${TIMES_PATH}`);
  const bare = await startBareApp(await ask(times));
  const ours: number[] = [];
  const theirs: number[] = [];
  let failures = 0;
  try {
    const measure = async (url: URL, samples?: number[]) => {
      const result = await load(url, HEADERS, { connections: CONNECTIONS, durationMs: ROUND_MS });
      samples?.push(result.requestsPerSecond);
      failures += result.failures;
    };
    await measure(bare.url);
    await measure(times);
    for (let round = 0; round < ROUNDS; round += 1) {
      await measure(bare.url, theirs);
      await measure(times, ours);
    }
  } finally {
    bare.stop();
    await backend.stop();
  }
  console.table([
    { what: 'available times, cached', 'requests/s': summarizeSamples(ours) },
    { what: 'bare Hono app', 'requests/s': summarizeSamples(theirs) },
  ]);
  const ratio = median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
  const measured = `${(ratio * 100).toFixed(0)} % (median of ${ROUNDS} pairs), ${failures} failed`;
  printVerdict(
    `at least ${PROMISED_RATIO * 100} %`,
    measured,
    ratio >= PROMISED_RATIO && failures === 0,
  );
}

async function startBareApp(answer: BareAnswer): Promise<{ url: URL; stop: () => void }> {
  const child = fork('tools/bench/bare-app.ts', {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  child.send(answer);
  const [port]: unknown[] = await once(child, 'message');
  return { url: new URL(`http://localhost:${String(port)}/`), stop: () => child.kill() };
}

/** The backend's answer as it goes over the wire: still compressed, and without what the server adds by itself. */
function ask(url: URL): Promise<BareAnswer> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { headers: HEADERS }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        if (response.statusCode !== 200)
          return reject(new Error(`Answered ${response.statusCode}.`));
        const {
          date: _date,
          connection: _connection,
          'keep-alive': _keepAlive,
          ...rest
        } = response.headers;
        delete rest['content-length'];
        const headers = Object.fromEntries(
          Object.entries(rest).map(([name, value]) => [name, String(value)]),
        );
        resolve({ body: Array.from(Buffer.concat(chunks)), headers });
      });
    });
    asking.on('error', reject);
    asking.end();
  });
}
