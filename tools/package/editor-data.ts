import type { Attribute } from 'custom-elements-manifest/schema.d.ts';
import type { PublicElement } from './custom-elements.ts';

export interface PackageName {
  name: string;
  version: string;
}

/** For VS Code's `html.customData`: https://github.com/microsoft/vscode-html-languageservice/blob/main/docs/customData.md */
export const htmlCustomData = (elements: PublicElement[]): object => ({
  version: 1.1,
  tags: elements.map(({ tagName, description, attributes = [] }) => ({
    name: tagName,
    description,
    attributes: attributes.map((attribute) => ({
      name: attribute.name,
      description: attribute.description,
      ...(isBoolean(attribute) && { valueSet: 'v' }),
      ...(valuesOf(attribute).length > 0 && {
        values: valuesOf(attribute).map((name) => ({ name })),
      }),
    })),
  })),
});

/** For VS Code's `css.customData`. */
export const cssCustomData = (elements: PublicElement[]): object => ({
  version: 1.1,
  properties: unique(elements.flatMap(({ cssProperties = [] }) => cssProperties)).map(
    ({ name, description }) => ({ name, description }),
  ),
});

/** For JetBrains' editors: https://github.com/JetBrains/web-types */
export const webTypes = (elements: PublicElement[], { name, version }: PackageName): object => ({
  $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
  name,
  version,
  'description-markup': 'markdown',
  contributions: {
    html: {
      elements: elements.map(
        ({
          tagName,
          description,
          attributes = [],
          slots = [],
          members = [],
          events = [],
          cssParts = [],
        }) => ({
          name: tagName,
          description,
          attributes: attributes.map((attribute) => ({
            name: attribute.name,
            description: attribute.description,
            value: isBoolean(attribute)
              ? { type: 'boolean' }
              : {
                  type:
                    valuesOf(attribute)
                      .map((value) => `'${value}'`)
                      .join(' | ') || 'string',
                },
          })),
          slots: slots.map(named),
          js: {
            properties: members
              .filter(({ kind }) => kind === 'field')
              .map((member) => ({
                ...named(member),
                ...('type' in member && { type: member.type?.text }),
              })),
            events: events.map((event) => ({ ...named(event), type: event.type.text })),
          },
          css: { parts: cssParts.map(named) },
        }),
      ),
    },
    css: {
      properties: unique(elements.flatMap(({ cssProperties = [] }) => cssProperties)).map(named),
    },
  },
});

const named = ({ name, description }: { name: string; description?: string }) => ({
  name,
  description,
});

const isBoolean = ({ type }: Attribute): boolean => type?.text === 'boolean';

/** The words that a description offers: it names them first, in code, and then explains itself. */
const valuesOf = ({ name, description = '' }: Attribute): string[] =>
  CHOICES.has(name)
    ? Array.from(
        description.split('Default:')[0]?.matchAll(/`([\w-]+)`/g) ?? [],
        ([, value = '']) => value,
      )
    : [];

const CHOICES = new Set(['mode', 'theme', 'hour-cycle']);

const unique = <T extends { name: string }>(entries: T[]): T[] => [
  ...new Map(entries.map((entry) => [entry.name, entry])).values(),
];
