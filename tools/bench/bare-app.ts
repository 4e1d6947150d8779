// The quickest thing that Hono can do on Node: one route that answers bytes it already has, with fixed headers. Takes
// both from its parent, to answer exactly what the backend answers.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

export interface BareAnswer {
  body: number[];
  headers: Record<string, string>;
}

process.once('message', (answer: BareAnswer) => {
  const body = new Uint8Array(answer.body);
  const { headers } = answer;
  const app = new Hono().get('*', () => new Response(body, { headers }));
  serve({ fetch: app.fetch, port: 0 }, ({ port }) => process.send?.(port));
});
process.once('disconnect', () => process.exit(0));
