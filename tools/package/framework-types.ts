import type { PublicElement } from './custom-elements.ts';

type Line = (element: PublicElement) => string[];

/** Types of the tags in the templates of frameworks, each a file that a site imports for its types alone. */
export const frameworkTypes = (elements: PublicElement[]): Record<string, string> => ({
  'vue.d.ts': augment(elements, {
    imports: `import type { HTMLAttributes, PublicProps } from 'vue';`,
    open: `declare module 'vue' {\n  interface GlobalComponents {`,
    close: '  }\n}',
    tag: ({ name }, lines) =>
      `new () => ${name} & { $props: Omit<HTMLAttributes, 'lang'> & PublicProps & {\n${lines} } };`,
    lines: (element) => [
      ...attributes(element),
      ...camelCased(element),
      ...events(element, (type) => `on${type.split('-').map(capitalized).join('')}`),
    ],
  }),
  'svelte.d.ts': augment(elements, {
    imports: `import type { HTMLAttributes } from 'svelte/elements';`,
    open: `declare module 'svelte/elements' {\n  interface SvelteHTMLElements {`,
    close: '  }\n}',
    tag: ({ name }, lines) => `Omit<HTMLAttributes<${name}>, 'lang'> & {\n${lines} };`,
    lines: (element) => [
      ...attributes(element),
      ...camelCased(element),
      ...events(element, (type) => `on${type}`),
      ...events(element, (type) => `on:${type}`),
    ],
  }),
  'solid.d.ts': augment(elements, {
    imports: `import type { JSX } from 'solid-js';`,
    open: `declare module 'solid-js' {\n  namespace JSX {\n    interface IntrinsicElements {`,
    close: '    }\n  }\n}',
    tag: ({ name }, lines) => `Omit<JSX.HTMLAttributes<${name}>, 'lang'> & {\n${lines} };`,
    lines: (element) => [
      ...attributes(element),
      ...fields(element).map(({ name }) => `'prop:${name}'?: ${element.name}['${name}'];`),
      ...events(element, (type) => `on:${type}`),
    ],
  }),
});

interface Template {
  imports: string;
  open: string;
  close: string;
  tag: (element: PublicElement, lines: string) => string;
  lines: Line;
}

const augment = (
  elements: PublicElement[],
  { imports, open, close, tag, lines }: Template,
): string => `${imports}
import type { ${elements.map(({ name }) => name).join(', ')}, BookingEventMap } from 'booking-calendar';

${open}
${elements.map((element) => `'${element.tagName}': ${tag(element, lines(element).join('\n'))}`).join('\n')}
${close}
`;

const attributes: Line = ({ attributes: all = [], name: element }) =>
  all.map(({ name, fieldName = name }) => `'${name}'?: ${element}['${fieldName}'] | undefined;`);

/** Frameworks set what the element has as a property, under its own name. */
const camelCased: Line = (element) => {
  const known = new Set(element.attributes?.map(({ name }) => name));
  return fields(element)
    .filter(({ name }) => !known.has(name))
    .map(({ name }) => `${name}?: ${element.name}['${name}'] | undefined;`);
};

const events = ({ events: all = [] }: PublicElement, prop: (type: string) => string): string[] =>
  all.map(({ name }) => `'${prop(name)}'?: (event: BookingEventMap['${name}']) => void;`);

const fields = ({ members = [] }: PublicElement) => members.filter(({ kind }) => kind === 'field');

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
