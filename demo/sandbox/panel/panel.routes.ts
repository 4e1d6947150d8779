import { type Context, Hono } from 'hono';
import type { Clock } from '../../../server/clock.ts';
import { pageHeaders } from '../page/layout.ts';
import type { BackendView } from './backend-view.ts';
import { panelPage } from './panel.page.ts';
import { countPromises } from './promises.ts';
import { stripeHealthChoices, stripeSwitches, stripeWebhookChoices } from './stripe-switches.ts';
import {
  calendlySwitches,
  type Choice,
  healthChoices,
  mailSwitches,
  type PanelSubjects,
  webhookChoices,
} from './switches.ts';

export interface PanelDeps extends PanelSubjects {
  clock: Clock & { advance?: (ms: number) => unknown };
  /** The third ledger, where there is a backend to look into. */
  backend?: () => Promise<BackendView>;
  /** So that one button clears both sides. */
  onReset?: () => Promise<void>;
  links?: { label: string; href: string }[];
}

const travels: Record<string, number> = {
  '10-minutes': 10 * 60_000,
  '1-day': 24 * 60 * 60_000,
};

const nowText = (ms: number): string =>
  new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'full',
    timeStyle: 'medium',
    timeZone: 'UTC',
  }).format(ms) + ' UTC';

/** The panel for causing trouble, at `/_sandbox/`. Plain forms: it works with no script. */
export function panelRoutes(deps: PanelDeps): Hono {
  const back = (context: Context): Response => context.redirect('/_sandbox/', 303);
  const field = async (context: Context, name: string): Promise<string> =>
    new URLSearchParams(await context.req.text()).get(name) ?? '';

  const choose =
    (choices: Choice[]) =>
    (context: Context): Response | Promise<Response> => {
      const chosen = choices.find(({ id }) => id === context.req.param('id'));
      if (!chosen) return context.notFound();
      chosen.choose(deps);
      return back(context);
    };

  return new Hono()
    .get('/', (context) => context.redirect('/_sandbox/'))
    .get('/_sandbox', (context) => context.redirect('/_sandbox/'))
    .get('/_sandbox/', async (context) => {
      const backend = await deps.backend?.();
      const view = {
        subjects: deps,
        now: deps.clock.now(),
        nowText: nowText(deps.clock.now()),
        canTravel: deps.clock.advance !== undefined,
        links: deps.links ?? [],
        promises: countPromises({
          ours: backend?.bookings ?? [],
          calendly: deps.calendly.state,
          stripe: deps.stripe.state,
        }),
        backend,
        booking: context.req.query('booking'),
      };
      return context.html(panelPage(view), 200, pageHeaders);
    })
    .post('/_sandbox/panel/switches/:id', async (context) => {
      const it = [...calendlySwitches, ...stripeSwitches, ...mailSwitches].find(
        ({ id }) => id === context.req.param('id'),
      );
      if (!it) return context.notFound();
      it.turn(deps, (await field(context, 'on')) === 'true');
      return back(context);
    })
    .post('/_sandbox/panel/health/:id', choose(healthChoices))
    .post('/_sandbox/panel/webhooks/:id', choose(webhookChoices))
    .post('/_sandbox/panel/stripe-health/:id', choose(stripeHealthChoices))
    .post('/_sandbox/panel/stripe-webhooks/:id', choose(stripeWebhookChoices))
    .post('/_sandbox/panel/lapse', async (context) => {
      const intent = await field(context, 'payment_intent');
      if (deps.stripe.state.paymentIntents.some(({ id }) => id === intent))
        deps.stripe.lapseAuthorization(intent);
      return back(context);
    })
    .post('/_sandbox/panel/take-next', async (context) => {
      const eventType = await field(context, 'event_type');
      const [next] = deps.calendly.freeTimes(eventType);
      if (next) deps.calendly.bookAsStranger(eventType, next);
      return back(context);
    })
    .post('/_sandbox/panel/move-next', async (context) => {
      const uri = await field(context, 'invitee');
      const { invitees, events } = deps.calendly.state;
      const invitee = invitees.find((candidate) => candidate.uri === uri);
      const event = events.find((candidate) => candidate.uri === invitee?.event);
      const next =
        event &&
        deps.calendly.freeTimes(event.event_type).find((start) => start > event.start_time);
      if (invitee?.status === 'active' && next) deps.calendly.rescheduleAsInvitee(uri, next);
      return back(context);
    })
    .post('/_sandbox/panel/travel/:id', async (context) => {
      await deps.clock.advance?.(travels[context.req.param('id')] ?? 0);
      return back(context);
    })
    .post('/_sandbox/panel/reset', async (context) => {
      deps.calendly.reset();
      deps.stripe.reset();
      deps.mailbox.clear();
      await deps.onReset?.();
      return back(context);
    });
}
