import { Hono } from 'hono';
import { byUri, type Core, known, organizationOf, resourceUri } from '../core.ts';
import { presentEventType } from '../present.ts';
import { invalidArgument, notFound, permissionDenied } from '../refusal.ts';
import type { EventType } from '../resources.ts';
import { type ApiEnv, type Caller, requireScope, usersInQuestion } from './caller.ts';
import { booleanParameter, paged, requireUri, sorted } from './query.ts';

/** The event type a request names, if the caller may know of it. */
export function visibleEventType(core: Core, caller: Caller, uri: string): EventType {
  const eventType = byUri(core.state.eventTypes, uri);
  if (!eventType) throw notFound();
  if (organizationOf(core, eventType) !== caller.user.current_organization)
    throw permissionDenied('You do not have permission to access this resource.');
  return eventType;
}

export const eventTypesRoutes = (core: Core): Hono<ApiEnv> =>
  new Hono<ApiEnv>()
    .get('/event_types', requireScope('event_types:read'), (context) => {
      const query = context.req.query();
      if (!query.user && !query.organization)
        throw invalidArgument([
          { parameter: 'user', message: 'is missing' },
          { parameter: 'organization', message: 'is missing' },
        ]);
      const owners = usersInQuestion(core, context.var.caller, {
        user: query.user,
        organization: query.organization,
      });
      const active = booleanParameter(query, 'active');
      const adminManaged = booleanParameter(query, 'admin_managed');
      const matching = core.state.eventTypes.filter(
        (eventType) =>
          !eventType.deleted_at &&
          owners.some((owner) => owner.uri === eventType.rules.owner) &&
          (active === undefined || eventType.active === active) &&
          (adminManaged === undefined || eventType.admin_managed === adminManaged),
      );
      const inOrder = sorted(matching, query.sort ?? 'name:asc', {
        name: (eventType) => eventType.name.toLowerCase(),
        position: (eventType) => eventType.position,
        created_at: (eventType) => eventType.created_at,
        updated_at: (eventType) => eventType.updated_at,
      });
      return context.json(
        paged('/event_types', query, inOrder, (eventType) => presentEventType(core, eventType)),
      );
    })
    .get('/event_types/:id', requireScope('event_types:read'), (context) => {
      const uri = resourceUri('event_types', context.req.param('id'));
      const eventType = visibleEventType(core, context.var.caller, uri);
      return context.json({ resource: presentEventType(core, eventType) });
    })
    .get('/event_type_memberships', requireScope('event_types:read'), (context) => {
      const query = context.req.query();
      const uri = requireUri(query, 'event_type', 'event_types');
      const eventType = visibleEventType(core, context.var.caller, uri);
      return context.json(
        paged('/event_type_memberships', query, eventType.rules.hosts, (host) => ({
          event_type: eventType.uri,
          member: { uri: host, name: known(core.state.users, host).name },
        })),
      );
    });
