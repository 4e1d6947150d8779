import { Hono } from 'hono';
import { byUri, type Core, resourceUri } from '../core.ts';
import { presentUser } from '../present.ts';
import { notFound, permissionDenied } from '../refusal.ts';
import { type ApiEnv, requireScope, sameOrganization } from './caller.ts';
import { requireUri } from './query.ts';

export const usersRoutes = (core: Core): Hono<ApiEnv> =>
  new Hono<ApiEnv>()
    .get('/users/:id', requireScope('users:read'), (context) => {
      const { caller } = context.var;
      const id = context.req.param('id');
      const user = id === 'me' ? caller.user : byUri(core.state.users, resourceUri('users', id));
      if (!user) throw notFound();
      if (!sameOrganization(caller, user))
        throw permissionDenied('This user is not in your organization');
      return context.json({ resource: presentUser(core, user) });
    })
    .get('/locations', requireScope('locations:read'), (context) => {
      const uri = requireUri(context.req.query(), 'user', 'users');
      const user = byUri(core.state.users, uri);
      if (!user) throw notFound();
      if (!sameOrganization(context.var.caller, user)) throw permissionDenied();
      return context.json({
        collection: [
          { kind: 'physical' },
          { kind: 'ask_invitee' },
          { kind: 'custom' },
          { kind: 'outbound_call' },
          { kind: 'inbound_call' },
          ...(
            [
              'google_conference',
              'zoom_conference',
              'microsoft_teams_conference',
              'webex_conference',
              'gotomeeting_conference',
            ] as const
          ).map((kind) => ({ kind, connected: user.connected.includes(kind) })),
        ],
      });
    });
