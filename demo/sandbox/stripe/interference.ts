import { connectionLost } from '../calendly/interference.ts';
import { takeTrouble } from '../calendly/trouble.ts';
import type { Clock } from '../../../server/clock.ts';
import type { Api, ApiRequest } from './api/api.ts';
import { Refusal } from './refusal.ts';
import type { FailedRequest, StripeTrouble } from './trouble.ts';

/** No server keeps a connection open for ever; the client should have left long before. */
const longestSilenceMs = 10 * 60_000;

const badGateway = (): Response =>
  new Response(
    '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n',
    { status: 502, headers: { 'Content-Type': 'text/html' } },
  );

const unavailable = (requestId: string): Response =>
  Response.json(
    {
      error: {
        message: 'Sorry! Our services are temporarily unavailable. Please try again later.',
        type: 'api_error',
      },
    },
    { status: 503, headers: { 'Request-Id': requestId } },
  );

const lockTimeout =
  'This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request. If you see this error frequently and are making multiple concurrent requests to a single object, make your requests serially or at a lower rate.';

function refusalFor({ status, code, shouldRetry }: FailedRequest): Refusal {
  const headers = {
    ...(shouldRetry !== undefined && { 'Stripe-Should-Retry': String(shouldRetry) }),
    ...(status === 429 && code === undefined && { 'Stripe-Rate-Limited-Reason': 'global-rate' }),
  };
  if (status === 429)
    return new Refusal(
      code === 'lock_timeout'
        ? lockTimeout
        : 'Request rate limit exceeded. You can learn more about rate limits here https://stripe.com/docs/rate-limits.',
      { status, code: code ?? 'rate_limit', type: 'invalid_request_error', headers },
    );
  if (status === 409)
    return new Refusal(
      'There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through). Please try again later.',
      { status, code: code ?? 'idempotency_key_in_use', headers },
    );
  return new Refusal(
    status >= 500 ? 'An unknown error occurred' : 'The sandbox was told to refuse this request.',
    {
      status,
      ...(code && { code }),
      ...(status >= 500 && { type: 'api_error' as const }),
      headers,
    },
  );
}

/** The headers and half of the body arrive, then the connection ends. */
async function cutOff(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  let pulls = 0;
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      pulls += 1;
      if (pulls === 1) return controller.enqueue(bytes.slice(0, Math.ceil(bytes.length / 2)));
      // What was written is on its way before the socket is torn.
      await new Promise((resolve) => setImmediate(resolve));
      controller.error(connectionLost());
    },
  });
  const headers = new Headers(response.headers);
  // A server sends these pieces as they come instead of waiting for all of them.
  headers.set('Transfer-Encoding', 'chunked');
  return new Response(stream, { status: response.status, headers });
}

/**
 * Stands between the client and Stripe. What was received is carried out even when the client has left meanwhile: a
 * deadline that passes at the client proves nothing about the server.
 */
export function createInterference(
  clock: Clock,
  trouble: StripeTrouble,
  api: Api,
  beforeReply: () => Promise<void>,
): (request: ApiRequest, signal: AbortSignal) => Promise<Response> {
  const silence = async (how: 'hang' | 'reset', signal: AbortSignal): Promise<never> => {
    if (how === 'hang') await clock.wait(longestSilenceMs, signal);
    throw connectionLost();
  };

  return async (request, signal) => {
    const { method, path, call } = request;
    const { latencyMs, down } = trouble;
    if (down === 'hang' || down === 'reset') return silence(down, signal);
    if (down !== 'no') {
      await clock.wait(latencyMs);
      call.status = down === 'html-502' ? 502 : 503;
      return down === 'html-502' ? badGateway() : unavailable(request.id);
    }
    const dropped = takeTrouble(trouble.dropReplyAfter, method, path);
    if (dropped?.executed === false) return silence(dropped.how, signal);
    // The key is in use from here on: whoever comes with it meanwhile is turned away.
    const entered = api.admit(request);
    await clock.wait(latencyMs / 2);
    const answer =
      'answer' in entered
        ? entered.answer
        : (() => {
            const failed = takeTrouble(trouble.failNext, method, path);
            if (!failed) return entered.admitted.execute();
            const { stored = false, executed = false } = failed;
            return entered.admitted.fail(refusalFor(failed), { stored, executed });
          })();
    call.status = answer.status;
    if (trouble.webhookBeforeReply) await beforeReply();
    if (dropped) return silence(dropped.how, signal);
    await clock.wait(latencyMs / 2, signal);
    const response = api.toResponse(request, answer);
    return takeTrouble(trouble.cutBody, method, path) ? cutOff(response) : response;
  };
}
