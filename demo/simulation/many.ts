import { fork, type ChildProcess } from 'node:child_process';

/** What a worker tells of the seeds it was given. */
export interface Report {
  histories: number;
  /** In how many the backend died at least once. */
  crashed: number;
  /** How often it died at each place. */
  crashes: Record<string, number>;
  /** How often bookings ended in each way. */
  ends: Record<string, number>;
  broken: { seed: number; promise: string }[];
}

export interface ManyOptions {
  from: number;
  /** Enough, when this says so of what has been lived through so far. */
  enough: (soFar: Report) => boolean;
  workers?: number;
  progress?: (soFar: Report) => void;
}

/** As many as keep a worker busy for a second or so. */
const seedsAtOnce = 25;

const emptyReport = (): Report => ({
  histories: 0,
  crashed: 0,
  crashes: {},
  ends: {},
  broken: [],
});

/** So many broken seeds show what they have in common; more would only take time. */
const enoughBroken = 5;

/** Lives through one seed after another on several processors, until it is enough or too many promises are broken. */
export async function liveMany(options: ManyOptions): Promise<Report> {
  const { enough, workers = 2, progress = () => undefined } = options;
  const total = emptyReport();
  let next = options.from;
  const isOver = (): boolean => total.broken.length >= enoughBroken || enough(total);

  const employ = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker: ChildProcess = fork(new URL('./worker.ts', import.meta.url), {
        // Traces of stacks and frequent collections take a third of the time, and nobody looks at them; what helps with them
        // in the background takes the processor from the other worker.
        execArgv: [
          '--stack-trace-limit=0',
          '--max-semi-space-size=64',
          '--single-threaded-gc',
          '--always-sparkplug',
        ],
      });
      const give = (): void => {
        if (isOver()) {
          worker.disconnect();
          return resolve();
        }
        worker.send({ from: next, count: seedsAtOnce });
        next += seedsAtOnce;
      };
      worker.on('message', (report: Report) => {
        add(total, report);
        progress(total);
        give();
      });
      worker.on('error', reject);
      worker.on('exit', (code) => {
        if (code !== 0) reject(new Error(`A worker of the simulation ended with ${code}.`));
      });
      give();
    });

  await Promise.all(Array.from({ length: workers }, employ));
  total.broken.sort((a, b) => a.seed - b.seed);
  return total;
}

function add(total: Report, part: Report): void {
  total.histories += part.histories;
  total.crashed += part.crashed;
  total.broken.push(...part.broken);
  for (const [place, times] of Object.entries(part.crashes)) {
    total.crashes[place] = (total.crashes[place] ?? 0) + times;
  }
  for (const [end, times] of Object.entries(part.ends)) {
    total.ends[end] = (total.ends[end] ?? 0) + times;
  }
}
