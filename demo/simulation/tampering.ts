import { addressOf } from './network.ts';
import type { SimulatedDatabaseOptions } from './simulated-database.ts';

/** Takes a guard of the product away from outside, to see whether the histories would notice. */
type Tamper = (send: typeof fetch) => typeof fetch;

const methodOf = (init: RequestInit | undefined): string => init?.method ?? 'GET';

/** Whoever looks for an invitee of theirs in Calendly's lists finds none. */
export const blindToOwnInvitees: Tamper = (send) => async (input, init) =>
  methodOf(init) === 'GET' && new URL(addressOf(input)).pathname === '/scheduled_events'
    ? Response.json({
        collection: [],
        pagination: { count: 0, next_page: null, previous_page: null },
      })
    : send(input, init);

/** Every write to Stripe has a key that no other had. */
export const freshIdempotencyKeys: Tamper = (send) => {
  let writes = 0;
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    if (headers.has('idempotency-key')) headers.set('idempotency-key', `write ${++writes}`);
    return send(input, { ...init, headers });
  };
};

/** A checkout is read once; later looks are told the same again. */
export const rememberedCheckouts: Tamper = (send) => {
  const remembered = new Map<string, string>();
  return async (input, init) => {
    const { pathname } = new URL(addressOf(input));
    if (methodOf(init) !== 'GET' || !pathname.startsWith('/v1/checkout/sessions/')) {
      return send(input, init);
    }
    const known = remembered.get(pathname);
    if (known !== undefined) return Response.json(JSON.parse(known));
    const answer = await send(input, init);
    if (answer.ok) remembered.set(pathname, await answer.clone().text());
    return answer;
  };
};

/** Nothing in the database keeps two bookings from one seat. */
export const seatsUnguarded: SimulatedDatabaseOptions = {
  alter: `drop index booking_seat; drop trigger booking_overlap_insert;
    drop trigger booking_overlap_update`,
};

/** Every copy of a delivery looks like one that was never here before. */
export function inboxUnguarded(): SimulatedDatabaseOptions {
  let deliveries = 0;
  return {
    rewrite(query) {
      if (!query.sql.startsWith('insert into "delivery"')) return query;
      const [source, key, ...others] = query.parameters;
      return { ...query, parameters: [source, `${String(key)} ${++deliveries}`, ...others] };
    },
  };
}
