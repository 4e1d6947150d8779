import type { Clock } from '../../../server/clock.ts';
import { takeTrouble, type Trouble } from './trouble.ts';

/** The connection is gone, as `fetch` reports it. */
export const connectionLost = (): TypeError =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
  });

export const isConnectionLost = (error: unknown): boolean =>
  error instanceof TypeError &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  error.cause.code === 'ECONNRESET';

/** No server keeps a connection open for ever; the client should have left long before. */
const longestSilenceMs = 10 * 60_000;

const badGateway = (): Response =>
  new Response(
    '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n',
    { status: 502, headers: { 'Content-Type': 'text/html' } },
  );

const unavailable = (): Response =>
  Response.json(
    { title: 'Service Unavailable', message: 'The service is temporarily unavailable.' },
    { status: 503 },
  );

const serverError = (status: number): Response =>
  Response.json(
    {
      title: 'Internal Server Error',
      message:
        'The server encountered an unexpected condition that prevented it from fulfilling the request.',
    },
    { status },
  );

const withBody = (response: Response, body: string | ReadableStream): Response => {
  const headers = new Headers(response.headers);
  headers.delete('Content-Length');
  return new Response(body, { status: response.status, headers });
};

/** Valid JSON of another shape: what is wrapped is wrapped otherwise, what is text is a number. */
async function otherShape(response: Response): Promise<Response> {
  const shown: unknown = await response.json();
  const value =
    typeof shown === 'object' && shown !== null && 'resource' in shown
      ? { resource: [shown.resource] }
      : { items: shown, collection: 'moved' };
  return withBody(response, JSON.stringify(value));
}

function trickle(clock: Clock, response: Response, overMs: number, signal: AbortSignal): Response {
  const { body } = response;
  if (!body) return response;
  const pieces = 5;
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      try {
        const bytes = new Uint8Array(await new Response(body).arrayBuffer());
        const size = Math.ceil(bytes.length / pieces);
        for (let piece = 0; piece < pieces; piece++) {
          await clock.wait(overMs / pieces, signal);
          controller.enqueue(bytes.slice(piece * size, (piece + 1) * size));
        }
        controller.close();
      } catch (error) {
        controller.error(error);
      }
    },
  });
  return withBody(response, stream);
}

export interface Interference {
  /** Runs the request as the trouble of the moment allows. */
  (request: Request, execute: () => Promise<Response>): Promise<Response>;
}

/**
 * Stands between the client and Calendly. What was received is carried out even when the client has left meanwhile: a
 * deadline that passes at the client proves nothing about the server.
 */
export function createInterference(clock: Clock, trouble: Trouble): Interference {
  const silence = async (how: 'hang' | 'reset', signal: AbortSignal): Promise<never> => {
    if (how === 'hang') await clock.wait(longestSilenceMs, signal);
    throw connectionLost();
  };

  return async (request, execute) => {
    const { method, signal } = request;
    const { pathname } = new URL(request.url);
    const { latencyMs, slowBodyMs, down } = trouble;
    if (down === 'hang' || down === 'reset') return silence(down, signal);
    await clock.wait(latencyMs / 2);
    if (down === 'html-502') return badGateway();
    if (down === 'json-503') return unavailable();
    const failed = takeTrouble(trouble.failNext, method, pathname);
    if (failed)
      return failed.body === undefined
        ? failed.status === 502 || failed.status === 504
          ? badGateway()
          : serverError(failed.status)
        : typeof failed.body === 'string'
          ? new Response(failed.body, { status: failed.status })
          : Response.json(failed.body, { status: failed.status });
    const dropped = takeTrouble(trouble.dropReplyAfter, method, pathname);
    if (dropped?.executed === false) return silence(dropped.how, signal);
    const response = await execute();
    if (dropped) return silence(dropped.how, signal);
    await clock.wait(latencyMs / 2, signal);
    if (takeTrouble(trouble.malformedJson, method, pathname)) {
      const text = await response.text();
      return withBody(response, text.slice(0, Math.ceil(text.length / 2)));
    }
    if (takeTrouble(trouble.wrongSchema, method, pathname)) return otherShape(response);
    return slowBodyMs > 0 ? trickle(clock, response, slowBodyMs, signal) : response;
  };
}
