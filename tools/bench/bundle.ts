import { build } from 'esbuild';

/** A module of ours or of a package as a page would get it: bundled and minified. */
export async function bundle(
  entryPoint: string,
  define: Record<string, string> = {},
): Promise<Uint8Array> {
  const result = await build({
    entryPoints: [entryPoint],
    define,
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
  });
  const [file] = result.outputFiles;
  if (file === undefined) throw new Error('esbuild wrote nothing.');
  return file.contents;
}
