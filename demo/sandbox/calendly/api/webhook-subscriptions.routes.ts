import { Hono } from 'hono';
import { byUri, type Core, present, resourceUri } from '../core.ts';
import { presentInviteePayload, presentSubscription, sixDigits } from '../present.ts';
import {
  alreadyExists,
  insufficientScope,
  invalidArgument,
  notFound,
  permissionDenied,
} from '../refusal.ts';
import type { WebhookSubscription } from '../resources.ts';
import { checkBody, jsonBody } from './body.ts';
import { administers, type ApiEnv, type Caller, requireScope } from './caller.ts';
import { paged, requireParameters, sorted } from './query.ts';

type Scope = WebhookSubscription['scope'];

/** Which scopes an event may be subscribed at, and the read scope that its family takes. */
const families: { events: RegExp; scopes: Scope[]; read: string }[] = [
  {
    events: /^(invitee\.(created|canceled)|invitee_no_show\.(created|deleted))$/,
    scopes: ['organization', 'user', 'group'],
    read: 'scheduled_events:read',
  },
  {
    events: /^event_type\.(created|updated|deleted)$/,
    scopes: ['organization', 'user', 'group'],
    read: 'event_types:read',
  },
  {
    events: /^routing_form_submission\.created$/,
    scopes: ['organization'],
    read: 'routing_forms:read',
  },
  {
    events: /^meeting_recap\.(created|updated|deleted)$/,
    scopes: ['user'],
    read: 'meeting_recaps:read',
  },
  {
    events: /^contact\.(created|updated|deleted)$/,
    scopes: ['organization', 'user', 'group'],
    read: 'contacts:read',
  },
];

const isScope = (text: string): text is Scope => ['organization', 'user', 'group'].includes(text);

/** Calendly posts to https only; a loopback address passes here so that a demo needs no certificate. */
function isCallback(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && loopback);
}

function requireReadScopes(caller: Caller, scope: Scope, events: string[]): void {
  const missing = new Set<string>();
  events.forEach((event, index) => {
    const family = families.find((candidate) => candidate.events.test(event));
    if (!family || !family.scopes.includes(scope))
      throw invalidArgument([{ parameter: `events[${index}]`, message: 'is invalid' }]);
    if (!caller.can(family.read)) missing.add(family.read);
  });
  if (missing.size > 0) throw insufficientScope([...missing]);
}

function requireReach(
  caller: Caller,
  scope: Scope,
  organization: string,
  user: string | null,
): void {
  if (organization !== caller.user.current_organization) throw permissionDenied();
  if (scope === 'organization' && !administers(caller, organization)) throw permissionDenied();
  if (scope === 'user' && user !== caller.user.uri && !administers(caller, organization))
    throw permissionDenied();
}

export const webhookSubscriptionsRoutes = (core: Core): Hono<ApiEnv> => {
  const own = (caller: Caller, id: string): WebhookSubscription => {
    const subscription = byUri(core.state.subscriptions, resourceUri('webhook_subscriptions', id));
    if (!subscription) throw notFound();
    if (subscription.organization !== caller.user.current_organization) throw permissionDenied();
    return subscription;
  };

  return new Hono<ApiEnv>()
    .post('/webhook_subscriptions', requireScope('webhooks:write'), async (context) => {
      const { caller } = context.var;
      const body = await jsonBody(context);
      const check = checkBody();
      const url = check.text(body, '', 'url');
      if (url && !isCallback(url)) check.add('url', 'is invalid');
      if (body.events === undefined) check.add('events', 'is missing');
      const events = check.list(body, '', 'events')?.map(String) ?? [];
      if (Array.isArray(body.events) && events.length === 0) check.add('events', 'must be filled');
      const organization = check.text(body, '', 'organization');
      const scope = check.text(body, '', 'scope');
      if (scope && !isScope(scope)) check.add('scope', 'must be one of: organization, user, group');
      const user = scope === 'user' ? check.text(body, '', 'user') : null;
      const group = scope === 'group' ? check.text(body, '', 'group') : null;
      const signingKey = check.optionalText(body, '', 'signing_key');
      check.done();
      if (!isScope(scope)) throw invalidArgument();
      requireReadScopes(caller, scope, events);
      requireReach(caller, scope, organization, user);
      if (core.state.subscriptions.some((other) => other.callback_url === url))
        throw alreadyExists('Hook with this url already exists');
      const now = present(core);
      const subscription: WebhookSubscription = {
        uri: resourceUri('webhook_subscriptions', core.identities.uuid()),
        callback_url: url,
        created_at: now,
        updated_at: now,
        retry_started_at: null,
        state: 'active',
        events,
        scope,
        organization,
        user,
        group,
        creator: caller.user.uri,
        signing_key: signingKey,
      };
      core.state.subscriptions.push(subscription);
      return context.json({ resource: presentSubscription(subscription) }, 201);
    })
    .get('/webhook_subscriptions', requireScope('webhooks:read'), (context) => {
      const query = context.req.query();
      const { organization, scope } = requireParameters(query, 'organization', 'scope');
      if (!isScope(scope))
        throw invalidArgument([
          { parameter: 'scope', message: 'must be one of: organization, user, group' },
        ]);
      if (scope === 'user') requireParameters(query, 'user');
      requireReach(context.var.caller, scope, organization, query.user ?? null);
      const matching = core.state.subscriptions.filter(
        (subscription) =>
          subscription.organization === organization &&
          subscription.scope === scope &&
          (scope !== 'user' || subscription.user === query.user),
      );
      const inOrder = sorted(matching, query.sort ?? 'created_at:asc', {
        created_at: (subscription) => subscription.created_at,
      });
      return context.json(paged('/webhook_subscriptions', query, inOrder, presentSubscription));
    })
    .get('/webhook_subscriptions/:id', requireScope('webhooks:read'), (context) =>
      context.json({
        resource: presentSubscription(own(context.var.caller, context.req.param('id'))),
      }),
    )
    .delete('/webhook_subscriptions/:id', requireScope('webhooks:write'), (context) => {
      const subscription = own(context.var.caller, context.req.param('id'));
      core.state.subscriptions.splice(core.state.subscriptions.indexOf(subscription), 1);
      return context.body(null, 204);
    })
    .get('/sample_webhook_data', requireScope('webhooks:read'), (context) => {
      const query = context.req.query();
      const { event, organization } = requireParameters(query, 'event', 'organization', 'scope');
      requireReach(context.var.caller, 'organization', organization, null);
      const invitee = core.state.invitees.at(-1);
      const scheduled = invitee && byUri(core.state.events, invitee.event);
      // The bare envelope, not wrapped in `resource`.
      return context.json({
        event,
        created_at: sixDigits(present(core)),
        created_by: context.var.caller.user.uri,
        payload: invitee && scheduled ? presentInviteePayload(core, invitee, scheduled) : {},
      });
    });
};
