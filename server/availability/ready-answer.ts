import { createHash } from 'node:crypto';
import { compress, type ContentCoding } from '../http/content-coding.ts';

/** The bytes of an answer in one content coding, with all of its headers but those that depend on the page. */
export interface Variant {
  body: Uint8Array<ArrayBuffer>;
  /** Strong: each coding has its own. https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3.3 */
  etag: string;
  headers: Readonly<Record<string, string>>;
  /** For 304. */
  notModifiedHeaders: Readonly<Record<string, string>>;
}

/** An answer as JSON, compressed once and only when somebody wants it so. */
export interface ReadyAnswer {
  hash: string;
  bytes: number;
  variant(coding: ContentCoding): Variant | Promise<Variant>;
}

/** What is smaller fits into one packet anyway. */
const worthCompressing = 1_000;

export function createReadyAnswer(value: unknown): ReadyAnswer {
  const identity = new TextEncoder().encode(JSON.stringify(value));
  const hash = createHash('sha256').update(identity).digest('base64url').slice(0, 27);
  const variants: Partial<Record<ContentCoding, Variant | Promise<Variant>>> = {
    identity: createVariant(identity, hash, 'identity'),
  };

  return {
    hash,
    bytes: identity.byteLength,
    variant(wanted) {
      const coding = identity.byteLength < worthCompressing ? 'identity' : wanted;
      const known = variants[coding];
      if (known !== undefined) return known;
      if (coding === 'identity') return createVariant(identity, hash, coding);
      const coming = compress(identity, coding).then((body) => {
        const variant = createVariant(body, hash, coding);
        variants[coding] = variant;
        return variant;
      });
      variants[coding] = coming;
      return coming;
    },
  };
}

function createVariant(
  body: Uint8Array<ArrayBuffer>,
  hash: string,
  coding: ContentCoding,
): Variant {
  const etag = coding === 'identity' ? `"${hash}"` : `"${hash}-${coding}"`;
  const notModifiedHeaders = {
    etag,
    'cache-control': 'no-cache',
    vary: 'Origin, Accept-Encoding',
  };
  return {
    body,
    etag,
    notModifiedHeaders,
    headers: {
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      ...notModifiedHeaders,
      ...(coding === 'identity' ? {} : { 'content-encoding': coding }),
    },
  };
}
