// What a site installs from npm: `npm run package`, then `npm publish dist/package`.
import { buildPackage } from './package/build-package.ts';

await buildPackage('dist/package');
