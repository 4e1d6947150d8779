import { transformSync } from 'esbuild';
import type { Plugin } from 'rollup';
import { parseAst } from 'rollup/parseAst';

const TAGS = new Set(['css', 'html', 'svg']);

interface Quasi {
  start: number;
  end: number;
  value: { raw: string; cooked: string | null };
}

/** Takes out of lit's `css` and `html` templates what only people read: indentation and comments. */
export function minifyTemplates(): Plugin {
  return {
    name: 'minify-templates',
    transform(code, id) {
      if (id.includes('node_modules') || !/\b(?:css|html|svg)`/.test(code)) return null;
      return { code: minifyTemplatesIn(code), map: null };
    },
  };
}

export function minifyTemplatesIn(code: string): string {
  const edits = findTemplates(code).flatMap(({ tag, quasis }) => {
    const minified = minifyStrings(
      tag,
      quasis.map((quasi) => quasi.value.raw),
    );
    return quasis.map(({ start, end }, index) => ({ start, end, text: minified[index] ?? '' }));
  });
  // From the end, so that the positions of the strings still to come stay true (templates nest).
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (result, { start, end, text }) => result.slice(0, start) + text + result.slice(end),
      code,
    );
}

function minifyStrings(tag: string, strings: string[]): string[] {
  if (tag === 'css') {
    const [only] = strings;
    return strings.length === 1 && only !== undefined && !only.includes('\\')
      ? [minifyStyleSheet(only)]
      : strings.map(collapseOutsideQuotes);
  }
  // Whitespace is text there; leave the whole template alone.
  if (strings.some((string) => /<(?:pre|textarea)\b/i.test(string))) return strings;
  return strings.map((string) => string.replace(/<!--[^]*?-->/g, '').replace(/\s+/g, ' '));
}

/** A whole sheet, with no expression inside, can be given to a real CSS minifier. */
function minifyStyleSheet(css: string): string {
  const { code } = transformSync(css, { loader: 'css', minify: true, legalComments: 'none' });
  const minified = code.trimEnd();
  return minified.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
}

function collapseOutsideQuotes(css: string): string {
  return css
    .split(/("[^"]*"|'[^']*')/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/\/\*[^]*?\*\//g, ' ').replace(/\s+/g, ' '),
    )
    .join('');
}

function findTemplates(code: string): { tag: string; quasis: Quasi[] }[] {
  const found: { tag: string; quasis: Quasi[] }[] = [];
  visit(parseAst(code));
  return found;

  function visit(node: unknown): void {
    if (Array.isArray(node)) return node.forEach(visit);
    if (!isRecord(node)) return;
    const { tag, quasi } = node;
    if (node['type'] === 'TaggedTemplateExpression' && isRecord(tag) && isRecord(quasi)) {
      const name = tag['name'];
      if (typeof name === 'string' && TAGS.has(name)) {
        found.push({ tag: name, quasis: quasi['quasis'] as Quasi[] });
      }
    }
    Object.values(node).forEach(visit);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
