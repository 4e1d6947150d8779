import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readModule } from '../layers/read-module.ts';
import { type InstalledPackage, installPackage } from './installed.ts';

const REACT = ['react', 'react-dom', '@types/react', '@types/react-dom', 'csstype'];

let installed: InstalledPackage;

beforeAll(async () => {
  installed = await installPackage([...REACT, 'vue', 'svelte']);
}, 180_000);

afterAll(() => installed.remove());

/** What TypeScript says about files of the site, under its strictest settings. */
const typeErrors = (files: Record<string, string>): string => {
  for (const [name, content] of Object.entries(files)) installed.write(name, content);
  const options = {
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
    module: 'esnext',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    types: [],
    skipLibCheck: true,
  };
  installed.write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions: options, files: Object.keys(files) }),
  );
  const compiler = resolve('node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [compiler], { cwd: installed.project, encoding: 'utf8' })
    .stdout;
};

describe('the package that a site installs', { timeout: 60_000 }, () => {
  test('is in order for publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: installed.folder, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test('has types that fit its modules', async () => {
    const tarball = createPackageFromTarballData(readFileSync(installed.tarball));
    const analysis = await checkPackage(tarball);
    const problems = analysis.types ? analysis.problems : ['There are no types.'];
    // ES modules alone, as its peers: CommonJS and resolution older than `exports` do not find it.
    const relevant = problems.filter((problem) => {
      if (typeof problem === 'string') return true;
      const seenBy = 'resolutionKind' in problem ? problem.resolutionKind : null;
      const option = 'resolutionOption' in problem ? problem.resolutionOption : seenBy;
      return option !== 'node10' && seenBy !== 'node16-cjs';
    });
    expect(relevant).toEqual([]);
  });

  test('needs no other package, but for React beside its wrapper', () => {
    const folder = join(installed.project, 'node_modules', 'booking-calendar');
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    expect(manifest.dependencies).toBeUndefined();
    const imported = globSync('**/*.js', { cwd: folder, exclude: ['react.js'] }).flatMap((file) =>
      readModule(file, readFileSync(join(folder, file), 'utf8')).imports.map(
        ({ specifier }) => specifier,
      ),
    );
    expect(imported.some((specifier) => specifier.startsWith('./'))).toBe(true);
    expect(imported.filter((specifier) => !/^\.\.?\//.test(specifier))).toEqual([]);
  });

  test('can be imported where there is no document', () => {
    expect(
      installed.run(`import { BookingCalendar, BookingSlotPicker } from 'booking-calendar';
        console.log(typeof BookingCalendar, typeof BookingSlotPicker, typeof customElements);`),
    ).toBe('function function undefined');
  });

  test('is rendered on a server by React, with everything that an attribute can say', () => {
    const html = installed.run(`import { createElement } from 'react';
      import { renderToString } from 'react-dom/server';
      import { BookingCalendar } from 'booking-calendar/react';
      console.log(renderToString(createElement(BookingCalendar, {
        server: 'https://book.example.com', sessionType: 'intro-call', disabled: true, className: 'wide',
        prefill: { name: 'Ada' }, onBookingConfirmed() {},
      })));`);
    expect(html).toBe(
      '<booking-calendar server="https://book.example.com" session-type="intro-call" disabled="" class="wide"></booking-calendar>',
    );
  });

  test('has a React component that knows everything the elements have', () => {
    const unknown = installed.run(`import { readFileSync } from 'node:fs';
      import { createElement } from 'react';
      import { renderToString } from 'react-dom/server';
      import * as components from 'booking-calendar/react';
      const file = new URL(import.meta.resolve('booking-calendar/custom-elements.json'));
      const [{ declarations }] = JSON.parse(readFileSync(file, 'utf8')).modules;
      const unknown = [];
      for (const { name, attributes, members, events } of declarations) {
        const render = (prop) => renderToString(createElement(components[name], { [prop]: 'value' }));
        for (const { name: attribute, fieldName } of attributes) {
          if (!render(fieldName).includes(' ' + attribute + '="value"')) unknown.push(fieldName);
        }
        const known = attributes.map(({ fieldName }) => fieldName);
        const handler = (type) => 'on' + type.replaceAll(/(?:^|-)(.)/g, (_, first) => first.toUpperCase());
        for (const prop of [...members.map(({ name }) => name), ...events.map(({ name }) => handler(name))]) {
          // What is no attribute is set on the element, later: rendered, it would be an attribute that means nothing.
          if (!known.includes(prop) && render(prop).includes('value')) unknown.push(prop);
        }
      }
      console.log(unknown.join());`);
    expect(unknown).toBe('');
  });
});

const plain = `import 'booking-calendar';
      import type { Booking, Slot } from 'booking-calendar';
      const element = document.createElement('booking-calendar');
      element.sessionType = 'intro-call';
      element.prefill = { name: 'Ada', guests: ['grace@example.com'] };
      element.addEventListener('booking-confirmed', ({ booking }) => {
        const known: Booking = booking;
        const startTime: string = known.startTime;
        console.log(startTime);
      });
      const slot: Slot | null = element.selectedSlot;
      // @ts-expect-error -- a number of minutes is no session type
      element.sessionType = 30;
      // @ts-expect-error -- there is no such status
      element.addEventListener('booking-confirmed', ({ booking }) => booking.status === 'sold');
      // @ts-expect-error -- tests alone set it
      element.environment = {};
      console.log(slot);
`;

const inReact = `import { useRef } from 'react';
      import type { BookingCalendar as Element } from 'booking-calendar';
      import { BookingCalendar, BookingSlotPicker } from 'booking-calendar/react';
      export function Page() {
        const element = useRef<Element>(null);
        return <main>
          <BookingCalendar ref={element} server="/" sessionType="intro-call" className="wide" prefill={{ name: 'Ada' }}
            onBookingConfirmed={({ booking }) => booking.startTime.slice(0, 10)} />
          <BookingSlotPicker server="/" onBookingSlotSelect={({ slot }) => slot.endTime.length} />
          {/* @ts-expect-error -- an installed script does not know its server */}
          <BookingCalendar sessionType="intro-call" />
          {/* @ts-expect-error -- the slot picker books nothing */}
          <BookingSlotPicker server="/" onBookingConfirmed={() => {}} />
        </main>;
      }
`;

const inTemplates = `import 'booking-calendar/vue';
      import 'booking-calendar/svelte';
      import type { GlobalComponents } from 'vue';
      import type { SvelteHTMLElements } from 'svelte/elements';
      type Vue = InstanceType<GlobalComponents['booking-calendar']>['$props'];
      type Svelte = SvelteHTMLElements['booking-calendar'];
      export const inVue: Vue = {
        'session-type': 'intro-call', onBookingConfirmed: ({ booking }) => booking.startTime.length,
      };
      export const inSvelte: Svelte = {
        'session-type': 'intro-call', 'onbooking-confirmed': ({ booking }) => booking.startTime.length,
      };
      // @ts-expect-error -- a session type is a word
      export const wrongInVue: Vue = { 'session-type': 30 };
      // @ts-expect-error -- a session type is a word
      export const wrongInSvelte: Svelte = { 'session-type': 30 };
`;

describe('its types', () => {
  test('know the tags, their properties and their events, in plain TypeScript and in frameworks', () => {
    const files = { 'plain.ts': plain, 'react.tsx': inReact, 'templates.ts': inTemplates };
    expect(typeErrors(files)).toBe('');
  }, 60_000);
});
