import type Stripe from 'stripe';
import type { Clock } from '../../../server/clock.ts';
import type { Agenda } from './agenda.ts';
import type { Identities } from './identities.ts';
import type { Charge, PaymentIntent, Session, StripeState } from './state.ts';
import type { StripeTrouble } from './trouble.ts';

export const apiVersion = '2026-10-28.endive';

type EventType = Stripe.Event['type'];
export type EventObject<T extends EventType> = Extract<Stripe.Event, { type: T }>['data']['object'];

/** Writes an event down and puts its deliveries on their way; `previous` only for what is updated. */
export type Announce = <T extends EventType>(
  type: T,
  object: EventObject<T>,
  previous?: Partial<EventObject<T>>,
) => void;

/** What every part of the sandbox's Stripe stands on. */
export interface Core extends Ground {
  readonly announce: Announce;
}

/** What the sending of events stands on itself. */
export interface Ground {
  readonly state: StripeState;
  readonly trouble: StripeTrouble;
  readonly clock: Clock;
  readonly identities: Identities;
  readonly agenda: Agenda;
  readonly publicUrl: string;
  /** The API request being carried out, which its events name; null while a person acts on a page. */
  request: { id: string; idempotencyKey: string | null } | null;
}

export const seconds = (core: Ground): number => Math.floor(core.clock.now() / 1000);

/** A copy that later changes do not reach. */
export const snapshot = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export const byId = <T extends { id: string }>(list: T[], id: string): T | undefined =>
  list.find((object) => object.id === id);

/** For what the state itself refers to: a missing one is a defect of the sandbox. */
export function known<T extends { id: string }>(list: T[], id: string | null): T {
  const found = id === null ? undefined : byId(list, id);
  if (!found) throw new Error(`The sandbox knows no ${id}`);
  return found;
}

export const ownerOf = (core: Ground, id: string): string | null => core.state.owners[id] ?? null;

/** What comes of an object belongs to the same account. */
export function inheritOwner(core: Core, from: string, to: string): void {
  const owner = ownerOf(core, from);
  if (owner) core.state.owners[to] = owner;
}

export const intentOf = (core: Core, session: Session): PaymentIntent | undefined =>
  session.payment_intent === null
    ? undefined
    : known(core.state.paymentIntents, session.payment_intent);

export const sessionOf = (core: Core, intent: PaymentIntent): Session | undefined =>
  core.state.sessions.find((session) => session.payment_intent === intent.id);

export const chargeOf = (core: Core, intent: PaymentIntent): Charge =>
  known(core.state.charges, intent.latest_charge);
