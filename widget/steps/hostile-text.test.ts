import { expect } from 'chai';
import * as v from 'valibot';
import { line, lines } from '../../server/contract/text.ts';
import { until } from '../test/mount.ts';
import { LaterBackend, question } from './test/later-backend.ts';
import { Visitor } from './test/visit.ts';

const payloads = [
  '<script>hostile()</script>',
  '<img src=x onerror=hostile()>',
  '<svg onload=hostile()>',
  '<svg><script>hostile()</script></svg>',
  '<iframe srcdoc="<script>parent.hostile()</script>">',
  '<a href="javascript:hostile()">x</a>',
  '<style>*{display:none}</style>',
  '<base href="https://evil.example/">',
  '<form action="https://evil.example/"><button>x',
  '<details open ontoggle=hostile()>',
  '<input autofocus onfocus=hostile()>',
  '<template shadowrootmode=open><script>hostile()</script>',
  '"><script>hostile()</script>',
  "' onmouseover='hostile()",
  '` onclick=`hostile()',
  '</h2></header></section>',
  '</bdi></span><b>',
  '</textarea><script>hostile()</script>',
  '</title></style></script>',
  '<!--',
  '-->',
  '<!---->',
  '<!--?lit$123456789$-->',
  '?lit$123456789$',
  'lit$123456789$',
  '{{constructor.constructor("hostile()")()}}',
  '${hostile()}',
  '#{hostile()}',
  '{count}{name}{day}{__proto__}{constructor}',
  "$& $` $' $1 $$",
  '\u{F8FF}0\u{F8FF}',
  'javascript:hostile()',
  'JaVaScRiPt:hostile()',
  'java\tscript:hostile()',
  'data:text/html,<script>parent.hostile()</script>',
  'vbscript:hostile()',
  'https://evil.example/?<script>',
  '\u202Eevil\u202C',
  '\u202E\u202E\u202E evil',
  '\u2066\u2067\u2068 isolates',
  '\u2069\u2069\u202C\u202E out',
  'עברית \u202D with english',
  'Zalgo comes'.replaceAll(/\w/g, (letter) => letter + '\u0301\u0336\u0327'.repeat(5)),
  '\uD800 half',
  'half \uDC00',
  '\0 nothing',
  '\u0007\u001B[31m bell',
  '\r\n\r\nSet-Cookie: a=b',
  '\u2028\u2029 lines',
  'x'.repeat(400),
  'W'.repeat(400),
  '﷽'.repeat(40),
  '👨‍👩‍👧‍👦'.repeat(60),
  '\u00A0'.repeat(200) + 'x',
  '　'.repeat(100) + 'x',
  '%00%0d%0a%s%n%x',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'undefined',
  'null',
  'NaN',
  '[object Object]',
  "'; DROP TABLE bookings; --",
  '=HYPERLINK("https://evil.example")',
  '../../../../etc/passwd',
  '\\u003cscript\\u003ehostile()',
  '&lt;script&gt;hostile()&lt;/script&gt;',
  '&#x3c;script&#x3e;',
  '+ADw-script+AD4-hostile()',
];
const surroundings: ((text: string) => string)[] = [
  (text) => text,
  (text) => `Before ${text} after`,
  (text) => text.repeat(3),
  (text) => `"${text}"`,
  (text) => `A${text}`,
  (text) => `${text}\n${text}`,
  (text) => `${'y'.repeat(60)}${text}`,
  (text) => `\u200F${text}`,
];
const strings = surroundings.flatMap((around) => payloads.map(around));

const PLACES = 10;
const groups = Array.from({ length: Math.ceil(strings.length / PLACES) }, (_, index) =>
  strings.slice(index * PLACES, (index + 1) * PLACES),
);

/** What a visitor could have typed and the form would take; the form has its own tests of what it refuses. */
const typed = (text: string, schema: v.GenericSchema<string>): string =>
  v.is(schema, text) ? text : 'Ada';

let executed = 0;
Object.assign(window, { hostile: () => (executed += 1) });

const parsed =
  'script, img, iframe, style, base, template, details, a:not([href]):not([role]), [onload], [onclick]';

/** Nothing was read as markup, nothing ran, no link leads where none should, nothing is wider than its frame. */
const expectHarmless = ({ root, element }: Visitor): void => {
  expect(executed).to.equal(0);
  expect([...root.querySelectorAll(parsed)].map(({ outerHTML }) => outerHTML)).to.deep.equal([]);
  for (const { href } of root.querySelectorAll<HTMLAnchorElement>('a[href]')) {
    expect(href).to.match(/^(?:https?:\/\/|mailto:|blob:)/);
    expect(new URL(href).hostname).not.to.equal('evil.example');
  }
  const { right, left } = element.getBoundingClientRect();
  const wide = [...root.querySelectorAll<HTMLElement>('.frame *')].filter((one) => {
    const box = one.getBoundingClientRect();
    // Spaces at the end of a line hang out of it, unseen.
    const isSeen =
      getComputedStyle(one).display !== 'inline' &&
      box.width > 1 &&
      one.closest('.unseen, svg') === null;
    return isSeen && (box.right > right + 1 || box.left < left - 1);
  });
  expect(wide.map(({ outerHTML }) => outerHTML.slice(0, 300))).to.deep.equal([]);
};

describe('hostile text', () => {
  it(`${strings.length} strings through every place do nothing but be read`, async function tell() {
    this.timeout(120_000);
    expect(strings.length).to.be.greaterThan(500);
    for (const group of groups) {
      const [
        a = 'a',
        b = 'b',
        c = 'c',
        d = 'd',
        e = 'e',
        f = 'f',
        g = 'g',
        h = 'h',
        i = 'i',
        j = 'j',
      ] = group;
      const backend = new LaterBackend({
        title: a,
        description: b,
        host: { name: c },
        category: d,
        locations: [{ kind: 'custom', location: e, additionalInfo: f }],
        questions: [
          question(`${g}?`, { type: 'single_select', choices: [h, i], includeOther: true }),
        ],
        schedulingUrl: j,
      });
      const messages = { morning: a, afternoon: b, free: c, notes: d, optional: e };
      const prefill = { name: typed(f, line(100)), notes: typed(g, lines(2000)) };
      const visitor = await new Visitor(backend, { messages, prefill }, { width: 320 }).toDetails();
      expectHarmless(visitor);
      expect(visitor.find('.title').textContent).to.equal(a);

      await visitor.fill('E-mail', 'ada@example.com');
      await visitor.press('Continue');
      await visitor.heading('Check and book');
      expectHarmless(visitor);

      backend.change({
        title: h,
        hostName: i,
        name: j,
        location: { kind: 'custom', location: a, joinUrl: b },
        confirmationUrl: c,
        continueUrl: d,
      });
      visitor.find('.work').click();
      await until(() => visitor.root.querySelector('booking-complete [data-heading]'));
      expectHarmless(visitor);
      visitor.element.parentElement?.remove();
    }
  });

  it('of a hundred kilobytes stays in its frame', async function tell() {
    this.timeout(30_000);
    const long = 'x'.repeat(100_000);
    const visitor = await new Visitor(
      new LaterBackend({ title: long, description: long, host: { name: long } }),
      {},
      { width: 320 },
    ).toDetails();
    expectHarmless(visitor);
  });
});
