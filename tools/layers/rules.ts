import { isTestFile, type ModuleImport, type SourceModule } from './read-module.ts';

export interface LayerRule {
  name: string;
  /** What in this module breaks the rule, in words; empty when nothing does. */
  violations(module: SourceModule): string[];
}

const PURE_MODULES = /^(?:server\/booking\/lifecycle|widget\/flow\/transition[^/]*)\.ts$/;
const PORT = /^server\/([^/]+)\/\1\.ts$/;
const DRAWER = /(?:^|\/)(?:utils?|helpers?|common|lib|types)(?:\.[^/]*)?(?:\/|$)/;
const WIDGET_PACKAGES = ['lit', '@lit/context', 'valibot', 'temporal-polyfill'];
const WIDGET_TEST_PACKAGES = ['chai', 'axe-core', 'fast-check', '@web/test-runner-commands'];
const SDK_PACKAGES = [
  'stripe',
  'nodemailer',
  'better-sqlite3',
  'hono',
  '@hono/node-server',
  'pino',
];
const CODE_FROM_TEXT = [
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'unsafeHTML',
  'unsafeSVG',
  'eval',
  'Function',
];

/** The shape of the code (design §7) as rules that can fail. */
export const layerRules: LayerRule[] = [
  rule('the widget knows itself, the contract and four packages', (module) => {
    if (!inFolder(module, 'widget')) return [];
    const packages = [
      ...WIDGET_PACKAGES,
      ...(module.isTest ? WIDGET_TEST_PACKAGES : []),
      ...(inFolder(module, 'widget/react') ? ['react'] : []),
    ];
    return module.imports.filter(
      ({ file, package: from }) =>
        !(from !== undefined && packages.includes(from)) &&
        !(file !== undefined && /^(?:widget|server\/contract)\//.test(file)),
    );
  }),
  rule('the widget makes no code or markup out of text', (module) => {
    if (!inFolder(module, 'widget') || module.isTest) return [];
    return [
      ...CODE_FROM_TEXT.filter((name) => module.names.has(name)),
      ...module.imports.filter(({ specifier }) => specifier.startsWith('lit/directives/unsafe-')),
    ];
  }),
  rule('the contract knows only valibot and itself', (module) => {
    if (!inFolder(module, 'server/contract') || module.isTest) return [];
    return module.imports.filter(
      ({ file, package: from }) => from !== 'valibot' && !file?.startsWith('server/contract/'),
    );
  }),
  rule('the server knows neither demo nor widget', (module) => {
    if (!inFolder(module, 'server') || module.isTest) return [];
    return module.imports.filter(
      ({ file }) => file !== undefined && /^(?:demo|widget|tools)\//.test(file),
    );
  }),
  rule('the product imports nothing that is there for tests', (module) =>
    module.isTest
      ? []
      : module.imports.filter(({ file }) => file !== undefined && isTestFile(file)),
  ),
  onlyIn('stripe', /^server\/payment\/stripe[^/]*\.ts$/),
  onlyIn('better-sqlite3', /^server\/database\//),
  onlyIn('nodemailer', /^server\/notification\//),
  rule('the environment is read at the edges only', (module) => {
    const isEdge =
      /^(?:server\/(?:config|jobs|main|stripe-webhook)\.ts$|demo\/start\.ts$|tools\/|[^/]+$)/.test(
        module.path,
      );
    return !isEdge && !module.isTest && module.names.has('process.env') ? ['process.env'] : [];
  }),
  rule('pure modules import no framework', (module) =>
    PURE_MODULES.test(module.path) && !module.isTest
      ? module.imports.filter(({ package: from }) => from !== undefined && from !== 'valibot')
      : [],
  ),
  rule('a port names no SDK', (module) =>
    PORT.test(module.path)
      ? module.imports.filter(
          ({ package: from }) => from !== undefined && SDK_PACKAGES.includes(from),
        )
      : [],
  ),
  rule('files are named for the one thing inside', ({ path }) => (DRAWER.test(path) ? [path] : [])),
];

function rule(name: string, find: (module: SourceModule) => (ModuleImport | string)[]): LayerRule {
  return {
    name,
    violations: (module) =>
      find(module).map(
        (found) => `${module.path}: ${typeof found === 'string' ? found : found.specifier}`,
      ),
  };
}

/** The product's own code may use a package in one place only; tests and the demo may compare themselves with it. */
function onlyIn(packageName: string, place: RegExp): LayerRule {
  return rule(`${packageName} is used in its own adapter only`, (module) => {
    const isProduct = inFolder(module, 'server') || inFolder(module, 'widget');
    if (!isProduct || module.isTest || place.test(module.path)) return [];
    return module.imports.filter(({ package: from }) => from === packageName);
  });
}

function inFolder({ path }: SourceModule, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}
