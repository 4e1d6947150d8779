import type { Clock } from '../../server/clock.ts';
import { connectionLost } from '../sandbox/calendly/interference.ts';
import type { Dice } from './dice.ts';
import type { Trace } from './trace.ts';
import type { Trouble } from './trouble.ts';

/** How long a request that the caller has given up may still be on its way; what Calendly is given to settle is more. */
const latestMs = 8_000;

export interface NetworkDeps {
  clock: Clock;
  dice: Dice;
  trouble: Trouble;
  trace: Trace;
  /** Makes the service itself stumble over the next request to this place. */
  stumble: (site: string) => void;
}

/**
 * Between the backend and the two services. What has left arrives whether or not the caller still waits, sometimes long
 * after; and what was done is sometimes never told.
 */
export function createNetwork(deps: NetworkDeps): (send: typeof fetch) => typeof fetch {
  const { clock, dice, trouble, trace, stumble } = deps;

  const latencyMs = (): number =>
    trouble.befalls('slowness') ? dice.between(500, 5_000) : dice.between(1, 40);

  return (send) => async (input, init) => {
    const { signal, ...request } = init ?? {};
    const site = siteOf(request.method ?? 'GET', addressOf(input));
    await trouble.crashAt(`before ${site}`);
    const mishap = trouble.call();
    if (mishap !== null) trace.note('NETWORK', `${mishap}: ${site}`);

    async function arrive(inMs: number): Promise<Response> {
      await clock.wait(inMs);
      if (mishap === 'own') stumble(site);
      const answer = await send(input, request);
      trace.note('backend', `${site} → ${answer.status}`);
      return answer;
    }

    switch (mishap) {
      case 'refused':
        throw connectionLost();
      case 'hang-undone':
        return hang(signal);
      case 'gateway':
        return badGateway();
      case 'late':
        arrive(dice.between(1_000, latestMs)).catch(ignore);
        throw connectionLost();
      default:
    }
    const answer = await unlessLeft(arrive(latencyMs()), signal);
    await trouble.crashAt(`after ${site}`);
    if (mishap === 'lost') throw connectionLost();
    if (mishap === 'hang') return hang(signal);
    if (mishap === 'gateway-done') return badGateway();
    await unlessLeft(clock.wait(latencyMs()), signal);
    return answer;
  };
}

const ignore = (): void => undefined;

const badGateway = (): Response =>
  new Response('<html><h1>502 Bad Gateway</h1></html>', {
    status: 502,
    headers: { 'content-type': 'text/html' },
  });

/** Never answered: the caller has to know when to leave. */
const hang = (signal: AbortSignal | null | undefined): Promise<never> =>
  new Promise((_, reject) => {
    const leave = (): void => reject(connectionLost());
    if (signal?.aborted) leave();
    signal?.addEventListener('abort', leave, { once: true });
  });

const unlessLeft = <T>(work: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> =>
  signal ? Promise.race([work, hang(signal)]) : work;

/** Where a request goes, in whatever form `fetch` was told. */
export const addressOf = (input: Parameters<typeof fetch>[0]): string =>
  input instanceof Request ? input.url : input.toString();

/** `Stripe POST /v1/payment_intents/*` */
function siteOf(method: string, address: string): string {
  const { hostname, pathname } = new URL(address);
  const path = pathname.replaceAll(
    /\/(?:[0-9a-f]{8}-[0-9a-f-]{27}|[0-9A-Z]{16}|[a-z]{2}_\w+)(?=\/|$)/g,
    '/*',
  );
  return `${hostname === 'api.stripe.com' ? 'Stripe' : 'Calendly'} ${method} ${path}`;
}
