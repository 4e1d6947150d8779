// TypeScript 7 cannot be asked about types; the manifest's analyzer brings one that can.
export { default as ts } from '../../node_modules/@custom-elements-manifest/analyzer/node_modules/typescript/lib/typescript.js';
