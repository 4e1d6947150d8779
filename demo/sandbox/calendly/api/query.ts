import { type Detail, invalidArgument } from '../refusal.ts';
import { apiOrigin } from '../resources.ts';

type Query = Record<string, string>;

/** An instant in any of the forms that Calendly takes, as milliseconds. Without an offset it is no instant. */
export function parseInstant(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/i.test(text))
    return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

export function requireParameters<K extends string>(
  query: Query,
  ...names: K[]
): Record<K, string> {
  const missing = names.filter((name) => !query[name]);
  if (missing.length > 0)
    throw invalidArgument(
      missing.map((parameter): Detail => ({ parameter, message: 'is missing' })),
    );
  return Object.fromEntries(names.map((name) => [name, query[name]])) as Record<K, string>;
}

/** References are whole URIs; a bare id is none. */
export function requireUri(query: Query, name: string, family: string): string {
  const uri = requireParameters(query, name)[name] ?? '';
  if (!uri.startsWith(`${apiOrigin}/${family}/`))
    throw invalidArgument([{ parameter: name, message: 'is invalid' }]);
  return uri;
}

export function instantParameter(query: Query, name: string): number | undefined {
  const text = query[name];
  if (text === undefined) return undefined;
  const ms = parseInstant(text);
  if (ms === undefined) throw invalidArgument([{ parameter: name, message: 'is invalid' }]);
  return ms;
}

export function booleanParameter(query: Query, name: string): boolean | undefined {
  const text = query[name];
  if (text === undefined) return undefined;
  if (text !== 'true' && text !== 'false')
    throw invalidArgument([{ parameter: name, message: 'must be boolean' }]);
  return text === 'true';
}

/** `sort=name:asc,position:desc` over the fields that may be sorted by. */
export function sorted<T>(
  items: T[],
  sort: string,
  fields: Record<string, (item: T) => string | number>,
): T[] {
  const rules = sort.split(',').map((rule) => {
    const [name = '', direction = 'asc'] = rule.split(':');
    const by = fields[name];
    if (!by || (direction !== 'asc' && direction !== 'desc'))
      throw invalidArgument([{ parameter: 'sort', message: 'is invalid' }]);
    return { by, sign: direction === 'asc' ? 1 : -1 };
  });
  return items.toSorted((a, b) => {
    for (const { by, sign } of rules) {
      const [left, right] = [by(a), by(b)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  });
}

interface Page {
  collection: unknown[];
  pagination: {
    count: number;
    next_page: string | null;
    previous_page: string | null;
    next_page_token: string | null;
    previous_page_token: string | null;
  };
}

const readToken = (token: string): number => {
  const offset = Number(/^from:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1]);
  if (!Number.isInteger(offset))
    throw invalidArgument([{ parameter: 'page_token', message: 'is invalid' }]);
  return offset;
};

export function paged<T>(path: string, query: Query, items: T[], show: (item: T) => unknown): Page {
  const count = query.count === undefined ? 20 : Number(query.count);
  if (!Number.isInteger(count) || count < 1 || count > 100)
    throw invalidArgument([{ parameter: 'count', message: 'must be one of: 1 - 100' }]);
  const from = query.page_token === undefined ? 0 : readToken(query.page_token);
  const link = (offset: number): { token: string; page: string } => {
    const token = Buffer.from(`from:${offset}`).toString('base64url');
    return {
      token,
      page: `${apiOrigin}${path}?${new URLSearchParams({ ...query, page_token: token }).toString()}`,
    };
  };
  const next = from + count < items.length ? link(from + count) : undefined;
  const previous = from > 0 ? link(Math.max(0, from - count)) : undefined;
  const shown = items.slice(from, from + count);
  return {
    collection: shown.map(show),
    pagination: {
      count: shown.length,
      next_page: next?.page ?? null,
      previous_page: previous?.page ?? null,
      next_page_token: next?.token ?? null,
      previous_page_token: previous?.token ?? null,
    },
  };
}
