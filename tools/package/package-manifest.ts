export interface ProjectManifest {
  name: string;
  version: string;
  description: string;
  license: string;
  devDependencies: Record<string, string>;
}

const NOT_A_BROWSER = ['edge-light', 'workerd', 'worker', 'deno', 'bun', 'node'];

/** The package.json of the published package: no dependency, and React only for those who have it. */
export const packageManifest = ({ name, version, description, license }: ProjectManifest) => ({
  name,
  version,
  description,
  license,
  type: 'module',
  engines: { node: '>=18' },
  keywords: ['booking', 'calendly', 'calendar', 'web-component', 'custom-element'],
  exports: {
    '.': {
      types: './booking-calendar.d.ts',
      ...Object.fromEntries(NOT_A_BROWSER.map((condition) => [condition, './server.js'])),
      default: './booking-calendar.js',
    },
    './react': { types: './react.d.ts', default: './react.js' },
    ...Object.fromEntries(
      ['vue', 'svelte', 'solid'].map((framework) => [
        `./${framework}`,
        { types: `./${framework}.d.ts`, default: `./${framework}.js` },
      ]),
    ),
    './custom-elements.json': './custom-elements.json',
    './package.json': './package.json',
  },
  // Importing the package is what makes the tags work.
  sideEffects: ['./booking-calendar.js', './react.js', './chunks/*.js'],
  customElements: 'custom-elements.json',
  'web-types': './web-types.json',
  peerDependencies: { react: '>=18' },
  peerDependenciesMeta: { react: { optional: true } },
});
