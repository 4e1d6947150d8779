// What a site installs from npm, in dist/package: `npm run package`, then `npm publish dist/package`.
import { buildPackage } from './package/build-package.ts';

console.log(`Built into ${await buildPackage()}.`);
