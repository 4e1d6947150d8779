import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';

export type ContentCoding = 'br' | 'gzip' | 'identity';

// Browsers send a handful of different values.
const chosen = new LRUCache<string, ContentCoding>({
  max: 100,
  maxEntrySize: 200,
  sizeCalculation: (_, key) => key.length + 1,
});

/** The smallest coding that an Accept-Encoding header allows. */
export function chooseCoding(accepted: string | undefined): ContentCoding {
  if (!accepted) return 'identity';
  let coding = chosen.get(accepted);
  if (coding === undefined) {
    coding = readAcceptEncoding(accepted);
    chosen.set(accepted, coding);
  }
  return coding;
}

// https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3: a quality of 0 refuses a coding, `*` stands for those not named.
function readAcceptEncoding(accepted: string): ContentCoding {
  const allowed = new Map<string, boolean>();
  for (const part of accepted.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    allowed.set(name, !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter)));
  }
  const allows = (name: string): boolean => allowed.get(name) ?? allowed.get('*') ?? false;
  return allows('br') ? 'br' : allows('gzip') ? 'gzip' : 'identity';
}

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

export async function compress(
  body: Uint8Array,
  coding: Exclude<ContentCoding, 'identity'>,
): Promise<Uint8Array<ArrayBuffer>> {
  const compressed =
    coding === 'br'
      ? // Lists of times gain nothing above 5, which takes a millisecond; 11 takes more than a hundred.
        await brotli(body, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: 5,
            [constants.BROTLI_PARAM_SIZE_HINT]: body.byteLength,
          },
        })
      : await deflate(body);
  return new Uint8Array(compressed);
}
