import type { Clock } from '../../server/clock.ts';

export interface WebhookRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
  /** What the service says of a receiver that did not answer by then. */
  timedOut: string;
}

/** What came of one attempt: the receiver's status, or why there was none. */
export interface Posted {
  status: number | null;
  error: string | null;
}

/** One attempt to deliver a webhook. */
export async function postWebhook(
  { clock, send }: { clock: Clock; send: typeof fetch },
  { url, headers, body, timeoutMs, timedOut }: WebhookRequest,
): Promise<Posted> {
  const answered = new AbortController();
  const late = new AbortController();
  const timer = clock.wait(timeoutMs, answered.signal).then(
    () => late.abort(new Error(timedOut)),
    () => undefined,
  );
  try {
    const response = await Promise.race([
      // A redirect is a failure, never followed.
      send(url, { method: 'POST', headers, body, redirect: 'manual', signal: late.signal }),
      timer.then(() => {
        throw late.signal.reason;
      }),
    ]);
    await response.body?.cancel();
    return { status: response.status, error: null };
  } catch (error) {
    return { status: null, error: error instanceof Error ? error.message : String(error) };
  } finally {
    answered.abort();
  }
}
