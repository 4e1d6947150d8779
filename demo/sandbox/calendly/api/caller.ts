import type { MiddlewareHandler } from 'hono';
import { byUri, type Core } from '../core.ts';
import { expiredToken, insufficientScope, invalidToken, permissionDenied } from '../refusal.ts';
import type { User } from '../resources.ts';

export interface Caller {
  user: User;
  can(scope: string): boolean;
}

export type ApiEnv = { Variables: { caller: Caller } };

/** Who the bearer token speaks for, or a refusal. */
export function callerOf(core: Core, authorization: string | undefined): Caller {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  const known = core.state.tokens.find((candidate) => candidate.token === token);
  const user = known && byUri(core.state.users, known.user);
  if (!known || !user) throw invalidToken();
  if (known.expired || core.trouble.tokenExpired) throw expiredToken();
  return {
    user,
    can: (scope) =>
      !core.trouble.missingScopes.includes(scope) &&
      (known.scopes === 'default' ||
        known.scopes.includes(scope) ||
        // Write implies read of the same family.
        (scope.endsWith(':read') && known.scopes.includes(scope.replace(/:read$/, ':write')))),
  };
}

/** Refuses a token that carries none of the scopes. */
export const requireScope =
  (...anyOf: [string, ...string[]]): MiddlewareHandler<ApiEnv> =>
  async (context, next) => {
    const { caller } = context.var;
    if (!anyOf.some((scope) => caller.can(scope))) throw insufficientScope([anyOf[0]]);
    await next();
  };

export const sameOrganization = (caller: Caller, user: User): boolean =>
  caller.user.current_organization === user.current_organization;

export const administers = (caller: Caller, organization: string): boolean =>
  caller.user.current_organization === organization && caller.user.role !== 'user';

/** A list is asked for by user or organization; says which users' things the caller may see in it. */
export function usersInQuestion(
  core: Core,
  caller: Caller,
  owner: { user: string | undefined; organization: string | undefined },
): User[] {
  if (owner.user !== undefined) {
    const user = byUri(core.state.users, owner.user);
    if (!user || !sameOrganization(caller, user))
      throw permissionDenied('This user is not in your organization');
    if (user !== caller.user && !administers(caller, user.current_organization))
      throw permissionDenied();
    return [user];
  }
  const organization = owner.organization ?? '';
  if (!administers(caller, organization)) throw permissionDenied();
  return core.state.users.filter((user) => user.current_organization === organization);
}
