import { type Context, Hono } from 'hono';
import { byId, type Core, intentOf } from '../core.ts';
import { factsOf, finishAuthentication, pay, type PayResult } from '../payment/pay.ts';
import type { Session } from '../state.ts';
import type { Webhooks } from '../webhooks/deliveries.ts';
import { blankEntries, readEntries } from './card-form.ts';
import { checkoutPage } from './checkout.page.ts';
import {
  expiredPage,
  notFoundPage,
  paidPage,
  pressedTooLatePage,
  returnAddress,
} from './closed.page.ts';
import { threeDSecurePage } from './three-d-secure.page.ts';

/** How long the buyer is kept for the shop's 2xx before being sent on without it. */
const patienceMs = 10_000;

/** The hosted Checkout page: plain forms, it works with no script. */
export function checkoutPages(core: Core, webhooks: Webhooks): Hono {
  const find = (context: Context): Session | undefined =>
    byId(core.state.sessions, context.req.param('session') ?? '');

  const closed = (session: Session): Promise<Response> =>
    session.status === 'expired' ? expiredPage() : paidPage(session);

  /** The shop has heard of it before the buyer arrives there, if it answers in time. */
  async function sendOn(context: Context, session: Session): Promise<Response> {
    const completed = core.state.events.findLast(
      (event) => event.type === 'checkout.session.completed' && event.data.object.id === session.id,
    );
    if (completed && !core.trouble.redirectBeforeWebhook)
      await webhooks.taken(completed, patienceMs);
    return context.redirect(returnAddress(session), 303);
  }

  function answerTo(
    context: Context,
    session: Session,
    result: PayResult,
  ): Promise<Response> | Response {
    switch (result) {
      case 'closed':
        return pressedTooLatePage();
      case 'requires_action':
        return context.redirect(`/c/3ds/${session.id}`, 303);
      case 'declined':
        return checkoutPage(
          session,
          factsOf(core, session),
          blankEntries(session, intentOf(core, session)?.last_payment_error?.message),
          402,
        );
      case 'paid':
      case 'authorized':
      case 'processing':
        return sendOn(context, session);
      default:
        return result satisfies never;
    }
  }

  return new Hono()
    .get('/c/pay/:session', (context) => {
      const session = find(context);
      if (!session) return notFoundPage();
      return session.status === 'open'
        ? checkoutPage(session, factsOf(core, session), blankEntries(session))
        : closed(session);
    })
    .post('/c/pay/:session', async (context) => {
      const session = find(context);
      if (!session) return notFoundPage();
      if (session.status !== 'open') return pressedTooLatePage();
      const form = new URLSearchParams(await context.req.text());
      const entries = readEntries(session, form, core.clock.now());
      if (entries.refused !== undefined || Object.keys(entries.problems).length > 0)
        return checkoutPage(
          session,
          factsOf(core, session),
          entries,
          entries.refused === undefined ? 422 : 402,
        );
      const number = entries.method === 'debit' ? entries.values.iban : entries.values.number;
      const result = pay(core, session.id, number || undefined, {
        threeDSecure: 'leave',
        email: entries.values.email,
      });
      return answerTo(context, session, result);
    })
    .get('/c/3ds/:session', async (context) => {
      const session = find(context);
      if (!session) return notFoundPage();
      if (session.status !== 'open') return closed(session);
      return factsOf(core, session).authenticating
        ? threeDSecurePage(session)
        : context.redirect(`/c/pay/${session.id}`, 303);
    })
    .post('/c/3ds/:session', async (context) => {
      const session = find(context);
      if (!session) return notFoundPage();
      const form = new URLSearchParams(await context.req.text());
      const result = finishAuthentication(core, session.id, form.get('answer') === 'approve');
      return answerTo(context, session, result);
    })
    .notFound(() => notFoundPage());
}
