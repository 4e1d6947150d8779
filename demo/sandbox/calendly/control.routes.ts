import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { sameSite } from '../same-site.ts';
import type { CalendlySandbox } from './calendly.ts';
import { TroublePatch } from './control-trouble.ts';
import type { CustomQuestion, LocationConfiguration } from './resources.ts';

const text = v.pipe(v.string(), v.nonEmpty());
const reason = v.exactOptional(v.string());

const BookAsStranger = v.object({
  event_type: text,
  start_time: text,
  name: v.exactOptional(text),
  email: v.exactOptional(text),
});
const CancelAsHost = v.object({ event: text, reason });
const CancelAsInvitee = v.object({ invitee: text, reason });
const RescheduleAsInvitee = v.object({ invitee: text, start_time: text, reason });
const EditEventType = v.object({
  event_type: text,
  active: v.exactOptional(v.boolean()),
  name: v.exactOptional(text),
  locations: v.exactOptional(v.nullable(v.custom<LocationConfiguration[]>(Array.isArray))),
  custom_questions: v.exactOptional(v.custom<CustomQuestion[]>(Array.isArray)),
});

/** JSON from a script, a form from the panel. */
async function fieldsOf(context: Context): Promise<unknown> {
  if (context.req.header('Content-Type')?.includes('json')) return context.req.json();
  const form = Object.fromEntries(new URLSearchParams(await context.req.text()));
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ''));
}

/** A form goes back to where it came from; a script gets JSON. */
const answer = (context: Context, body: unknown): Response =>
  context.req.header('Content-Type')?.includes('json')
    ? context.json(body ?? {})
    : context.redirect('/_sandbox/', 303);

/** The sandbox's own levers, under `/_sandbox/`. */
export const controlRoutes = (sandbox: CalendlySandbox): Hono =>
  new Hono()
    .basePath('/_sandbox')
    .use(sameSite)
    .get('/state', (context) => context.json(sandbox.state))
    .get('/calls', (context) => context.json(sandbox.state.calls))
    .get('/trouble', (context) => context.json(sandbox.trouble))
    .patch('/trouble', async (context) => {
      const patch = v.safeParse(TroublePatch, await context.req.json().catch(() => null));
      if (!patch.success) return context.json({ issues: v.flatten(patch.issues) }, 400);
      Object.assign(sandbox.trouble, patch.output);
      return context.json(sandbox.trouble);
    })
    .post('/actions/book-as-stranger', async (context) => {
      const wish = v.parse(BookAsStranger, await fieldsOf(context));
      const { event_type, start_time, ...stranger } = wish;
      return answer(context, sandbox.bookAsStranger(event_type, start_time, stranger));
    })
    .post('/actions/cancel-as-host', async (context) => {
      const wish = v.parse(CancelAsHost, await fieldsOf(context));
      return answer(context, sandbox.cancelAsHost(wish.event, wish.reason));
    })
    .post('/actions/cancel-as-invitee', async (context) => {
      const wish = v.parse(CancelAsInvitee, await fieldsOf(context));
      return answer(context, sandbox.cancelAsInvitee(wish.invitee, wish.reason));
    })
    .post('/actions/reschedule-as-invitee', async (context) => {
      const wish = v.parse(RescheduleAsInvitee, await fieldsOf(context));
      return answer(
        context,
        sandbox.rescheduleAsInvitee(wish.invitee, wish.start_time, wish.reason),
      );
    })
    .post('/actions/edit-event-type', async (context) => {
      const { event_type, ...patch } = v.parse(EditEventType, await fieldsOf(context));
      return answer(context, sandbox.editEventType(event_type, patch));
    })
    .post('/actions/disable-subscriptions', (context) =>
      answer(context, sandbox.disableSubscriptions()),
    )
    .post('/actions/delete-subscriptions', (context) =>
      answer(context, sandbox.deleteSubscriptions()),
    )
    .post('/actions/settle-webhooks', async (context) =>
      answer(context, await sandbox.settleWebhooks()),
    )
    .post('/actions/reset', (context) => answer(context, sandbox.reset()))
    .onError((error, context) =>
      context.json(
        { error: error instanceof v.ValiError ? v.summarize(error.issues) : error.message },
        400,
      ),
    );
