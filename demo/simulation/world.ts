import type { Mail } from '../../server/notification/notification.ts';
import { createDeployment, type Deployment } from '../sandbox/deployment.ts';
import { createManualClock, type ManualClock } from '../sandbox/manual-clock.ts';
import { createBackend, type Backend } from './backend.ts';
import { createDice, type Dice } from './dice.ts';
import { standingPromise } from './standing-promises.ts';
import { createMailer } from './mailbox.ts';
import { createNetwork } from './network.ts';
import { calendar, config, firstMoment } from './shop.ts';
import type { SimulatedDatabase } from './simulated-database.ts';
import { createStumble } from './stumble.ts';
import { createTrace, type Trace } from './trace.ts';
import { createTrouble, type Trouble } from './trouble.ts';
import type { Weather } from './weather.ts';
import { createWitness, type Witness } from './witness.ts';

/** One seed's world: the backend, the two services, time and chance, and what goes wrong in it. */
export interface World {
  readonly seed: number;
  readonly clock: ManualClock;
  readonly trace: Trace;
  readonly trouble: Trouble;
  readonly database: SimulatedDatabase;
  readonly deployment: Deployment;
  readonly backend: Backend;
  readonly mails: readonly Mail[];
  dice(purpose: string): Dice;
  told: Witness['told'];
  answered: Witness['answered'];
  complaint: Witness['complaint'];
  /** Until when a booking's time is held; null when it is not (any more). */
  holdOf(bookingId: string): number | null;
  /** The first promise that was broken, and how; null while all are kept. */
  readonly broken: string | null;
  break(promise: string): void;
  /** Lets time go on until `work` has come to its end or a promise is broken. */
  live<T>(work: Promise<T>): Promise<T | undefined>;
  close(): Promise<void>;
}

/** What takes more steps than this never ends. */
const mostSteps = 100_000;

/** What the guards of the product stand against can be taken away from outside; see the negative controls. */
export interface WorldOptions {
  seed: number;
  weather: Weather;
  database: SimulatedDatabase;
  /** Between the backend's network and the services. */
  tamper?: ((send: typeof fetch) => typeof fetch) | undefined;
  sweeps?: boolean | undefined;
}

export async function createWorld(options: WorldOptions): Promise<World> {
  const { seed, weather, database, tamper } = options;
  const clock = createManualClock(firstMoment, { turns: 1 });
  const trace = createTrace(clock);
  const dice = (purpose: string): Dice => createDice(seed, purpose);
  const mails: Mail[] = [];
  let broken: string | null = null;
  let names = 0;
  const written = new Set<string>();

  const trouble = createTrouble({ weather, dice, trace, crash: () => backend.crash() });
  database.empty();
  const network = createNetwork({
    clock,
    dice: dice('network'),
    trouble,
    trace,
    stumble: (site) => stumble(site),
  });
  const deployment = await createDeployment({
    seed,
    clock,
    calendly: calendar,
    config,
    connect: (life) =>
      database.connect(life, {
        at: (moment, what) => trouble.database(moment, what),
        wrote: (table) => void written.add(table),
        committed() {
          if (written.has('job')) backend.wake();
          if (written.has('booking')) check();
          written.clear();
        },
      }),
    network: (send) => network(tamper ? tamper(send) : send),
    mailer: createMailer({ clock, dice: dice('mail'), trouble, trace, mails }),
    log(entry) {
      if (entry.event === 'booking' && entry['from'] === null) {
        trace.name(String(entry['booking']), `booking-${++names}`);
      }
      const { event, ...rest } = entry;
      trace.note('backend', `${event} ${JSON.stringify(rest)}`);
    },
  });
  const stumble = createStumble(deployment, dice('stumbles'));
  trouble.stir(deployment);
  const witness = createWitness({
    raw: database.raw,
    deployment: () => deployment,
    complain: (promise) => world.break(promise),
  });
  const backend = createBackend({
    clock,
    dice: dice('backend'),
    deployment,
    database,
    trace,
    sweeps: options.sweeps ?? true,
  });

  function check(): void {
    const reason = standingPromise(database.raw);
    if (reason !== null) world.break(reason);
  }

  const world: World = {
    seed,
    clock,
    trace,
    trouble,
    database,
    deployment,
    backend,
    mails,
    dice,
    told: witness.told,
    answered: witness.answered,
    complaint: witness.complaint,
    holdOf: (id) =>
      database.raw
        .prepare<[string], number | null>('select hold_expires_at from booking where id = ?')
        .pluck()
        .get(id) ?? null,
    get broken() {
      return broken;
    },
    break(promise) {
      if (broken !== null) return;
      broken = promise;
      trace.note('PROMISE', `is broken: ${promise}`);
    },
    async live(work) {
      let over = false;
      const end = (): void => void (over = true);
      work.then(end, end);
      for (let steps = 0; !over && broken === null; steps++) {
        if (steps > mostSteps) world.break('a history never comes to its end');
        else if (!(await clock.step()) && !over) world.break('everybody waits for ever');
      }
      return broken === null ? work : undefined;
    },
    async close() {
      deployment.kill();
      await deployment.close();
    },
  };
  return world;
}
