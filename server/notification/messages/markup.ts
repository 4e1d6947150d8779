/** A piece of HTML that is safe to put into a page: whatever a template was given is escaped already. */
export class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes every value that is not markup itself. Values stand in text or in quoted attributes, never elsewhere. */
export const markup = (
  parts: TemplateStringsArray,
  ...values: readonly (string | Markup)[]
): Markup =>
  new Markup(
    parts.reduce((text, part, index) => {
      const value = values[index - 1] ?? '';
      return text + (value instanceof Markup ? value.toString() : escape(value)) + part;
    }),
  );

export const joinMarkup = (pieces: readonly Markup[], separator = ''): Markup =>
  new Markup(pieces.join(separator));

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
