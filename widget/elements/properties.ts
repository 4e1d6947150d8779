import type { PropertyDeclaration } from 'lit';
import { toJson } from '../api/to-json.ts';
import { cannotUse } from './attributes.ts';

/**
 * What is kept of a property that a page may set to anything: text, or a copy that is nothing but data, so that no getter
 * and no proxy of the page's is asked again. What is declared with a type of its own is kept as it is.
 */
export const readProperty = (
  name: string,
  value: unknown,
  { type = String, attribute, reflect }: PropertyDeclaration,
): unknown => {
  if (type === Boolean) return Boolean(value);
  if (type !== String || typeof value === 'string') return value;
  try {
    if (attribute === false && typeof value === 'object') return JSON.parse(toJson(value));
  } catch {
    // Cyclic, or a getter that throws.
  }
  if (value !== null && value !== undefined) cannotUse(name, typeof value);
  return attribute === false || reflect ? null : '';
};
