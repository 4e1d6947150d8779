import * as v from 'valibot';
import { cancelEvent, createInvitee } from './calendly.bookings.ts';
import { createCalls, type CalendlyDeps } from './calendly.calls.ts';
import { isSuccess, type CalendlyReply } from './calendly.client.ts';
import { namesParameter, replyError } from './calendly.errors.ts';
import { readOpenTimes } from './calendly.open-times.ts';
import { EventTypeAnswer } from './calendly.event-type.ts';
import { InviteeAnswer } from './calendly.invitee.ts';
import { ScheduledEventAnswer } from './calendly.scheduled-event.ts';
import { Resource, SchedulingLink, User, WebhookSubscription } from './calendly.schemas.ts';
import { resourcePath, resourceUri } from './calendly.uri.ts';
import { SchedulingError, type Scheduling } from './scheduling.ts';

export type { CalendlyDeps } from './calendly.calls.ts';

/** Calendly's API v2 behind the port. */
export function createCalendly(deps: CalendlyDeps): Scheduling {
  const { clock, log = () => undefined } = deps;
  const calls = createCalls(deps);

  return {
    owner: (options) => calls.read({ path: '/users/me' }, Resource(User), options),

    async eventTypes(owner, options) {
      const path = '/event_types';
      const query = { user: resourceUri(owner.uri, 'user') };
      const items = await calls.readPages({ path, query }, options);
      const read = items.flatMap((item) => {
        const result = v.safeParse(EventTypeAnswer, item);
        if (result.success) return result.output.deleted ? [] : [result.output.eventType];
        // One event type of a new sort must not take the others down with it.
        log({ event: 'calendly-event-type-skipped', problem: v.getDotPath(result.issues[0]) });
        return [];
      });
      if (items.length > 0 && read.length === 0) calls.check(EventTypeAnswer, items[0], path);
      return read;
    },

    async eventType(uri, options) {
      const path = resourcePath(uri, 'eventType');
      const { eventType, deleted } = await calls.read({ path }, Resource(EventTypeAnswer), options);
      // Deleted ones can still be read.
      if (deleted) throw new SchedulingError('not_found', 'This event type was deleted.');
      return eventType;
    },

    openTimes: (eventType, from, to, options) =>
      readOpenTimes({ calls, clock }, eventType, { from, to }, options),

    createInvitee: (request, options) => createInvitee({ calls, clock }, request, options),

    async scheduledEvents({ owner, everybodys, from, to, email, status }, options) {
      const path = '/scheduled_events';
      const list = (whose: Record<string, string>): Promise<unknown[]> => {
        const query = {
          ...whose,
          min_start_time: from,
          max_start_time: to,
          sort: 'start_time:asc',
          ...(email !== undefined && { invitee_email: email }),
          ...(status !== undefined && { status }),
        };
        return calls.readPages({ path, query }, options);
      };
      const own = { user: resourceUri(owner.uri, 'user') };
      const items = everybodys
        ? await list({ organization: resourceUri(owner.organization, 'organization') }).catch(
            (error: unknown) => {
              // Only its owners and administrators may ask for everybody's.
              if (error instanceof SchedulingError && error.failure === 'permission') {
                return list(own);
              }
              throw error;
            },
          )
        : await list(own);
      return items
        .filter((item) => !v.is(EventWithoutType, item))
        .map((item) => calls.check(ScheduledEventAnswer, item, path))
        .filter((event) => Date.parse(from) <= Date.parse(event.startTime))
        .filter((event) => Date.parse(event.startTime) < Date.parse(to));
    },

    async scheduledEvent(uri, options) {
      const path = resourcePath(uri, 'scheduledEvent');
      return calls.read({ path }, Resource(ScheduledEventAnswer), options);
    },

    async invitees(event, { email, status } = {}, options) {
      const path = `${resourcePath(event, 'scheduledEvent')}/invitees`;
      const query = {
        ...(email !== undefined && { email }),
        ...(status !== undefined && { status }),
      };
      const items = await calls.readPages({ path, query }, options);
      return items.map((item) => calls.check(InviteeAnswer, item, path));
    },

    async invitee(uri, options) {
      const path = resourcePath(uri, 'invitee');
      return calls.read({ path }, Resource(InviteeAnswer), options);
    },

    cancelEvent: (event, reason, options) => cancelEvent({ calls, clock }, event, reason, options),

    async singleUseLink(eventType, options) {
      const path = '/scheduling_links';
      const owner = resourceUri(eventType, 'eventType');
      const send = (max_event_count: number | string): Promise<CalendlyReply> => {
        const body = { max_event_count, owner, owner_type: 'EventType' };
        return calls.write({ method: 'POST', path, body }, options);
      };
      // The number works in clients; the documents of 2026 have a string.
      let reply = await send(1);
      if (reply.status === 400 && namesParameter(reply, 'max_event_count')) reply = await send('1');
      return calls.check(Resource(SchedulingLink), success(reply).body, path);
    },

    async subscriptions(owner, options) {
      const path = '/webhook_subscriptions';
      const query = {
        organization: resourceUri(owner.organization, 'organization'),
        user: resourceUri(owner.uri, 'user'),
        scope: 'user',
      };
      const items = await calls.readPages({ path, query }, options);
      return items.map((item) => calls.check(WebhookSubscription, item, path));
    },

    async createSubscription({ owner, url, events, signingKey }, options) {
      const path = '/webhook_subscriptions';
      const body = {
        url,
        events,
        organization: resourceUri(owner.organization, 'organization'),
        user: resourceUri(owner.uri, 'user'),
        scope: 'user',
        // Without one, deliveries of a personal access token carry no signature at all.
        signing_key: signingKey,
      };
      const reply = await calls.write({ method: 'POST', path, body }, options);
      return calls.check(Resource(WebhookSubscription), success(reply).body, path);
    },

    async deleteSubscription(uri, options) {
      const path = resourcePath(uri, 'webhookSubscription');
      const reply = await calls.write({ method: 'DELETE', path }, options);
      if (reply.status !== 404) success(reply);
    },
  };
}

/** Not made through an event type, hence nobody's booking here. */
const EventWithoutType = v.object({ event_type: v.null() });

function success(reply: CalendlyReply): CalendlyReply {
  if (!isSuccess(reply)) throw replyError(reply);
  return reply;
}
