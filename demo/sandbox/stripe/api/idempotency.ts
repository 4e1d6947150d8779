import type { Core } from '../core.ts';
import { Refusal } from '../refusal.ts';
import type { IdempotencyRecord } from '../state.ts';

const keptMs = 24 * 60 * 60_000;
const longestKey = 255;

export interface Attempt {
  key: string;
  account: string | null;
  method: string;
  path: string;
  /** The parameters in one canonical line. */
  body: string;
}

export type Admission =
  | { replay: NonNullable<IdempotencyRecord['answer']> }
  | { record: IdempotencyRecord };

/** The first of a key goes through, a later one is told what the first was told, one in between is turned away. */
export function admit(core: Core, attempt: Attempt): Admission {
  const { state, clock } = core;
  const { key, method, path, body } = attempt;
  if (key.length > longestKey)
    throw new Refusal(
      `Idempotency keys can be up to ${longestKey} characters, but you passed in one of ${key.length}.`,
      { type: 'idempotency_error' },
      true,
    );
  state.idempotency = state.idempotency.filter(
    ({ startedAtMs, answer }) => answer === null || clock.now() - startedAtMs < keptMs,
  );
  const scoped = `${attempt.account ?? ''}/${key}`;
  const earlier = state.idempotency.find((record) => record.key === scoped);
  if (!earlier) {
    const record = { key: scoped, method, path, body, startedAtMs: clock.now(), answer: null };
    state.idempotency.push(record);
    return { record };
  }
  if (earlier.method !== method || earlier.path !== path)
    throw new Refusal(
      `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${earlier.path}' vs '${path}'). Try using a key other than '${key}' if you meant to execute a different request.`,
      { type: 'idempotency_error' },
      true,
    );
  if (earlier.body !== body)
    throw new Refusal(
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      { type: 'idempotency_error' },
      true,
    );
  if (earlier.answer === null)
    throw new Refusal(
      `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
      { status: 409, code: 'idempotency_key_in_use', type: 'invalid_request_error' },
      true,
    );
  return { replay: earlier.answer };
}

/** Nothing had begun: the key is free again. */
export function forget(core: Core, record: IdempotencyRecord): void {
  const at = core.state.idempotency.indexOf(record);
  if (at >= 0) core.state.idempotency.splice(at, 1);
}
