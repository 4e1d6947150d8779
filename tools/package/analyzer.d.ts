// The analyzer tells no types of what it exports. It brings the last TypeScript that can be asked about types.
declare module '@custom-elements-manifest/analyzer/index.js' {
  import type { Package } from 'custom-elements-manifest/schema.d.ts';
  import type ts from '../../node_modules/@custom-elements-manifest/analyzer/node_modules/typescript/lib/typescript.js';

  export { ts };
  export function create(options: { modules: ts.SourceFile[]; plugins: object[] }): Package;
}

declare module '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js' {
  export function litPlugin(): object[];
}
