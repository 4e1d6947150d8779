/** A form as Stripe reads it: `line_items[0][price_data][currency]=eur` is a tree. */
export type FormValue = string | FormHash;

export interface FormHash {
  [key: string]: FormValue;
}

const emptyHash = (): FormHash => Object.create(null) as FormHash;

const pathOf = (name: string): string[] => {
  const [, first = name, rest = ''] = /^([^[]*)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
  return [first, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, key = '']) => key)];
};

/** `expand[]=a&expand[]=b` counts for itself. */
const nextIndex = (hash: FormHash): string => String(Object.keys(hash).length);

export function readForm(fields: URLSearchParams): FormHash {
  const root = emptyHash();
  for (const [name, value] of fields) {
    const path = pathOf(name);
    let hash = root;
    path.forEach((segment, depth) => {
      const key = segment === '' ? nextIndex(hash) : segment;
      const existing = hash[key];
      if (depth === path.length - 1) hash[key] = value;
      else if (existing === undefined || typeof existing === 'string')
        hash = hash[key] = emptyHash();
      else hash = existing;
    });
  }
  return root;
}
