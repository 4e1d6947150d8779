import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import type { OutputOptions, RollupOptions } from 'rollup';
import esbuild, { minify } from 'rollup-plugin-esbuild';
import { secludePackages } from './tools/build/seclude-packages.ts';
import { minifyChunks } from './tools/build/minify-chunks.ts';
import { minifyTemplates } from './tools/build/minify-templates.ts';
import { publish } from './tools/build/publish.ts';

const ENTRY = 'widget/booking-calendar.ts';
const FOLDER = 'dist';
// What their chunks are made of: the texts and the build.
const LANGUAGES_HASH = hashOf([
  ...globSync('widget/i18n/*/*.ts'),
  'rollup.config.ts',
  'package-lock.json',
]);

if (!existsSync(ENTRY)) {
  console.error(`Nothing to build: ${ENTRY} does not exist.`);
  process.exit(1);
}

// The same widget under two names: one that never changes, for the script tag, and one that changes with its content,
// to be cached for ever and pinned with SRI. They are separate outputs because a later chunk imports the entry by name.
const outputs: OutputOptions[] = ['booking-calendar.js', 'booking-calendar-[hash].js'].map(
  (entryFileNames) => ({
    dir: FOLDER,
    format: 'es',
    entryFileNames,
    chunkFileNames: ({ name, facadeModuleId }) =>
      `chunks/${languageFileOf(facadeModuleId) ?? `${packageOf(facadeModuleId) ?? name}-[hash]`}.js`,
    generatedCode: 'es2015',
    // Chained requests cost a round trip each: the entry never waits for a chunk that it does not use itself.
    hoistTransitiveImports: false,
  }),
);

const config: RollupOptions = {
  input: ENTRY,
  // One script: without this an entry that a later chunk imports from becomes a shell around a chunk of its own.
  preserveEntrySignatures: 'allow-extension',
  output: outputs,
  plugins: [
    nodeResolve({ browser: true, exportConditions: ['production'], extensions: ['.ts', '.js'] }),
    secludePackages(),
    esbuild({ target: 'es2022', tsconfig: 'tsconfig.json' }),
    // Before names are shortened: it looks for css`` and html``.
    minifyTemplates(),
    minify({ target: 'es2022', legalComments: 'none', sourceMap: false }),
    minifyChunks(),
    publish(FOLDER),
  ],
  onwarn(warning, warn) {
    // A circular import is a design mistake here, an unresolved one a broken page.
    if (
      warning.code === 'CIRCULAR_DEPENDENCY' &&
      warning.ids?.some((id) => id.includes('node_modules'))
    )
      return;
    if (warning.code === 'UNRESOLVED_IMPORT' || warning.code === 'CIRCULAR_DEPENDENCY') {
      throw new Error(warning.message);
    }
    warn(warning);
  },
};

export default config;

/** All languages have one hash: the entry names every one of them, and a hash each would cost it more than the names. */
function languageFileOf(moduleId: string | null): string | undefined {
  const [, language, part] =
    /\/i18n\/([\w-]+)\/(select-time|later-steps)\.ts$/.exec(
      moduleId?.replaceAll('\\', '/') ?? '',
    ) ?? [];
  if (language === undefined) return undefined;
  return `${language}${part === 'select-time' ? '' : `-${part}`}-${LANGUAGES_HASH}`;
}

function hashOf(files: string[]): string {
  const hash = createHash('sha256');
  for (const file of files.toSorted()) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 8);
}

/** A package's main file is mostly called index: the package says more. */
function packageOf(moduleId: string | null): string | undefined {
  return /\/node_modules\/(?:@[^/]+\/)?([^/]+)\/[^]*$/.exec(
    moduleId?.replaceAll('\\', '/') ?? '',
  )?.[1];
}
