import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';

/** One source file, as the layer rules see it. */
export interface SourceModule {
  /** Relative to the project, with forward slashes. */
  path: string;
  isTest: boolean;
  imports: ModuleImport[];
  /** Every name that the code uses, as variable or property: `innerHTML`, `eval`; and `process.env` whole. */
  names: Set<string>;
}

export interface ModuleImport {
  /** As written. */
  specifier: string;
  /** A file of the project, or undefined. */
  file?: string;
  /** `hono` for `hono/cors`, `node:` for Node's own modules, or undefined. */
  package?: string;
}

/** Reads imports of every kind (types, re-exports, `import()`, `import('x').Type`): all of them tie files together. */
export function readModule(path: string, source: string): SourceModule {
  const { program, errors } = parseSync(path, source);
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`);
  const module: SourceModule = { path, isTest: isTestFile(path), imports: [], names: new Set() };
  visit(program);
  return module;

  function visit(node: unknown): void {
    if (Array.isArray(node)) return node.forEach(visit);
    if (!isNode(node)) return;
    const specifier = importedBy(node);
    if (specifier !== undefined) module.imports.push(resolveImport(path, specifier));
    collectNames(node);
    Object.values(node).forEach(visit);
  }

  function collectNames(node: Node): void {
    if (node.type === 'Identifier' && typeof node['name'] === 'string') {
      module.names.add(node['name']);
    }
    if (node.type !== 'MemberExpression') return;
    const property = nameOf(node['property']);
    if (property === undefined) return;
    module.names.add(property);
    if (nameOf(node['object']) === 'process') module.names.add(`process.${property}`);
  }
}

type Node = Record<string, unknown> & { type: string };

function importedBy(node: Node): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return literal(node['source']);
    default:
      return undefined;
  }
}

function resolveImport(importer: string, specifier: string): ModuleImport {
  if (specifier.startsWith('.')) {
    return { specifier, file: posix.join(posix.dirname(importer), specifier) };
  }
  if (specifier.startsWith('node:')) return { specifier, package: 'node:' };
  const [scope = '', name = ''] = specifier.split('/');
  return { specifier, package: scope.startsWith('@') ? `${scope}/${name}` : scope };
}

/** Tests, and what only tests use: examples, and folders called test. */
export function isTestFile(path: string): boolean {
  return /\.(?:test|test-d|example)\.ts$/.test(path) || /(?:^|\/)tests?\//.test(path);
}

/** `a` of `x.a`, `x['a']` and of a plain `a`. */
function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  return node.type === 'Identifier' && typeof node['name'] === 'string'
    ? node['name']
    : literal(node);
}

function literal(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Literal' && typeof node['value'] === 'string'
    ? node['value']
    : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
