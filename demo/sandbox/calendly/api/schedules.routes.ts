import { Hono } from 'hono';
import { byUri, type Core, known, resourceUri } from '../core.ts';
import { notFound, permissionDenied } from '../refusal.ts';
import type { User } from '../resources.ts';
import { type ApiEnv, requireScope, sameOrganization } from './caller.ts';
import { visibleEventType } from './event-types.routes.ts';
import { requireUri } from './query.ts';

const presentSchedule = (user: User): object => ({
  uri: user.schedule.uri,
  default: true,
  name: user.schedule.name,
  user: user.uri,
  timezone: user.timezone,
  rules: user.schedule.rules,
});

/** The hours people keep; to be read only. */
export const schedulesRoutes = (core: Core): Hono<ApiEnv> =>
  new Hono<ApiEnv>()
    .get('/user_availability_schedules', requireScope('availability:read'), (context) => {
      const user = byUri(core.state.users, requireUri(context.req.query(), 'user', 'users'));
      if (!user) throw notFound();
      if (!sameOrganization(context.var.caller, user)) throw permissionDenied();
      return context.json({ collection: [presentSchedule(user)] });
    })
    .get('/user_availability_schedules/:id', requireScope('availability:read'), (context) => {
      const uri = resourceUri('user_availability_schedules', context.req.param('id'));
      const user = core.state.users.find((candidate) => candidate.schedule.uri === uri);
      if (!user) throw notFound();
      if (!sameOrganization(context.var.caller, user)) throw permissionDenied();
      return context.json({ resource: presentSchedule(user) });
    })
    .get('/event_type_availability_schedules', requireScope('availability:read'), (context) => {
      const uri = requireUri(context.req.query(), 'event_type', 'event_types');
      const eventType = visibleEventType(core, context.var.caller, uri);
      const owner = known(core.state.users, eventType.rules.owner);
      return context.json({
        collection: [
          {
            event_type: eventType.uri,
            availability_setting: 'host',
            availability_rule: {
              timezone: owner.timezone,
              uri: owner.schedule.uri,
              name: owner.schedule.name,
              user: owner.uri,
              rules: owner.schedule.rules,
            },
          },
        ],
        pagination: {
          count: 1,
          next_page: null,
          previous_page: null,
          next_page_token: null,
          previous_page_token: null,
        },
      });
    });
