import type Stripe from 'stripe';
import { type Announce, apiVersion, type Ground, ownerOf, seconds, snapshot } from '../core.ts';
import type { Webhooks } from './deliveries.ts';

/** The endpoints that are told of this type, on this account. */
const audience = (core: Ground, type: string, account: string | null): Stripe.WebhookEndpoint[] =>
  core.state.endpoints.filter(
    (endpoint) =>
      endpoint.status === 'enabled' &&
      (core.state.endpointFacts[endpoint.id]?.connect ?? false) === (account !== null) &&
      (endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(type)),
  );

/** Events are snapshots of the moment and are never rendered again. */
export function createEventLog(core: Ground, webhooks: Webhooks): Announce {
  return (type, object, previous) => {
    const account = 'id' in object && object.id !== undefined ? ownerOf(core, object.id) : null;
    const endpoints = audience(core, type, account);
    const event = {
      id: core.identities.id('evt_1', 23),
      object: 'event',
      ...(account && { account }),
      api_version: apiVersion,
      created: seconds(core),
      data: {
        object: snapshot(object),
        ...(previous && { previous_attributes: snapshot(previous) }),
      },
      livemode: false,
      pending_webhooks: endpoints.length,
      request: {
        id: core.request?.id ?? null,
        idempotency_key: core.request?.idempotencyKey ?? null,
      },
      type,
      // The union of all events pairs each type with its object, as the signature of Announce does.
    } as Stripe.Event;
    if (account) core.state.owners[event.id] = account;
    core.state.events.push(event);
    webhooks.send(event, endpoints);
  };
}
