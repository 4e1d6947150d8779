// Embeddings and overrides without their end would turn the rest of a line around.
const bidiControls = /[\u202a-\u202e\u2066-\u2069]/gu;

/** A stranger's text as one line that cannot break out of a header, a calendar property or the line it stands in. */
export const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(bidiControls, '')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();

/** A stranger's text with its line breaks, and at most one empty line between two lines. */
export const severalLines = (text: string): string[] =>
  text
    .replace(/\r\n?|[\u2028\u2029]/gu, '\n')
    .split('\n')
    .map(oneLine)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .split('\n');

/** At most `maxLength` characters, an ellipsis counted; never half an emoji. */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text);
  let kept = '';
  for (const { segment } of graphemes) {
    if (kept.length + segment.length >= maxLength) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/**
 * What an invitee typed goes to whatever address they typed. A mail that repeats a link from there would carry
 * anybody's advertising to anybody, so such text is left out.
 */
export const looksLikeLink = (text: string): boolean =>
  /[@/\\]|:\S|www|\p{L}[.。．｡]\p{L}{2}/iu.test(text.normalize('NFKC'));

/** The address when it may stand in a link: absolute, http or https, without credentials. */
export function webAddress(text: string | null): string | null {
  if (text === null || !/^https?:\/\/[^\s<>"]+$/i.test(text)) return null;
  const url = URL.parse(text);
  return url === null || url.username || url.password ? null : url.href;
}
