/** In everything hostile that is sent, so that an answer which repeats any of it can be told. No name of a field. */
export const canary = 'xq7-canary';

export interface HostileValue {
  name: string;
  value: unknown;
}

/** JSON that is text nowhere. */
export const wrongKinds: HostileValue[] = [
  { name: 'a number', value: 7 },
  { name: 'a boolean', value: true },
  { name: 'an infinite number', value: { $raw: '1e309' } },
  { name: 'a negative number', value: -1 },
  { name: 'an empty list', value: [] },
  { name: 'a huge list', value: Array.from({ length: 5_000 }, () => 0) },
  { name: 'a list of lists', value: [[[[canary]]]] },
  { name: 'an object', value: { [canary]: canary } },
  { name: 'an object that would be a prototype', value: { $raw: `{"__proto__":{"${canary}":1}}` } },
  { name: 'deep nesting', value: { $raw: `${'['.repeat(5_000)}${']'.repeat(5_000)}` } },
];

/** Text that no field takes. */
export const unwritableTexts: HostileValue[] = [
  { name: 'a NUL', value: `${canary}\u0000` },
  { name: 'a control character', value: `\u001b[31m${canary}` },
  { name: 'a lone high surrogate', value: `${canary}\ud800` },
  { name: 'a lone low surrogate', value: `\udc00${canary}` },
  { name: 'a line separator', value: `${canary}\u2028` },
  { name: 'too much text', value: canary.repeat(1_000) },
];

/** Text that a person may well type into a note, and that nothing must ever act upon. */
export const sharpTexts: HostileValue[] = [
  { name: 'markup', value: `<script>alert('${canary}')</script>` },
  { name: 'a prototype', value: '__proto__' },
  { name: 'a constructor', value: 'constructor' },
  { name: 'SQL', value: `${canary}'; drop table booking; --` },
  { name: 'a template', value: `\${${canary}} {{${canary}}} %s %n` },
  { name: 'a path', value: `../../../etc/${canary}` },
  { name: 'text that turns around', value: `\u202e${canary}\u202d` },
];

export const lineBreaks: HostileValue[] = [
  { name: 'a header of its own', value: `${canary}\r\nBcc: ${canary}@example.com` },
  { name: 'a line feed', value: `${canary}\n${canary}` },
];

/** JSON with the values of `$raw` as they stand, which `JSON.stringify` cannot write. */
export function toJson(body: unknown): string {
  const raws: string[] = [];
  const text = JSON.stringify(body, (_, value: unknown) =>
    typeof value === 'object' && value !== null && '$raw' in value
      ? `$raw${raws.push(String(value.$raw)) - 1}$`
      : value,
  );
  return text.replaceAll(/"\$raw(\d+)\$"/g, (_, index) => raws[Number(index)] ?? 'null');
}
