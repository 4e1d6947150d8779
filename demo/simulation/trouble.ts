import type { Deployment } from '../sandbox/deployment.ts';
import type { Dice } from './dice.ts';
import type { DatabaseMoment } from './simulated-database.ts';
import type { Trace } from './trace.ts';
import type { Weather } from './weather.ts';

/** What befalls one call of the backend to another service. */
export type CallMishap =
  /** Nobody took the call. */
  | 'refused'
  /** It was done; the connection broke before the answer. */
  | 'lost'
  /** The connection broke, and the request arrives all the same, later. */
  | 'late'
  | 'hang'
  | 'hang-undone'
  | 'gateway'
  | 'gateway-done'
  /** The service itself stumbles, in a way of its own. */
  | 'own';

/** Decides what goes wrong, where and when, until it is over. */
export interface Trouble {
  readonly weather: Weather;
  /** How often the backend died so far, by the place at which it did. */
  readonly crashes: ReadonlyMap<string, number>;
  call(): CallMishap | null;
  /** See `DatabaseWeather`. */
  database(moment: DatabaseMoment, what: string): Promise<void> | undefined;
  /** Whether this trouble of ordinary rate befalls now. */
  befalls(kind: keyof Weather, factor?: number): boolean;
  /** Makes the services themselves as difficult as the weather says. */
  stir(deployment: Deployment): void;
  /** Dies here, perhaps. */
  crashAt(site: string): Promise<never> | undefined;
  /** From now on all is well. */
  end(deployment: Deployment): void;
}

/** Those that hurt most come most often. */
const mishaps = [
  'refused',
  'lost',
  'lost',
  'lost',
  'late',
  'late',
  'hang',
  'hang-undone',
  'gateway',
  'gateway-done',
  'own',
  'own',
  'own',
] as const satisfies CallMishap[];

/** A new one each time: whoever waits for it is to be forgotten. */
const never = (): Promise<never> => new Promise(() => undefined);

/** How many moments pass before the next crash, at most: early ones are as likely as late ones. */
const moments = [5, 15, 40, 60] as const;
/** Dying while something is only looked at is seldom of interest. */
const harmless = / GET |webhook_subscriptions|update job|setting/;

export function createTrouble(deps: {
  weather: Weather;
  dice: (purpose: string) => Dice;
  trace: Trace;
  crash: () => void;
}): Trouble {
  const { weather, trace, crash } = deps;
  const crashDice = deps.dice('crashes');
  const networkDice = deps.dice('mishaps');
  const databaseDice = deps.dice('database');
  const otherDice = deps.dice('others');
  const crashes = new Map<string, number>();
  let over = false;
  let deathsLeft = weather.crashes > 0 ? crashDice.pick([1, 1, 2, 3, 5]) : 0;
  let untilDeath = crashDice.below(crashDice.pick(moments));

  function crashAt(site: string): Promise<never> | undefined {
    if (over || deathsLeft === 0) return undefined;
    if (harmless.test(site) && !crashDice.chance(0.1)) return undefined;
    if (untilDeath-- > 0) return undefined;
    deathsLeft--;
    untilDeath = crashDice.below(crashDice.pick(moments));
    crashes.set(site, (crashes.get(site) ?? 0) + 1);
    trace.note('CRASH', site);
    crash();
    return never();
  }

  return {
    weather,
    crashes,
    crashAt,
    call() {
      if (over || !networkDice.chance(weather.network)) return null;
      return networkDice.pick(mishaps);
    },
    database(moment, what) {
      if (over) return undefined;
      if (moment !== 'write') {
        const death = crashAt(`${moment} ${what}`);
        if (death) return death;
      }
      if (moment !== 'after' && databaseDice.chance(weather.database / 4)) {
        const code = databaseDice.pick(['SQLITE_BUSY', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE']);
        trace.note('DATABASE', `${code} at ${what}`);
        throw Object.assign(new Error('The database does not write.'), { code });
      }
      return undefined;
    },
    befalls: (kind, factor = 1) => !over && otherDice.chance(weather[kind] * factor),
    stir({ calendly, stripe }) {
      const dice = deps.dice('services');
      if (weather.webhooks > 0) {
        const isLost = dice.chance(weather.webhooks * 2);
        for (const { trouble } of [calendly, stripe]) {
          trouble.webhooksLost = isLost || dice.chance(weather.webhooks);
          trouble.webhookCopies = dice.pick([1, 1, 2, 5]);
          trouble.webhookDelayMs = dice.pick([0, 0, 2_000, 120_000, 72 * 3_600_000]);
          trouble.webhookShuffleMs = dice.pick([0, 0, 5_000, 600_000]);
          trouble.webhookBeforeReply = dice.chance(0.3);
        }
        calendly.trouble.webhookOrder = dice.pick(['canceled-first', 'created-first', 'random']);
        stripe.trouble.webhookOrder = dice.pick(['as-made', 'reversed', 'random', 'at-once']);
        stripe.trouble.redirectBeforeWebhook = dice.chance(0.3);
      }
      if (weather.money > 0) {
        stripe.trouble.refunds = dice.pick(['succeed', 'succeed', 'pending-then-succeed']);
        stripe.trouble.releaseShownAsRefund = dice.chance(0.7);
        stripe.trouble.manualCapturePaymentStatus = dice.pick(['unpaid', 'paid']);
      }
    },
    end({ calendly, stripe }) {
      over = true;
      for (const { trouble } of [calendly, stripe]) {
        trouble.dropReplyAfter.length = 0;
        trouble.failNext.length = 0;
      }
      calendly.trouble.malformedJson.length = 0;
      calendly.trouble.wrongSchema.length = 0;
      calendly.trouble.quotaUsedUp = false;
      calendly.trouble.slotTakenNext = 0;
      stripe.trouble.cutBody.length = 0;
      stripe.trouble.holdGoneOnCapture = 0;
      stripe.trouble.paidWhileExpiring = 0;
      stripe.trouble.paidDespiteExpiring = 0;
      trace.note('TROUBLE', 'is over');
    },
  };
}
