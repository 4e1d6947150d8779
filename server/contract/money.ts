import * as v from 'valibot';

export { minorUnitDigits } from './minor-unit.ts';

/** An amount in the currency's minor unit: `{ amount: 4900, currency: 'eur' }` is forty-nine euros. */
export const Money = v.strictObject({
  amount: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  currency: v.pipe(v.string(), v.regex(/^[a-z]{3}$/)),
});
export type Money = v.InferOutput<typeof Money>;
