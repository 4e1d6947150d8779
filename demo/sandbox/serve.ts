import type { AddressInfo } from 'node:net';
import { type Http2Bindings, type HttpBindings, serve, type ServerType } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { type RandomBytes, systemRandom } from '../../server/clock.ts';
import { stripeEventTypes } from '../../server/payment/stripe.webhook.ts';
import { type CalendlySandbox, createCalendlySandbox, type SeedData } from './calendly/calendly.ts';
import { isConnectionLost } from './calendly/interference.ts';
import { defaultToken } from './calendly/seed.ts';
import { createMailbox, type Mailbox } from './mailbox/mailbox.ts';
import { mailboxRoutes } from './mailbox/mailbox.routes.ts';
import { type PanelDeps, panelRoutes } from './panel/panel.routes.ts';
import { sameSite } from './same-site.ts';
import { createStripeSandbox, defaultSecretKey, type StripeSandbox } from './stripe/stripe.ts';
import { createTravelClock } from './travel-clock.ts';

export interface SandboxOptions extends Partial<
  Pick<PanelDeps, 'clock' | 'backend' | 'onReset' | 'links'>
> {
  /** 0 lets the system choose. */
  calendlyPort: number;
  smtpPort: number;
  /** Stripe's API and its Checkout pages; the system chooses when not given. */
  stripePort?: number;
  /** Where the outside reaches the Checkout pages, when it is not the address listened on. */
  stripePublicUrl?: string;
  /** The backend's endpoint, as the owner enters it in Stripe's dashboard. */
  stripeWebhook?: { url: string; secret: string };
  /** The panel is on Calendly's port; give another to have it there as well. */
  panelPort?: number;
  /** Where the outside reaches Calendly's pages, when it is not the address listened on. */
  publicUrl?: string;
  random?: RandomBytes;
  seed?: SeedData;
}

/** For `STRIPE_WEBHOOK_SECRET`: what the dashboard would show to the owner. */
export const stripeWebhookSecret = 'whsec_sandboxWebhookSecret00000000001';

export interface RunningSandbox {
  calendlyUrl: string;
  panelUrl: string;
  mailboxUrl: string;
  smtpUrl: string;
  token: string;
  /** For `STRIPE_API_URL`. */
  stripeUrl: string;
  stripeKey: string;
  calendly: CalendlySandbox;
  stripe: StripeSandbox;
  mailbox: Mailbox;
  stop(): Promise<void>;
}

type Answer = (
  request: Request,
  bindings: HttpBindings | Http2Bindings,
) => Response | Promise<Response>;

const listen = (answer: Answer, port: number): Promise<{ server: ServerType; url: string }> =>
  new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: async (request, bindings) => {
          try {
            return await answer(request, bindings);
          } catch (error) {
            if (!isConnectionLost(error) && !request.signal.aborted)
              return new Response(`The sandbox failed: ${String(error)}`, { status: 500 });
            // Nothing is sent any more: the socket is torn.
            bindings.outgoing.destroy();
            return RESPONSE_ALREADY_SENT;
          }
        },
        port,
        hostname: '127.0.0.1',
        overrideGlobalObjects: false,
      },
      (address: AddressInfo) => resolve({ server, url: `http://localhost:${address.port}` }),
    );
    server.once('error', reject);
  });

const close = (server: ServerType): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });

/** The sandbox on real ports: Calendly and Stripe over HTTP, the mailbox over SMTP, the panel beside them. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const clock = options.clock ?? createTravelClock();
  const mailbox = createMailbox({ clock });
  const smtpPort = await mailbox.listen(options.smtpPort);

  // Links in its answers name the port, which is known only once something listens on it.
  const served: { app?: Hono } = {};
  const answer: Answer = (request, bindings) =>
    served.app?.fetch(request, bindings) ?? new Response(null, { status: 503 });
  const main = await listen(answer, options.calendlyPort);
  const calendly = createCalendlySandbox({
    clock,
    random: options.random ?? systemRandom,
    fetch: globalThis.fetch,
    publicUrl: options.publicUrl ?? main.url,
    ...(options.seed && { seed: options.seed }),
  });
  const till: { stripe?: StripeSandbox } = {};
  const checkout = await listen(
    (request) => till.stripe?.fetch(request) ?? new Response(null, { status: 503 }),
    options.stripePort ?? 0,
  );
  const stripe = createStripeSandbox({
    clock,
    random: options.random ?? systemRandom,
    fetch: globalThis.fetch,
    publicUrl: options.stripePublicUrl ?? checkout.url,
  });
  till.stripe = stripe;
  if (options.stripeWebhook)
    stripe.addEndpoint({ ...options.stripeWebhook, enabledEvents: [...stripeEventTypes] });
  served.app = new Hono()
    .use('/_sandbox/*', sameSite)
    .route('/', mailboxRoutes(mailbox))
    .route('/', panelRoutes({ ...options, clock, calendly, stripe, mailbox }))
    .all('*', (context) => calendly.fetch(context.req.raw))
    .onError((error) => {
      throw error;
    });
  const panel =
    options.panelPort === undefined ? undefined : await listen(answer, options.panelPort);

  return {
    calendlyUrl: main.url,
    panelUrl: `${(panel ?? main).url}/_sandbox/`,
    mailboxUrl: `${(panel ?? main).url}/_sandbox/mailbox`,
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    token: options.seed?.token ?? defaultToken,
    stripeUrl: checkout.url,
    stripeKey: defaultSecretKey,
    calendly,
    stripe,
    mailbox,
    async stop() {
      calendly.stop();
      stripe.stop();
      await Promise.all([
        close(main.server),
        close(checkout.server),
        panel && close(panel.server),
        mailbox.stop(),
      ]);
    },
  };
}
