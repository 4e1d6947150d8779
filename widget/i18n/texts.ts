/** A sentence, or one for each plural form that the language has. `{name}` is filled in; `{count}` chooses the form. */
export type Text =
  | string
  | ({ readonly other: string } & { readonly [rule in Intl.LDMLPluralRule]?: string });
export type Dictionary<Key extends string = string> = { readonly [key in Key]?: Text };
export type Parameters = Readonly<Record<string, string | number>>;

export type Texts<Key extends string = string> = (key: Key, parameters?: Parameters) => string;

/** Looks through the dictionaries in their order: the page's own, the exact language, its base, English. The key is the last resort. */
export const createTexts =
  (dictionaries: readonly (readonly [language: string, Dictionary])[]): Texts =>
  (key, parameters = {}) => {
    const [language, dictionary] = dictionaries.find(([, own]) => Object.hasOwn(own, key)) ?? [];
    const text = dictionary?.[key] ?? key;
    const sentence =
      typeof text === 'string'
        ? text
        : (text[rulesOf(language).select(Number(parameters['count']))] ?? text.other);
    return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = parameters[name] ?? '';
      return typeof value === 'number' ? value.toLocaleString(language) : value;
    });
  };

const rules = new Map<string | undefined, Intl.PluralRules>();

/** Dear to make, and asked for with every count. */
const rulesOf = (language: string | undefined): Intl.PluralRules => {
  const known = rules.get(language);
  if (known !== undefined) return known;
  const made = new Intl.PluralRules(language);
  rules.set(language, made);
  return made;
};
