import { globSync, readFileSync } from 'node:fs';
import { create } from '@custom-elements-manifest/analyzer/index.js';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import type {
  ClassMember,
  CustomElementDeclaration,
  Package,
} from 'custom-elements-manifest/schema.d.ts';
import { ts } from './type-checker.ts';

/** The file of the package that defines the elements. */
export const ENTRY = 'booking-calendar.js';

/** The elements that a page may use, read from their source: https://github.com/webcomponents/custom-elements-manifest */
export function describeElements(): Package {
  const modules = globSync('widget/elements/*.ts')
    .filter((file) => !file.endsWith('.test.ts'))
    .toSorted()
    .map((file) =>
      ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true),
    );
  const read: Package = create({ modules, plugins: litPlugin() });
  const declarations = read.modules
    .flatMap((module) => module.declarations ?? [])
    .filter(isElement)
    .map(published)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    schemaVersion: '2.1.0',
    modules: [
      {
        kind: 'javascript-module',
        path: ENTRY,
        declarations,
        exports: declarations.flatMap(({ name, tagName }) => [
          { kind: 'js', name, declaration: { name, module: ENTRY } },
          {
            kind: 'custom-element-definition',
            name: tagName,
            declaration: { name, module: ENTRY },
          },
        ]),
      },
    ],
  };
}

/** The elements of a manifest, one after another. */
export const elementsOf = (manifest: Package): PublicElement[] =>
  manifest.modules.flatMap(({ declarations = [] }) => declarations).filter(isElement);

export type PublicElement = CustomElementDeclaration & { tagName: string };

const isElement = (declaration: object): declaration is PublicElement =>
  'tagName' in declaration && typeof declaration.tagName === 'string';

/** Without what is nobody's business outside, and without where in our source it was found. */
function published({
  name,
  tagName,
  description,
  attributes = [],
  members = [],
  events = [],
  slots = [],
  cssParts = [],
  cssProperties = [],
}: PublicElement): PublicElement {
  const byName = <T extends { name: string }>(entries: T[]): T[] =>
    entries
      .map((entry) => ({ ...entry, inheritedFrom: undefined, source: undefined }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const isPublic = (member: ClassMember): boolean =>
    member.static !== true &&
    (member.privacy ?? 'public') === 'public' &&
    !NOT_FOR_PAGES.has(member.name);
  return JSON.parse(
    JSON.stringify({
      kind: 'class',
      customElement: true,
      name,
      tagName,
      description,
      superclass: { name: 'HTMLElement' },
      attributes: byName(attributes),
      members: byName(members.filter(isPublic)),
      events: byName(events),
      slots: byName(slots),
      cssParts: byName(cssParts),
      cssProperties: byName(cssProperties),
    }),
  );
}

/** What browsers, Lit and our own tests use. */
const NOT_FOR_PAGES = new Set([
  'connectedCallback',
  'disconnectedCallback',
  'adoptedCallback',
  'attributeChangedCallback',
  'requestUpdate',
  'environment',
]);
