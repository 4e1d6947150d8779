import type Stripe from 'stripe';
import { badParameter, noSuch } from '../refusal.ts';
import { integer, text, type Values } from './parameters.ts';

export const pagination = {
  limit: integer(),
  starting_after: text(),
  ending_before: text(),
};

const usual = 10;
const most = 100;

/** A page of the list, newest first unless it says otherwise. */
export function page<T extends { id: string }>(
  url: string,
  what: string,
  objects: T[],
  { limit = usual, starting_after, ending_before }: Values<typeof pagination>,
): Stripe.ApiList<T> {
  if (limit < 1 || limit > most)
    throw badParameter(
      limit < 1
        ? 'This value must be greater than or equal to 1.'
        : `This value must be less than or equal to ${most} (it currently is '${limit}').`,
      'limit',
      'parameter_invalid_integer',
    );
  if (starting_after !== undefined && ending_before !== undefined)
    throw badParameter(
      'You may only specify one of these parameters: ending_before, starting_after.',
      'ending_before',
    );
  const cursor = starting_after ?? ending_before;
  const at = cursor === undefined ? -1 : objects.findIndex(({ id }) => id === cursor);
  if (cursor !== undefined && at < 0)
    throw noSuch(what, cursor, starting_after ? 'starting_after' : 'ending_before');
  const from = ending_before === undefined ? at + 1 : Math.max(0, at - limit);
  const to = ending_before === undefined ? from + limit : at;
  return {
    object: 'list',
    data: objects.slice(from, to),
    has_more: ending_before === undefined ? to < objects.length : from > 0,
    url,
  };
}

export const within = (
  at: number,
  range: { gt?: number; gte?: number; lt?: number; lte?: number } | undefined,
): boolean =>
  range === undefined ||
  (at > (range.gt ?? -Infinity) &&
    at >= (range.gte ?? -Infinity) &&
    at < (range.lt ?? Infinity) &&
    at <= (range.lte ?? Infinity));
