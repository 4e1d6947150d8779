import type Stripe from 'stripe';
import { badParameter, missingParameter } from '../refusal.ts';
import type { FormHash, FormValue } from './form.ts';

/** One parameter of a request: read from the form or refused in Stripe's words. */
export interface Parameter<T, R extends boolean = boolean> {
  readonly isRequired: R;
  read(value: FormValue, name: string): T;
}

export type Fields = Record<string, Parameter<unknown>>;

export type Values<F extends Fields> = {
  [K in keyof F]: F[K] extends Parameter<infer T, infer R>
    ? R extends true
      ? T
      : T | undefined
    : never;
};

/** Every parameter that the SDK's types know, and no other. */
export type FieldsOf<P> = { [K in keyof Required<P>]: Parameter<unknown> };

const optional = <T>(read: Parameter<T>['read']): Parameter<T, false> => ({
  isRequired: false,
  read,
});

export const required = <T>(parameter: Parameter<T>): Parameter<T, true> => ({
  ...parameter,
  isRequired: true,
});

const emptyString = (name: string): Error =>
  badParameter(
    `You passed an empty string for '${name}'. We assume empty values are an attempt to unset a parameter; however '${name}' cannot be unset. You should remove '${name}' from your request or supply a non-empty value.`,
    name,
    'parameter_invalid_empty',
  );

function word(value: FormValue, name: string): string {
  if (typeof value !== 'string') throw badParameter('Invalid string: an object was given', name);
  if (value === '') throw emptyString(name);
  return value;
}

export const text = (longest = 5000): Parameter<string, false> =>
  optional((value, name) => {
    const read = word(value, name);
    if (read.length > longest)
      throw badParameter(
        `Invalid string: ${read.slice(0, 10)}...${read.slice(-4)}; must be at most ${longest} characters`,
        name,
      );
    return read;
  });

/** The empty string takes the value away. */
export const unsettable = <T>(parameter: Parameter<T>): Parameter<T | null, false> =>
  optional((value, name) => (value === '' ? null : parameter.read(value, name)));

export const integer = (least?: number): Parameter<number, false> =>
  optional((value, name) => {
    const read = word(value, name);
    if (!/^-?\d{1,15}$/.test(read))
      throw badParameter(`Invalid integer: ${read}`, name, 'parameter_invalid_integer');
    if (least !== undefined && Number(read) < least)
      throw badParameter(
        least === 0
          ? 'Invalid non-negative integer'
          : `This value must be greater than or equal to ${least}.`,
        name,
        'parameter_invalid_integer',
      );
    return Number(read);
  });

export const boolean: Parameter<boolean, false> = optional((value, name) => {
  const read = word(value, name);
  if (read !== 'true' && read !== 'false') throw badParameter(`Invalid boolean: ${read}`, name);
  return read === 'true';
});

export const oneOf = <const T extends string>(...choices: T[]): Parameter<T, false> =>
  optional((value, name) => {
    const read = word(value, name);
    const chosen = choices.find((choice) => choice === read);
    if (chosen !== undefined) return chosen;
    const last = choices.at(-1);
    const named =
      choices.length === 1
        ? last
        : choices.length === 2
          ? choices.join(' or ')
          : `${choices.slice(0, -1).join(', ')}, or ${last}`;
    throw badParameter(`Invalid ${name}: must be one of ${named}`, name);
  });

const longestUrl = 5000;

export const url: Parameter<string, false> = optional((value, name) => {
  const read = word(value, name);
  if (read.length > longestUrl)
    throw badParameter(`Invalid URL: URL must be ${longestUrl} characters or less.`, name);
  // The template is no part of the address.
  const plain = read.replaceAll('{CHECKOUT_SESSION_ID}', 'id');
  if (!URL.canParse(plain) || !/^https?:$/.test(new URL(plain).protocol))
    throw badParameter('Not a valid URL', name, 'url_invalid');
  return read;
});

export const email: Parameter<string, false> = optional((value, name) => {
  const read = word(value, name);
  if (!/^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/.test(read))
    throw badParameter(`Invalid email address: ${read}`, name, 'email_invalid');
  return read;
});

export const hash = <const F extends Fields>(fields: F): Parameter<Values<F>, false> =>
  optional((value, name) => {
    if (value === '') throw emptyString(name);
    if (typeof value === 'string') throw badParameter('Invalid object', name);
    return readFields(value, fields, name);
  });

