import { Hono } from 'hono';
import type { Core } from '../core.ts';
import { invalidArgument } from '../refusal.ts';
import { lastSegment, type SchedulingLink } from '../resources.ts';
import { checkBody, jsonBody } from './body.ts';
import { type ApiEnv, requireScope } from './caller.ts';
import { visibleEventType } from './event-types.routes.ts';

export const schedulingLinksRoutes = (core: Core): Hono<ApiEnv> =>
  new Hono<ApiEnv>().post(
    '/scheduling_links',
    requireScope('scheduling_links:write'),
    async (context) => {
      const body = await jsonBody(context);
      const check = checkBody();
      if (body.max_event_count === undefined) check.add('max_event_count', 'is missing');
      // Typed as a string in the documents of 2026, taken as a number from most clients.
      else if (Number(body.max_event_count) !== 1)
        check.add('max_event_count', 'must be equal to 1');
      const owner = check.text(body, '', 'owner');
      const ownerType = check.text(body, '', 'owner_type');
      if (ownerType && ownerType !== 'EventType')
        check.add('owner_type', 'must be one of: EventType');
      check.done();
      const eventType = visibleEventType(core, context.var.caller, owner);
      if (!eventType.active) throw invalidArgument([{ parameter: 'owner', message: 'is invalid' }]);
      const id = core.identities.link();
      const link: SchedulingLink = {
        id,
        booking_url: `${core.publicUrl}/d/${id}/${eventType.slug ?? lastSegment(eventType.uri)}`,
        event_type: eventType.uri,
        used: false,
      };
      core.state.links.push(link);
      return context.json(
        { resource: { booking_url: link.booking_url, owner, owner_type: 'EventType' } },
        201,
      );
    },
  );
