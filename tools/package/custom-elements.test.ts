import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BookingCalendar } from '../../widget/elements/booking-calendar.ts';
import { BookingSlotPicker } from '../../widget/elements/booking-slot-picker.ts';
import { describeElements, elementsOf } from './custom-elements.ts';

const elements = elementsOf(describeElements());
const source = globSync('widget/**/*.ts')
  .filter((file) => !/\.test\.ts$|[\\/]test[\\/]/.test(file))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

type Described = 'attributes' | 'events' | 'slots' | 'cssParts' | 'cssProperties';

const namesIn = (list: Described): string[] =>
  elements.flatMap((element) => (element[list] ?? []).map(({ name }) => name));

const found = (pattern: RegExp): string[] => [
  ...new Set(Array.from(source.matchAll(pattern), ([, name = '']) => name)),
];

/** Names of parts as they stand in templates, with those that an expression chooses. */
const partsInCode = (): string[] => {
  const values = found(/\bpart=(?:"([^"]*)"|\$\{)/g).join(' ');
  const written = values.replaceAll(/\$\{[^}]*\}/g, ' ').split(/\s+/);
  const chosen = found(/\bpart=(?:"[^"]*)?\$\{[^}?]*\?([^}]*)\}/g).flatMap((expression) =>
    Array.from(expression.matchAll(/'([^']*)'/g), ([, words = '']) => words.split(' ')).flat(),
  );
  const passed = found(/\bpart: '([^']*)'/g);
  return [...new Set([...written, ...chosen, ...passed])].filter((name) => name !== '');
};

describe('the manifest of the elements', () => {
  test('has both elements', () => {
    expect(elements.map(({ tagName }) => tagName)).toEqual([
      'booking-calendar',
      'booking-slot-picker',
    ]);
  });

  test.each([BookingCalendar, BookingSlotPicker])(
    'has every attribute and property of $name',
    (element) => {
      const described = elements.find(({ name }) => name === element.name);
      const attributes = described?.attributes?.map(({ name }) => name);
      const members = described?.members?.map(({ name }) => name);
      // Lit knows them for certain once it has looked at the class.
      expect(attributes).toEqual(element.observedAttributes.toSorted());
      const properties = [...element.elementProperties.keys()].filter(
        (name) => name !== 'environment',
      );
      expect(members).toEqual(expect.arrayContaining([...properties, 'selectedSlot']));
    },
  );

  test('has every event', () => {
    const events = found(/super\('(booking-[\w-]+)'/g);
    expect(events).toContain('booking-confirmed');
    expect(events.filter((name) => !namesIn('events').includes(name))).toEqual([]);
  });

  test('has every custom property', () => {
    const properties = found(/var\(\s*(--booking-[\w-]+)/g);
    expect(properties).toContain('--booking-accent');
    expect(properties.filter((name) => !namesIn('cssProperties').includes(name))).toEqual([]);
    expect(namesIn('cssProperties').filter((name) => !properties.includes(name))).toEqual([]);
  });

  test('has every part', () => {
    const parts = partsInCode();
    expect(parts).toEqual(expect.arrayContaining(['frame', 'book', 'previous', 'selected']));
    expect(parts.filter((name) => !namesIn('cssParts').includes(name))).toEqual([]);
  });

  test('has every slot', () => {
    const slots = found(/<slot\b(?:[^>]*\bname="([^"]*)")?/g);
    expect(slots.filter((name) => !namesIn('slots').includes(name))).toEqual([]);
  });

  test('says of everything what it is', () => {
    const silent = elements.flatMap(({ tagName, attributes, members, events, slots, ...css }) =>
      [attributes, members, events, slots, css.cssParts, css.cssProperties]
        .flatMap((entries) => entries ?? [])
        .filter(({ description = '' }) => description === '')
        .map(({ name }) => `${tagName}: ${name}`),
    );
    expect(silent).toEqual([]);
  });
});
