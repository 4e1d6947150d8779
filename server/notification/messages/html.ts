/** Markup that is safe to put into a page: everything a template was given is escaped already. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes every value but markup of its own kind. Values stand in text or in quoted attributes, never elsewhere. */
export const html = (parts: TemplateStringsArray, ...values: readonly (string | Html)[]): Html =>
  new Html(
    parts.reduce((markup, part, index) => {
      const value = values[index - 1] ?? '';
      return markup + (value instanceof Html ? value.toString() : escape(value)) + part;
    }),
  );

export const joinHtml = (pieces: readonly Html[], separator = ''): Html =>
  new Html(pieces.join(separator));

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
