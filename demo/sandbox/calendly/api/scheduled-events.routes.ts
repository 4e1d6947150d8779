import { Hono } from 'hono';
import { byUri, type Core, instant, inviteesOf, known, resourceUri } from '../core.ts';
import { presentCancellation, presentEvent, presentInvitee } from '../present.ts';
import { invalidArgument, notFound, permissionDenied } from '../refusal.ts';
import type { ScheduledEvent } from '../resources.ts';
import { cancelEvent } from '../scheduling.ts';
import type { Webhooks } from '../webhooks.ts';
import { jsonBody } from './body.ts';
import { type ApiEnv, type Caller, requireScope, usersInQuestion } from './caller.ts';
import { instantParameter, paged, sorted } from './query.ts';

const attendedBy = (core: Core, caller: Caller, event: ScheduledEvent): boolean =>
  event.hosts.includes(caller.user.uri) ||
  (caller.user.role !== 'user' &&
    event.hosts.some(
      (host) =>
        known(core.state.users, host).current_organization === caller.user.current_organization,
    ));

function visibleEvent(core: Core, caller: Caller, id: string): ScheduledEvent {
  const event = byUri(core.state.events, resourceUri('scheduled_events', id));
  if (!event) throw notFound();
  if (!attendedBy(core, caller, event))
    throw permissionDenied('You are not allowed to view this event');
  return event;
}

function statusParameter(query: Record<string, string>): string | undefined {
  const { status } = query;
  if (status !== undefined && status !== 'active' && status !== 'canceled')
    throw invalidArgument([{ parameter: 'status', message: 'must be one of: active, canceled' }]);
  return status;
}

export const scheduledEventsRoutes = (core: Core, webhooks: Webhooks): Hono<ApiEnv> =>
  new Hono<ApiEnv>()
    .get('/scheduled_events', requireScope('scheduled_events:read'), (context) => {
      const query = context.req.query();
      if (!query.user && !query.organization && !query.group)
        throw invalidArgument([
          { parameter: 'user', message: 'is missing' },
          { parameter: 'organization', message: 'is missing' },
        ]);
      const hosts = usersInQuestion(core, context.var.caller, {
        user: query.user,
        organization: query.organization,
      });
      const status = statusParameter(query);
      const email = query.invitee_email?.toLowerCase();
      const minMs = instantParameter(query, 'min_start_time');
      const maxMs = instantParameter(query, 'max_start_time');
      const min = minMs === undefined ? undefined : instant(minMs);
      const max = maxMs === undefined ? undefined : instant(maxMs);
      const matching = core.state.events.filter(
        (event) =>
          event.hosts.some((uri) => hosts.some((host) => host.uri === uri)) &&
          (status === undefined || event.status === status) &&
          (min === undefined || event.start_time >= min) &&
          (max === undefined || event.start_time <= max) &&
          (email === undefined ||
            inviteesOf(core, event).some((invitee) => invitee.email === email)),
      );
      const inOrder = sorted(matching, query.sort ?? 'start_time:asc', {
        start_time: (event) => event.start_time,
      });
      return context.json(
        paged('/scheduled_events', query, inOrder, (event) => presentEvent(core, event)),
      );
    })
    .get('/scheduled_events/:id', requireScope('scheduled_events:read'), (context) => {
      const event = visibleEvent(core, context.var.caller, context.req.param('id'));
      return context.json({ resource: presentEvent(core, event) });
    })
    .get('/scheduled_events/:id/invitees', requireScope('scheduled_events:read'), (context) => {
      const query = context.req.query();
      const event = visibleEvent(core, context.var.caller, context.req.param('id'));
      const status = statusParameter(query);
      const email = query.email?.toLowerCase();
      const matching = inviteesOf(core, event).filter(
        (invitee) =>
          (status === undefined || invitee.status === status) &&
          (email === undefined || invitee.email === email),
      );
      const inOrder = sorted(matching, query.sort ?? 'created_at:asc', {
        created_at: (invitee) => invitee.created_at,
      });
      return context.json(paged(context.req.path, query, inOrder, presentInvitee));
    })
    .get(
      '/scheduled_events/:id/invitees/:invitee',
      requireScope('scheduled_events:read'),
      (context) => {
        const event = visibleEvent(core, context.var.caller, context.req.param('id'));
        const uri = `${event.uri}/invitees/${context.req.param('invitee')}`;
        const invitee = byUri(core.state.invitees, uri);
        if (!invitee) throw notFound();
        return context.json({ resource: presentInvitee(invitee) });
      },
    )
    .post(
      '/scheduled_events/:id/cancellation',
      requireScope('scheduled_events:write'),
      async (context) => {
        const { caller } = context.var;
        const body = await jsonBody(context);
        const event = byUri(
          core.state.events,
          resourceUri('scheduled_events', context.req.param('id')),
        );
        if (!event) throw notFound();
        if (!attendedBy(core, caller, event))
          throw permissionDenied('You are not allowed to cancel this event');
        const reason = body.reason ?? null;
        if (reason !== null && typeof reason !== 'string')
          throw invalidArgument([{ parameter: 'reason', message: 'must be a string' }]);
        if (reason !== null && reason.length > 10_000)
          throw invalidArgument([
            { parameter: 'reason', message: 'size cannot be greater than 10000' },
          ]);
        if (reason && core.trouble.cancelReasonRefused) throw invalidArgument();
        if (event.status === 'canceled') throw permissionDenied('Event is already canceled');
        if (Date.parse(event.start_time) <= core.clock.now())
          throw permissionDenied('Event in the past');
        // By API it is always the host who cancels, whoever asked for it.
        const invitees = cancelEvent(core, event, caller.user.name, reason);
        webhooks.announce(invitees.map((invitee) => ({ event: 'invitee.canceled', invitee })));
        return context.json(
          { resource: event.cancellation && presentCancellation(event.cancellation) },
          201,
        );
      },
    );
