import type Stripe from 'stripe';
import { apiVersion, type Core, seconds } from '../core.ts';
import { badParameter, noSuch, Refusal } from '../refusal.ts';
import { eventTypes } from '../webhooks/event-types.ts';
import { find, visible } from './expansion.ts';
import { page, pagination } from './lists.ts';
import {
  boolean,
  list,
  mergeMetadata,
  metadataChange,
  oneOf,
  type Parameter,
  required,
  text,
  unsettable,
  url,
} from './parameters.ts';
import { type Route, route } from './route.ts';

const path = '/v1/webhook_endpoints';
const most = 16;

const own = (core: Core, id: string, account: string | null): Stripe.WebhookEndpoint => {
  const endpoint = find(core, core.state.endpoints, id, account);
  if (!endpoint) throw noSuch('webhook endpoint', id, 'webhook_endpoint');
  return endpoint;
};

const enabledEvents: Parameter<string[], false> = {
  isRequired: false,
  read(value, name) {
    const events = list(text(), 300).read(value, name);
    const unknown = events.findIndex((event) => event !== '*' && !eventTypes.has(event));
    if (unknown >= 0)
      throw badParameter(
        `Invalid ${name}[${unknown}]: ${events[unknown]} is no event type of this API version`,
        `${name}[${unknown}]`,
      );
    return events;
  },
};

export interface EndpointWish {
  url: string;
  enabledEvents: string[];
  connect?: boolean;
  description?: string | null;
  metadata?: Stripe.Metadata;
  secret?: string;
}

export function createEndpoint(core: Core, wish: EndpointWish): Stripe.WebhookEndpoint {
  const endpoint: Stripe.WebhookEndpoint = {
    id: core.identities.id('we_1', 23),
    object: 'webhook_endpoint',
    api_version: apiVersion,
    application: null,
    created: seconds(core),
    description: wish.description ?? null,
    enabled_events: wish.enabledEvents,
    livemode: false,
    metadata: wish.metadata ?? {},
    status: 'enabled',
    url: wish.url,
  };
  core.state.endpoints.push(endpoint);
  core.state.endpointFacts[endpoint.id] = {
    secrets: [{ secret: wish.secret ?? core.identities.id('whsec_', 32), untilMs: null }],
    connect: wish.connect ?? false,
  };
  return endpoint;
}

export const webhookEndpointsRoutes: Route[] = [
  route(
    'POST',
    path,
    {
      url: required(url),
      enabled_events: required(enabledEvents),
      // Events are rendered at one version here; another one would be a promise not kept.
      api_version: oneOf(apiVersion),
      connect: boolean,
      description: unsettable(text()),
      metadata: metadataChange,
    },
    ({ core, values, account }) => {
      if (visible(core, core.state.endpoints, account).length >= most)
        throw new Refusal(`You have reached the maximum of ${most} test webhook endpoints.`);
      const endpoint = createEndpoint(core, {
        url: values.url,
        enabledEvents: values.enabled_events,
        connect: values.connect ?? false,
        description: values.description ?? null,
        metadata: mergeMetadata({}, values.metadata),
      });
      if (account) core.state.owners[endpoint.id] = account;
      // Here and never again.
      return { ...endpoint, secret: core.state.endpointFacts[endpoint.id]?.secrets[0]?.secret };
    },
  ),
  route('GET', path, pagination, ({ core, values, account }) =>
    page(
      path,
      'webhook endpoint',
      visible(core, core.state.endpoints, account).toReversed(),
      values,
    ),
  ),
  route('GET', `${path}/:id`, {}, ({ core, id, account }) => own(core, id, account)),
  route(
    'POST',
    `${path}/:id`,
    {
      url,
      enabled_events: enabledEvents,
      disabled: boolean,
      description: unsettable(text()),
      metadata: metadataChange,
    },
    ({ core, id, account, values }) => {
      const endpoint = own(core, id, account);
      if (values.url !== undefined) endpoint.url = values.url;
      if (values.enabled_events !== undefined) endpoint.enabled_events = values.enabled_events;
      if (values.disabled !== undefined) endpoint.status = values.disabled ? 'disabled' : 'enabled';
      if (values.description !== undefined) endpoint.description = values.description;
      endpoint.metadata = mergeMetadata(endpoint.metadata, values.metadata);
      return endpoint;
    },
  ),
  route('DELETE', `${path}/:id`, {}, ({ core, id, account }) => {
    const endpoint = own(core, id, account);
    core.state.endpoints.splice(core.state.endpoints.indexOf(endpoint), 1);
    return {
      id,
      object: 'webhook_endpoint',
      deleted: true,
    } satisfies Stripe.DeletedWebhookEndpoint;
  }),
];
