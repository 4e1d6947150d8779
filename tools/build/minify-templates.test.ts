import { expect, test } from 'vitest';
import { minifyTemplatesIn } from './minify-templates.ts';

test('collapses indentation in templates, nested ones too', () => {
  const code =
    'html`\n  <ul>\n    ${items.map((item) => html`\n      <li>${item}</li>\n    `)}\n  </ul>\n`';
  expect(minifyTemplatesIn(code)).toBe(
    'html` <ul> ${items.map((item) => html` <li>${item}</li> `)} </ul> `',
  );
});

test('leaves a template whose whitespace is text alone', () => {
  const code = 'html`<textarea>\n  two  spaces\n</textarea>`';
  expect(minifyTemplatesIn(code)).toBe(code);
});

test('drops comments that people wrote, keeps strings', () => {
  expect(minifyTemplatesIn('html`<!-- why -->\n<p title="a">b  c</p>`')).toBe(
    'html` <p title="a">b c</p>`',
  );
  expect(minifyTemplatesIn('css`\n  /* why */\n  a::after { content: "x  y"; }\n`')).toBe(
    'css`a:after{content:"x  y"}`',
  );
});

test('collapses a sheet with expressions or escapes without reading it', () => {
  expect(minifyTemplatesIn('css`\n  ${base}\n  a { color:  red; }\n`')).toBe(
    'css` ${base} a { color: red; } `',
  );
  const escaped = String.raw`css${'`'}a::after { content: '\\2014'; }${'`'}`;
  expect(minifyTemplatesIn(escaped)).toBe(escaped);
});

test('touches nothing but tagged templates', () => {
  const code = 'const text = `a\n  b`; other`a\n  b`;';
  expect(minifyTemplatesIn(code)).toBe(code);
});
