import type { Plugin } from 'rollup';

type Replacement = readonly [code: string, instead: string];

/**
 * What Lit writes on the window of the page that loads it, and what it looks for there: names that any element with such
 * an id takes for itself. The widget uses no decorators, no polyfills and no browser without adopted style sheets.
 * And what Valibot takes for its own when a library of the page has added to all objects.
 */
const replacements: Readonly<Record<string, readonly Replacement[]>> = {
  'lit-html/lit-html.js': [
    [',B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3");', ';'],
  ],
  'lit-element/lit-element.js': [
    [',s.litElementHydrateSupport?.({LitElement:i});', ';'],
    ['const o=s.litElementPolyfillSupport;o?.({LitElement:i});', ''],
    ['(s.litElementVersions??=[]).push("4.2.2");', ''],
  ],
  '@lit/reactive-element/reactive-element.js': [
    [',p=a.reactiveElementPolyfillSupport,', ','],
    [',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2");', ';'],
    ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ''],
    [
      'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
      '',
    ],
  ],
  '@lit/reactive-element/css-tag.js': [
    [
      'e=t.ShadowRoot&&(void 0===t.ShadyCSS||t.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,',
      'e=!0,',
    ],
    [
      'if(this._$cssResult$=!0,o!==s)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");',
      'this._$cssResult$=!0;',
    ],
  ],
  'valibot/dist/index.mjs': [
    ['for (const key in this.entries)', 'for (const key of Object.keys(this.entries))'],
  ],
};

/** The packages in the widget, unseen by the page and not looking at it. A newer one that is written differently ends the build. */
export function secludePackages(): Plugin {
  return {
    name: 'seclude-packages',
    transform(code, id) {
      const file = id.replaceAll('\\', '/').split('/node_modules/').at(-1) ?? '';
      const own = replacements[file];
      if (own === undefined) return null;
      const replace = (text: string, [found, instead]: Replacement): string => {
        if (!text.includes(found)) throw new Error(`${file} no longer says ${found}`);
        return text.replaceAll(found, () => instead);
      };
      return { code: own.reduce(replace, code), map: null };
    },
  };
}
