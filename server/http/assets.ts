import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { Hono, type Context } from 'hono';
import { chooseCoding } from './content-coding.ts';
import { namesTag } from './entity-tag.ts';
import { RequestError } from './errors.ts';

interface Asset {
  identity: Uint8Array<ArrayBuffer>;
  br: Uint8Array<ArrayBuffer>;
  gzip: Uint8Array<ArrayBuffer>;
  etag: string;
}

/** What pages name; the same under a hashed name is for those who want to check what they load. */
const plainName = 'booking-calendar.js';

const bytes = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer);

/** The widget, compressed once. Names with a hash never change; the plain name is checked again each time. */
export function createAssets(directory: string) {
  const loaded = new Map<string, Promise<Asset | null>>();

  async function load(name: string): Promise<Asset | null> {
    let identity: Buffer;
    try {
      identity = await readFile(join(directory, name));
    } catch {
      return null;
    }
    return {
      identity: bytes(identity),
      br: bytes(brotliCompressSync(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })),
      gzip: bytes(gzipSync(identity, { level: 9 })),
      etag: `"${createHash('sha256').update(identity).digest('base64url').slice(0, 27)}"`,
    };
  }

  async function answer(c: Context, name: string): Promise<Response> {
    const asset = await (loaded.get(name) ?? loaded.set(name, load(name)).get(name));
    if (!asset) {
      loaded.delete(name);
      // A chunk of an older build: the page has to be able to read that it is gone.
      throw new RequestError('not_found', undefined, {
        headers: { 'access-control-allow-origin': '*' },
      });
    }
    const encoding = chooseCoding(c.req.header('accept-encoding'));
    const ifNoneMatch = c.req.header('if-none-match');
    const isImmutable = name !== plainName && /-[\w-]{8}\.js$/.test(name);
    const headers: Record<string, string> = {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': isImmutable ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
      // Anybody may load the script, with integrity checks too: modules are always fetched with CORS.
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      vary: 'Accept-Encoding',
      etag: asset.etag,
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    };
    if (ifNoneMatch !== undefined && namesTag(ifNoneMatch, asset.etag)) {
      return new Response(null, { status: 304, headers });
    }
    return new Response(asset[encoding], { headers });
  }

  return new Hono()
    .get('/:name{booking-calendar[\\w.-]*\\.js}', (c) => answer(c, c.req.param('name')))
    .get('/chunks/:name{[\\w.-]+\\.js}', (c) => answer(c, join('chunks', c.req.param('name'))));
}