/** A hash whose own rules the sandbox leaves to the real one. */
export const anyHash: Parameter<FormHash, false> = optional((value, name) => {
  if (typeof value === 'string') throw badParameter('Invalid object', name);
  return value;
});

export const list = <T>(item: Parameter<T>, most = 100): Parameter<T[], false> =>
  optional((value, name) => {
    if (value === '') throw emptyString(name);
    if (typeof value === 'string' || Object.keys(value).some((key) => !/^\d+$/.test(key)))
      throw badParameter('Invalid array', name);
    const keys = Object.keys(value).toSorted((a, b) => Number(a) - Number(b));
    if (keys.length > most)
      throw badParameter(`You may only specify up to ${most} of these.`, name);
    return keys.map((key) => item.read(value[key] ?? '', `${name}[${key}]`));
  });

const mostKeys = 50;
const longestKey = 40;
const longestValue = 500;

function metadataEntry(key: string, entry: FormValue, name: string, mayUnset: boolean): string {
  const at = `${name}[${key}]`;
  if (typeof entry !== 'string')
    throw badParameter(
      `Metadata values must be strings, but for key ${key} you passed in an object`,
      at,
    );
  if (key.length > longestKey)
    throw badParameter(
      `Metadata keys can have up to ${longestKey} characters, but you passed in a key that is ${key.length} characters. Invalid key: ${key}`,
      name,
    );
  if (entry === '' && !mayUnset) throw emptyString(at);
  if (entry.length > longestValue)
    throw badParameter(
      `Metadata values can have up to ${longestValue} characters, but you passed in a value that is ${entry.length} characters. Invalid value: ${entry}`,
      at,
    );
  return entry;
}

const readMetadata = (value: FormValue, name: string, mayUnset: boolean): Stripe.Metadata => {
  if (typeof value === 'string') throw badParameter('Invalid object', name);
  const keys = Object.keys(value);
  if (keys.length > mostKeys)
    throw badParameter(
      `Metadata can have up to ${mostKeys} keys, but you passed in ${keys.length}.`,
      name,
    );
  return Object.fromEntries(
    keys.map((key) => [key, metadataEntry(key, value[key] ?? '', name, mayUnset)]),
  );
};

export const metadata: Parameter<Stripe.Metadata, false> = optional((value, name) =>
  readMetadata(value, name, false),
);

/** What is given is merged in; an empty value takes its key away, an empty string all of them. */
export const metadataChange: Parameter<Stripe.Metadata | null, false> = optional((value, name) =>
  value === '' ? null : readMetadata(value, name, true),
);

export const mergeMetadata = (
  old: Stripe.Metadata,
  change: Stripe.Metadata | null | undefined,
): Stripe.Metadata => {
  if (change === undefined) return old;
  if (change === null) return {};
  return Object.fromEntries(
    Object.entries({ ...old, ...change }).filter(([, value]) => value !== ''),
  );
};

export const created = optional<{ gt?: number; gte?: number; lt?: number; lte?: number }>(
  (value, name) => {
    if (typeof value === 'string') {
      const exact = integer().read(value, name);
      return { gte: exact, lte: exact };
    }
    const range = readFields(
      value,
      { gt: integer(), gte: integer(), lt: integer(), lte: integer() },
      name,
    );
    return Object.fromEntries(
      Object.entries(range).filter((entry): entry is [string, number] => entry[1] !== undefined),
    );
  },
);

/** Reads a whole request: what is unknown is refused first, then what is wrong, then what is missing. */
export function readFields<const F extends Fields>(
  form: FormHash,
  fields: F,
  within?: string,
): Values<F> {
  const named = (key: string): string => (within === undefined ? key : `${within}[${key}]`);
  const unknown = Object.keys(form).filter((key) => !Object.hasOwn(fields, key));
  if (unknown.length > 0)
    throw badParameter(
      `Received unknown parameter${unknown.length > 1 ? 's' : ''}: ${unknown.map(named).join(', ')}`,
      named(unknown[0] ?? ''),
      'parameter_unknown',
    );
  const values: Record<string, unknown> = {};
  for (const [key, parameter] of Object.entries(fields)) {
    const value = form[key];
    if (value !== undefined) values[key] = parameter.read(value, named(key));
    else if (parameter.isRequired) throw missingParameter(named(key));
  }
  return values as Values<F>;
}
