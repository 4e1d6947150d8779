import { nodeResolve } from '@rollup/plugin-node-resolve';
import { type OutputChunk, type Plugin, rollup } from 'rollup';
import esbuild, { minify } from 'rollup-plugin-esbuild';
import { minifyChunks } from '../build/minify-chunks.ts';
import { minifyTemplates } from '../build/minify-templates.ts';
import { licensesOf } from '../build/publish.ts';
import { ENTRY } from './custom-elements.ts';

const ELEMENTS = 'widget/booking-calendar.ts';
const REACT = 'widget/react/react.ts';
const NAME = 'booking-calendar';

/** Writes the script and its chunks, and React's wrapper; tells the licenses of what is in them. */
export async function bundle(folder: string): Promise<string> {
  const elements = await rollup({
    input: ELEMENTS,
    preserveEntrySignatures: 'allow-extension',
    plugins: [
      nodeResolve({ browser: true, exportConditions: ['production'], extensions: ['.ts', '.js'] }),
      esbuild({ target: 'es2022', tsconfig: 'tsconfig.json' }),
      minifyTemplates(),
      minify({ target: 'es2022', legalComments: 'none', sourceMap: false }),
      minifyChunks(),
      besideThePage(),
    ],
    onwarn: () => {},
  });
  const { output } = await elements.write({
    dir: folder,
    format: 'es',
    entryFileNames: ENTRY,
    chunkFileNames: 'chunks/[name]-[hash].js',
    generatedCode: 'es2015',
    hoistTransitiveImports: false,
    banner: ({ isEntry }) =>
      isEntry ? '/*! booking-calendar, MIT. Licenses: licenses.txt */' : '',
  });
  await elements.close();

  const react = await rollup({
    input: REACT,
    external: ['react'],
    plugins: [byItsName(), esbuild({ target: 'es2022', tsconfig: 'tsconfig.json' })],
  });
  await react.write({ file: `${folder}/react.js`, format: 'es', banner: `'use client';` });
  await react.close();
  return licensesOf(output.filter((file): file is OutputChunk => file.type === 'chunk'));
}

/** The wrapper imports the elements as a site does: on a server that is another file. */
function byItsName(): Plugin {
  return {
    name: 'by-its-name',
    resolveId: (id) =>
      id === '../booking-calendar.ts'
        ? { id: NAME, external: true, moduleSideEffects: true }
        : null,
  };
}

/**
 * A site's bundler moves the script to where no backend is, and some take `new URL(…, import.meta.url)` for a file that
 * is to be moved along: the installed script looks for its backend beside the page, unless `server` says where it is.
 */
function besideThePage(): Plugin {
  return {
    name: 'beside-the-page',
    resolveImportMeta: (property) => (property === 'url' ? 'document.baseURI' : null),
  };
}
