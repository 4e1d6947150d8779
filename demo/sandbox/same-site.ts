import { createMiddleware } from 'hono/factory';

/** What a page of another origin may not do to the sandbox in its visitor's name. */
export const sameSite = createMiddleware(async (context, next) => {
  const site = context.req.header('Sec-Fetch-Site');
  if (context.req.method !== 'GET' && site && site !== 'same-origin' && site !== 'none')
    return context.json({ error: 'The sandbox is controlled from its own pages only.' }, 403);
  return next();
});
