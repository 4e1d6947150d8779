import type { CalendlySandbox, Delivery, RecordedCall } from '../calendly/calendly.ts';
import type { Invitee } from '../calendly/resources.ts';

export type Tone = 'neutral' | 'good' | 'bad';

/** One thing that happened, in one of the ledgers that share the time axis. */
export interface Row {
  /** ISO instant. */
  at: string;
  /** A status or the name of an event. */
  title: string;
  detail?: string;
  tone?: Tone;
  /** The cause was a trouble switched on here. */
  trouble?: boolean;
}

/** A promise of the product and how often it was broken. */
export interface PromiseCount {
  count: number;
  label: string;
}

const whatFor = (sandbox: CalendlySandbox, invitee: Invitee): string => {
  const event = sandbox.state.events.find(({ uri }) => uri === invitee.event);
  return `${event?.name ?? 'Event'}, ${event?.start_time.slice(0, 16).replace('T', ' ') ?? ''} UTC, ${invitee.name}`;
};

/** What both providers' logs of calls have in common. */
export type Call = Pick<RecordedCall, 'at' | 'method' | 'path' | 'status' | 'error' | 'replied'>;

export function callRow(call: Call): Row {
  const lost = call.status !== null && !call.replied;
  const fine = call.status !== null && call.status < 400;
  return {
    at: call.at,
    title: `${call.status ?? 'no answer'}${call.error ? ` ${call.error}` : ''}`,
    detail: `${call.method} ${call.path}${lost ? ', reply lost' : ''}`,
    tone: fine ? 'good' : 'bad',
    trouble: !fine || lost,
  };
}

const deliveryRow = (delivery: Delivery): Row => {
  const last = delivery.attempts.at(-1);
  const answers = last ? `, answered ${last.status ?? last.error}` : '';
  return {
    at: delivery.attempts[0]?.at ?? delivery.created_at,
    title: delivery.event,
    detail: `Webhook ${delivery.status}, ${delivery.attempts.length} ${delivery.attempts.length === 1 ? 'attempt' : 'attempts'}${answers}`,
    tone:
      delivery.status === 'delivered'
        ? 'neutral'
        : delivery.status === 'pending'
          ? 'neutral'
          : 'bad',
    trouble: delivery.status === 'lost' || delivery.attempts.length > 1,
  };
};

const bookingRows = (sandbox: CalendlySandbox): Row[] =>
  sandbox.state.invitees.flatMap((invitee): Row[] => [
    ...(invitee.scheduling_method === 'instant_book'
      ? [
          {
            at: invitee.created_at,
            title: invitee.old_invitee ? 'moved' : 'booked on Calendly',
            detail: whatFor(sandbox, invitee),
            tone: 'good',
          } satisfies Row,
        ]
      : []),
    ...(invitee.cancellation && !invitee.rescheduled
      ? [
          {
            at: invitee.cancellation.created_at,
            title: `canceled by ${invitee.cancellation.canceler_type}`,
            detail: whatFor(sandbox, invitee),
          } satisfies Row,
        ]
      : []),
  ]);

/** What changed something at Calendly, newest first; mere reading is in the log of calls. */
export const calendlyLedger = (sandbox: CalendlySandbox): Row[] =>
  [
    ...sandbox.state.calls.filter(({ method }) => method !== 'GET').map(callRow),
    ...bookingRows(sandbox),
    ...sandbox.state.deliveries.map(deliveryRow),
  ].toSorted((a, b) => b.at.localeCompare(a.at));

/** Seats given out beyond what there is, and hosts in two meetings at once. */
export function timesSoldTwice(sandbox: CalendlySandbox): number {
  const active = sandbox.state.events.filter(({ status }) => status === 'active');
  const overfull = active.filter((event) => {
    const seats = sandbox.state.invitees.filter(
      (invitee) => invitee.event === event.uri && invitee.status === 'active',
    );
    return seats.length > event.limit;
  });
  const clashes = active.filter((event, index) =>
    active
      .slice(0, index)
      .some(
        (other) =>
          other.start_time < event.end_time &&
          event.start_time < other.end_time &&
          other.hosts.some((host) => event.hosts.includes(host)),
      ),
  );
  return overfull.length + clashes.length;
}
