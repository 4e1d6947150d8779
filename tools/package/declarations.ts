import { resolve } from 'node:path';
import type { PublicElement } from './custom-elements.ts';
import { ts } from './type-checker.ts';

const PUBLIC_TYPES = resolve('tools/package/public-types.ts');
const REACT = resolve('widget/react/react.ts');

const program = (): ts.Program =>
  ts.createProgram([PUBLIC_TYPES, REACT], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: [],
    declaration: true,
    emitDeclarationOnly: true,
  });

const WHOLE = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias;

export interface Declarations {
  'booking-calendar.d.ts': string;
  'react.d.ts': string;
}

/** The types of the package in two files that need nothing else: what the server and its schemas say is told in full. */
export function declareTypes(elements: PublicElement[]): Declarations {
  const read = program();
  return {
    'booking-calendar.d.ts': declareElements(read, elements),
    'react.d.ts': declareReact(read),
  };
}

function declareElements(read: ts.Program, elements: PublicElement[]): string {
  const checker = read.getTypeChecker();
  const scope = read.getSourceFile(PUBLIC_TYPES);
  const module = scope && checker.getSymbolAtLocation(scope);
  if (scope === undefined || module === undefined) throw new Error(`${PUBLIC_TYPES} is not there.`);

  const text = (type: ts.Type, isDefinition = false): string =>
    checker.typeToString(type, scope, isDefinition ? WHOLE : ts.TypeFormatFlags.NoTruncation);
  const documentation = (symbol: ts.Symbol): string => {
    const words = ts.displayPartsToString(symbol.getDocumentationComment(checker));
    return words === '' ? '' : `/** ${words.replaceAll('\n', '\n * ')} */\n`;
  };
  const member = (symbol: ts.Symbol, isReadonly: boolean): string => {
    const isOptional = (symbol.flags & ts.SymbolFlags.Optional) !== 0;
    const name = /^\w+$/.test(symbol.name) ? symbol.name : `'${symbol.name}'`;
    const type = named(symbol) ?? text(checker.getTypeOfSymbolAtLocation(symbol, scope));
    const start = `${isReadonly ? 'readonly ' : ''}${name}${isOptional ? '?' : ''}`;
    return `${documentation(symbol)}  ${start}: ${type};`;
  };

  const exported = checker.getExportsOfModule(module);
  const known = new Set(['Partial', 'Readonly', ...exported.map(({ name }) => name)]);
  /** As the source has it, when all of its words are told here. */
  const named = ({ valueDeclaration }: ts.Symbol): string | undefined => {
    const written =
      valueDeclaration !== undefined &&
      (ts.isPropertyDeclaration(valueDeclaration) ||
        ts.isPropertySignature(valueDeclaration) ||
        ts.isGetAccessor(valueDeclaration)) &&
      valueDeclaration.type?.getText();
    const words = written ? written.match(/\b[A-Z]\w*/g) : null;
    return written && words?.every((word) => known.has(word)) ? written : undefined;
  };

  const declared = exported.map((one) => {
    const symbol = checker.getAliasedSymbol(one);
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    const { name } = symbol;
    const element = elements.find((candidate) => candidate.name === name);
    if (element !== undefined) {
      const members = (element.members ?? []).flatMap((field) => {
        const property = checker.getPropertyOfType(type, field.name);
        return property === undefined ? [] : [member(property, false)];
      });
      return `${documentation(symbol)}export declare class ${name} extends HTMLElement {\n${members.join('\n')}\n}`;
    }
    if ((symbol.flags & ts.SymbolFlags.Class) !== 0) {
      const own = [...(symbol.members?.values() ?? [])].filter(
        ({ flags }) => (flags & ts.SymbolFlags.Property) !== 0,
      );
      return `${documentation(symbol)}export interface ${name} extends Event {\n${own.map((field) => member(field, true)).join('\n')}\n}`;
    }
    const properties = checker.getPropertiesOfType(type);
    const isObject = (type.flags & ts.TypeFlags.Object) !== 0 && properties.length > 0;
    return isObject
      ? `${documentation(symbol)}export interface ${name} {\n${properties.map((field) => member(field, false)).join('\n')}\n}`
      : `${documentation(symbol)}export type ${name} = ${text(type, true)};`;
  });

  const tags = elements.map(({ tagName, name }) => `    '${tagName}': ${name};`).join('\n');
  return `${declared.join('\n\n')}

declare global {
  interface HTMLElementTagNameMap {
${tags}
  }
  interface HTMLElementEventMap extends BookingEventMap {}
}
`;
}

/** The wrapper's own two files as one. */
function declareReact(read: ts.Program): string {
  const emitted = new Map<string, string>();
  for (const name of ['wrap', 'react']) {
    const file = read.getSourceFile(resolve(`widget/react/${name}.ts`));
    read.emit(file, (_path, declarations) => emitted.set(name, declarations), undefined, true);
  }
  const imports = `import type { BookingCalendar as CalendarElement, BookingEventMap, BookingSlotPicker as PickerElement } from 'booking-calendar';\n`;
  const body = (name: string): string =>
    (emitted.get(name) ?? '')
      .replaceAll(/^import (?:type )?(?:[^;]*from )?'\..*';\n/gm, '')
      .replaceAll('import("./wrap.ts").', '');
  return imports + body('wrap').replaceAll(/^export /gm, '') + body('react');
}
