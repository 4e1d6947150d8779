import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { OutputBundle, OutputChunk, Plugin } from 'rollup';
import type { Manifest } from './manifest.ts';

/**
 * Readies dist/ for a web server: compressed twins, a manifest with SRI hashes, licenses, and nothing of older builds.
 * What a site installs from npm is in dist/package and not its business.
 */
export function publish(folder: string): Plugin {
  const chunks = new Map<string, OutputChunk>();
  return {
    name: 'publish',
    renderChunk: {
      // Last, when the minifier has already dropped all other comments.
      order: 'post',
      handler: (code, chunk) =>
        chunk.isEntry
          ? { code: `/*! booking-calendar, MIT. Licenses: licenses.txt */\n${code}`, map: null }
          : null,
    },
    writeBundle(_options, bundle) {
      for (const chunk of chunksOf(bundle)) chunks.set(chunk.fileName, chunk);
    },
    closeBundle(error) {
      if (error !== undefined || chunks.size === 0) return;
      const manifest: Manifest = {};
      for (const [fileName, chunk] of [...chunks].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
        const content = Buffer.from(chunk.code);
        const brotli = compress(content);
        writeFileSync(join(folder, `${fileName}.br`), brotli);
        writeFileSync(join(folder, `${fileName}.gz`), gzipSync(content, { level: 9 }));
        manifest[fileName] = {
          integrity: `sha384-${createHash('sha384').update(content).digest('base64')}`,
          bytes: content.length,
          brotli: brotli.length,
          imports: staticClosure(fileName, chunks),
          dynamicImports: chunk.dynamicImports,
        };
      }
      writeFileSync(join(folder, 'licenses.txt'), licensesOf(chunks.values()));
      writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
      removeStrangers(folder, new Set(chunks.keys()));
    },
  };
}

export function compress(content: Uint8Array): Buffer {
  return brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}

function chunksOf(bundle: OutputBundle): OutputChunk[] {
  return Object.values(bundle).filter((file) => file.type === 'chunk');
}

function staticClosure(fileName: string, chunks: Map<string, OutputChunk>): string[] {
  const reached = new Set<string>();
  const pending = [fileName];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const imported of chunks.get(next)?.imports ?? []) {
      if (imported === fileName || reached.has(imported)) continue;
      reached.add(imported);
      pending.push(imported);
    }
  }
  return [...reached].toSorted();
}

/** The notices that the licenses of the packages in the bundle ask us to pass on. */
export function licensesOf(chunks: Iterable<OutputChunk>): string {
  const packages = new Map<string, string>();
  for (const chunk of chunks) {
    for (const id of chunk.moduleIds) {
      const root = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll('\\', '/'))?.[0];
      if (root !== undefined)
        packages.set(root.slice(root.lastIndexOf('/node_modules/') + 14), root);
    }
  }
  return [...packages]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, root]) => `${name}\n${'='.repeat(name.length)}\n${licenseText(root)}\n`)
    .join('\n');
}

function licenseText(root: string): string {
  const file = readdirSync(root).find((name) => /^licen[cs]e/i.test(name));
  if (file !== undefined) return readFileSync(join(root, file), 'utf8').trim();
  const { license }: { license?: string } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  return license ?? 'no license named';
}

function removeStrangers(folder: string, fileNames: Set<string>): void {
  const kept = new Set(['.gitignore', 'manifest.json', 'licenses.txt']);
  for (const fileName of fileNames) for (const end of ['', '.br', '.gz']) kept.add(fileName + end);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    const relative = path.slice(join(folder, '/').length).replaceAll('\\', '/');
    if (!kept.has(relative) && !relative.startsWith('package/')) rmSync(path, { force: true });
  }
}
