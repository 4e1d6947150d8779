import { expect } from 'vitest';
import * as v from 'valibot';
import type { Deployment } from '../../../demo/sandbox/deployment.ts';
import { ErrorBody, errorStatus } from '../../contract/error.ts';
import { canary } from './hostile-values.ts';

const Refusal = v.strictObject({
  ...ErrorBody.entries,
  slots: v.optional(v.array(v.unknown())),
});
type Refusal = v.InferOutput<typeof Refusal>;

interface Refused {
  status: number;
  code: Refusal['code'];
  fields: Record<string, string>;
}

/** A refusal as the contract has it: the visitor's fault, in our words, repeating nothing of what was sent. */
export async function expectRefused(response: Response): Promise<Refused> {
  const text = await response.text();
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const body = v.parse(Refusal, JSON.parse(text));
  expect(response.status).toBe(errorStatus[body.code]);
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status, text).toBeLessThan(500);
  expect(text).not.toContain(canary);
  expect(text).not.toMatch(/alert\(|drop table|Invalid|Expected|at .*\.ts/);
  // As it came: the schema leaves out names that an object must not be given.
  const { fields } = JSON.parse(text) as Pick<Refusal, 'fields'>;
  return { status: response.status, code: body.code, fields: fields ?? {} };
}

/** Nobody has a booking, nobody owes anything, and Calendly was not asked to book. */
export async function expectNothingStored({ db, calendly }: Deployment): Promise<void> {
  for (const table of ['booking', 'job', 'delivery'] as const) {
    expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
  }
  expect(calendly.calls({ method: 'POST', path: /^\/invitees$/ })).toEqual([]);
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>)[canary]).toBeUndefined();
}
