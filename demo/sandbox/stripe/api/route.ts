import type { Core } from '../core.ts';
import type { Fields, Values } from './parameters.ts';

/** A request that has passed the front: known route, good key, good parameters. */
export interface Call<V> {
  core: Core;
  values: V;
  /** What stands for `:id` in the path. */
  id: string;
  /** The connected account it speaks for, or null. */
  account: string | null;
}

export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  path: RegExp;
  fields: Fields;
  answer(call: Call<Values<Fields>>): object;
}

/** `path` as `/v1/refunds/:id`; `expand` is understood everywhere and never among the fields. */
export function route<const F extends Fields>(
  method: Route['method'],
  path: string,
  fields: F,
  answer: (call: Call<Values<F>>) => object,
): Route {
  return {
    method,
    path: new RegExp(`^${path.replace(':id', '(?<id>[^/]+)')}$`),
    fields,
    // The values were read by these very fields.
    answer: (call) => answer(call as unknown as Call<Values<F>>),
  };
}
