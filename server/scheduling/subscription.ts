import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import { sha256 } from '../booking/token.ts';
import { SchedulingError, type CallOptions, type Owner, type Scheduling } from './scheduling.ts';

export const subscribedEvents = ['invitee.created', 'invitee.canceled'];

export type SubscriptionState = 'found' | 'created' | 'recreated';

export interface EnsureSubscriptionDeps {
  db: Database;
  clock: Clock;
  scheduling: Scheduling;
  callbackUrl: string;
  signingKey: string;
}

/**
 * Makes sure that Calendly tells us: a missing subscription is created; one that is disabled (a day of failures does
 * that), asks for other events or was signed with another key is replaced, because Calendly cannot change one. Several
 * backends may do this at once: losing the race to create it is as good as winning.
 */
export async function ensureSubscription(
  { db, scheduling, callbackUrl, signingKey }: EnsureSubscriptionDeps,
  owner: Owner,
  options: CallOptions,
): Promise<SubscriptionState> {
  // Calendly never tells which key a subscription was made with; the fingerprint is how we know.
  const fingerprint = sha256(`${callbackUrl} ${signingKey}`);
  const existing = (await scheduling.subscriptions(owner, options)).find(
    (each) => each.callbackUrl === callbackUrl,
  );
  if (existing) {
    const usable =
      existing.state === 'active' &&
      subscribedEvents.every((event) => existing.events.includes(event)) &&
      (await readSetting(db, existing.uri)) === fingerprint;
    if (usable) return 'found';
    await scheduling.deleteSubscription(existing.uri, options).catch((error: unknown) => {
      if (!(error instanceof SchedulingError && error.failure === 'not_found')) throw error;
    });
  }
  try {
    const created = await scheduling.createSubscription(
      { owner, url: callbackUrl, events: subscribedEvents, signingKey },
      options,
    );
    await writeSetting(db, created.uri, fingerprint);
    return existing ? 'recreated' : 'created';
  } catch (error) {
    if (!(error instanceof SchedulingError && error.failure === 'conflict')) throw error;
    const other = (await scheduling.subscriptions(owner, options)).some(
      (each) => each.callbackUrl === callbackUrl && each.state === 'active',
    );
    if (other) return 'found';
    // Whose it is we cannot see, and with which key it signs we cannot know: nothing of it would be believed.
    throw new SchedulingError(
      'conflict',
      `A webhook subscription of another Calendly user or of the whole organization has the address ${callbackUrl} already. Delete it, or give this backend another PUBLIC_URL.`,
    );
  }
}

const settingName = (uri: string): string => `subscription-key:${uri}`;

async function readSetting(db: Database, uri: string): Promise<string | null> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('name', '=', settingName(uri))
    .executeTakeFirst();
  return row?.value ?? null;
}

async function writeSetting(db: Database, uri: string, value: string): Promise<void> {
  await db
    .insertInto('setting')
    .values({ name: settingName(uri), value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}
