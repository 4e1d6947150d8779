import type { Context } from 'hono';
import { type Detail, invalidArgument } from '../refusal.ts';

/**
 * Checks request bodies as Calendly does: it names every key that is missing or of the wrong shape in one answer, in the
 * words of Ruby's dry-schema, and looks at no key it does not know.
 */
export type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export async function jsonBody(context: Context): Promise<Fields> {
  const text = await context.req.text();
  if (text.trim() === '') return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw invalidArgument();
  }
  if (!isFields(body)) throw invalidArgument();
  return body;
}

export interface BodyCheck {
  readonly details: Detail[];
  text(fields: Fields, path: string, key: string): string;
  optionalText(fields: Fields, path: string, key: string): string | null;
  fields(fields: Fields, path: string, key: string): Fields | undefined;
  list(fields: Fields, path: string, key: string): unknown[] | undefined;
  add(parameter: string, message: string): void;
  /** Throws what was found, if anything was. */
  done(): void;
}

export function checkBody(): BodyCheck {
  const details: Detail[] = [];
  const add = (parameter: string, message: string): void => {
    details.push({ parameter, message });
  };
  const at = (path: string, key: string): string => (path ? `${path}.${key}` : key);
  return {
    details,
    add,
    text(fields, path, key) {
      const value = fields[key];
      if (value === undefined) add(at(path, key), 'is missing');
      else if (typeof value !== 'string') add(at(path, key), 'must be a string');
      else if (value.trim() === '') add(at(path, key), 'must be filled');
      return typeof value === 'string' ? value : '';
    },
    optionalText(fields, path, key) {
      const value = fields[key];
      if (value === undefined || value === null) return null;
      if (typeof value !== 'string') add(at(path, key), 'must be a string');
      return typeof value === 'string' ? value : null;
    },
    fields(fields, path, key) {
      const value = fields[key];
      if (value === undefined) return undefined;
      if (!isFields(value)) add(at(path, key), 'must be a hash');
      return isFields(value) ? value : undefined;
    },
    list(fields, path, key) {
      const value = fields[key];
      if (value === undefined) return undefined;
      if (!Array.isArray(value)) add(at(path, key), 'must be an array');
      return Array.isArray(value) ? value : undefined;
    },
    done() {
      if (details.length > 0) throw invalidArgument(details);
    },
  };
}

export const isEmail = (text: string): boolean =>
  /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/.test(text);

export const isPhone = (text: string): boolean => /^\+?[\d\s().-]{6,24}$/.test(text);

export const isTimeZone = (text: string): boolean => {
  try {
    // An offset such as +01:00 is understood by Intl but is no IANA name.
    return /^[A-Za-z]/.test(text) && Boolean(new Intl.DateTimeFormat('en', { timeZone: text }));
  } catch {
    return false;
  }
};
