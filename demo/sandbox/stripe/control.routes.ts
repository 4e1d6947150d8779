import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { sameSite } from '../same-site.ts';
import { TroublePatch } from './control-trouble.ts';
import type { StripeSandbox } from './stripe.ts';

const text = v.pipe(v.string(), v.nonEmpty());

const Pay = v.object({
  session: text,
  card: v.exactOptional(text),
  threeDSecure: v.exactOptional(v.picklist(['pass', 'fail', 'leave'])),
});
const Intent = v.object({ payment_intent: text });
const Dispute = v.object({
  ...Intent.entries,
  outcome: v.exactOptional(v.picklist(['won', 'lost'])),
});
const Roll = v.object({ endpoint: text });

const fields = async <T extends v.GenericSchema>(
  schema: T,
  context: Context,
): Promise<v.InferOutput<T>> => v.parse(schema, await context.req.json());

/** The sandbox's own levers, under `/_sandbox/`, for scripts. */
export const controlRoutes = (sandbox: StripeSandbox): Hono =>
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
    .post('/actions/pay', async (context) => {
      const { session, card, threeDSecure } = await fields(Pay, context);
      return context.json({
        result: sandbox.pay(session, card, { ...(threeDSecure && { threeDSecure }) }),
      });
    })
    .post('/actions/lapse-authorization', async (context) => {
      sandbox.lapseAuthorization((await fields(Intent, context)).payment_intent);
      return context.json({});
    })
    .post('/actions/dispute', async (context) => {
      const { payment_intent, outcome } = await fields(Dispute, context);
      return context.json(sandbox.dispute(payment_intent, outcome));
    })
    .post('/actions/roll-secret', async (context) =>
      context.json({ secret: sandbox.rollSecret((await fields(Roll, context)).endpoint) }),
    )
    .post('/actions/settle-webhooks', async (context) => {
      await sandbox.settleWebhooks();
      return context.json({});
    })
    .post('/actions/reset', (context) => {
      sandbox.reset();
      return context.json({});
    })
    .onError((error, context) =>
      context.json(
        { error: error instanceof v.ValiError ? v.summarize(error.issues) : error.message },
        400,
      ),
    );
