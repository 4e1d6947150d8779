import { Hono, type MiddlewareHandler } from 'hono';
import { openSlotAt } from '../availability.ts';
import { byUri, type Core, planOf, present, resourceUri } from '../core.ts';
import { presentInvitee } from '../present.ts';
import { invalidArgument, notFound, permissionDenied } from '../refusal.ts';
import type { EventType } from '../resources.ts';
import { schedule } from '../scheduling.ts';
import { takeSlotAsStranger } from '../strangers.ts';
import type { Webhooks } from '../webhooks.ts';
import { type ApiEnv, requireScope } from './caller.ts';
import { checkBody, jsonBody } from './body.ts';
import { visibleEventType } from './event-types.routes.ts';
import { chooseLocation, matchAnswers } from './invitee-choices.ts';
import { alreadyFilled, readInviteeRequest } from './invitee-request.ts';

/** Since November 2026 every plan may book by API; the refusal still exists for accounts that lack it. */
const requirePlan =
  (core: Core): MiddlewareHandler<ApiEnv> =>
  async (context, next) => {
    if (core.trouble.planRefused || !planOf(core, context.var.caller.user))
      throw permissionDenied('Please upgrade to a paid Calendly account.');
    await next();
  };

/** Nobody has written down how paid types and polls are refused; that they may be is why a backend hands them over. */
function refuseUnbookable(core: Core, eventType: EventType): void {
  const refused =
    (eventType.is_paid && !core.trouble.paidTypesBookable) ||
    (eventType.booking_method === 'poll' && !core.trouble.pollTypesBookable);
  if (refused) throw invalidArgument([{ parameter: 'event_type', message: 'is invalid' }]);
}

function refuseFilled(core: Core, eventType: EventType, startMs: number): void {
  if (startMs <= core.clock.now())
    throw invalidArgument([{ parameter: 'event.start_time', message: 'must be in the future' }]);
  if (core.trouble.slotTakenNext > 0) {
    core.trouble.slotTakenNext -= 1;
    takeSlotAsStranger(core, eventType, startMs);
  }
  if (!openSlotAt(core, eventType, startMs)) throw invalidArgument([alreadyFilled()]);
}

export const inviteesRoutes = (core: Core, webhooks: Webhooks): Hono<ApiEnv> =>
  new Hono<ApiEnv>()
    .post(
      '/invitees',
      requireScope('scheduled_events:write'),
      requirePlan(core),
      async (context) => {
        const request = readInviteeRequest(await jsonBody(context));
        const eventType = visibleEventType(core, context.var.caller, request.eventType);
        if (eventType.deleted_at) throw notFound();
        refuseUnbookable(core, eventType);
        // The place is looked at before the time: a wrong one hides that the slot is gone.
        const location = chooseLocation(eventType, request.location);
        const answers = matchAnswers(eventType, request.answers);
        refuseFilled(core, eventType, request.startMs);
        const invitee = schedule(core, {
          ...request,
          eventType,
          location,
          answers,
          method: 'api',
          payment: null,
        });
        if (!invitee) throw invalidArgument([alreadyFilled()]);
        webhooks.announce([{ event: 'invitee.created', invitee }]);
        return context.json({ resource: presentInvitee(invitee) }, 201);
      },
    )
    .post('/invitee_no_shows', requireScope('scheduled_events:write'), async (context) => {
      const check = checkBody();
      const uri = check.text(await jsonBody(context), '', 'invitee');
      check.done();
      const invitee = byUri(core.state.invitees, uri);
      if (!invitee) throw notFound();
      invitee.no_show ??= {
        uri: resourceUri('invitee_no_shows', core.identities.uuid()),
        created_at: present(core),
      };
      webhooks.announce([{ event: 'invitee_no_show.created', invitee }]);
      return context.json({ resource: { invitee: uri, ...invitee.no_show } }, 201);
    })
    .get('/invitee_no_shows/:id', requireScope('scheduled_events:read'), (context) => {
      const uri = resourceUri('invitee_no_shows', context.req.param('id'));
      const invitee = core.state.invitees.find((candidate) => candidate.no_show?.uri === uri);
      if (!invitee) throw notFound();
      return context.json({ resource: { invitee: invitee.uri, ...invitee.no_show } });
    })
    .delete('/invitee_no_shows/:id', requireScope('scheduled_events:write'), (context) => {
      const uri = resourceUri('invitee_no_shows', context.req.param('id'));
      const invitee = core.state.invitees.find((candidate) => candidate.no_show?.uri === uri);
      if (!invitee) throw notFound();
      webhooks.announce([{ event: 'invitee_no_show.deleted', invitee }]);
      invitee.no_show = null;
      return context.body(null, 204);
    });
