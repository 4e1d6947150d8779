import { Hono } from 'hono';
import { type Core, localeOf } from '../core.ts';
import { translate } from '../messages.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { User } from '../resources.ts';
import type { Webhooks } from '../webhooks.ts';
import { availableTimesRoutes } from './available-times.routes.ts';
import { type ApiEnv, type Caller, callerOf } from './caller.ts';
import { eventTypesRoutes } from './event-types.routes.ts';
import { inviteesRoutes } from './invitees.routes.ts';
import { type RateLimits, RateLimited, type RateState } from './rate-limits.ts';
import { scheduledEventsRoutes } from './scheduled-events.routes.ts';
import { schedulesRoutes } from './schedules.routes.ts';
import { schedulingLinksRoutes } from './scheduling-links.routes.ts';
import { usersRoutes } from './users.routes.ts';
import { webhookSubscriptionsRoutes } from './webhook-subscriptions.routes.ts';

function answerRefusal(core: Core, refusal: Refusal, user: User | undefined): Response {
  const locale = localeOf(core, user);
  const body = {
    title: refusal.title,
    message: refusal.message,
    ...(refusal.details && {
      details: refusal.details.map((detail) => ({
        ...detail,
        message: translate(detail.message, locale),
      })),
    }),
    ...(refusal.requiredScopes && { required_scopes: refusal.requiredScopes }),
  };
  return Response.json(body, { status: refusal.status });
}

const withRate = (response: Response, rate: RateState): Response => {
  response.headers.set('X-RateLimit-Limit', String(rate.limit));
  response.headers.set('X-RateLimit-Remaining', String(rate.remaining));
  response.headers.set('X-RateLimit-Reset', String(rate.resetSeconds));
  return response;
};

/** api.calendly.com as a function from request to response, without anything going wrong on the way. */
export function createApi(
  core: Core,
  webhooks: Webhooks,
  rateLimits: RateLimits,
): (request: Request) => Promise<Response> {
  const routes = new Hono<ApiEnv & { Bindings: { caller: Caller } }>()
    .use(async (context, next) => {
      context.set('caller', context.env.caller);
      await next();
    })
    .route('/', usersRoutes(core))
    .route('/', eventTypesRoutes(core))
    .route('/', availableTimesRoutes(core))
    .route('/', inviteesRoutes(core, webhooks))
    .route('/', scheduledEventsRoutes(core, webhooks))
    .route('/', webhookSubscriptionsRoutes(core))
    .route('/', schedulingLinksRoutes(core))
    .route('/', schedulesRoutes(core))
    .notFound(() => {
      throw notFound();
    })
    .onError((error) => {
      throw error;
    });

  return async (request) => {
    let rate = rateLimits.untouched();
    let user: User | undefined;
    try {
      const caller = callerOf(core, request.headers.get('Authorization') ?? undefined);
      user = caller.user;
      const booking = request.method === 'POST' && new URL(request.url).pathname === '/invitees';
      rate = rateLimits.count(user, booking);
      return withRate(await routes.fetch(request, { caller }), rate);
    } catch (error) {
      if (error instanceof RateLimited)
        return withRate(answerRefusal(core, error.refusal, user), error.rate);
      if (error instanceof Refusal) return withRate(answerRefusal(core, error, user), rate);
      throw error;
    }
  };
}
