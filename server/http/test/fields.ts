import {
  lineBreaks,
  sharpTexts,
  unwritableTexts,
  wrongKinds,
  type HostileValue,
} from './hostile-values.ts';

export type Step = string | number;

/** A copy of `body` with what is at `path` replaced, or left out when there is no value. */
export function changed(
  body: unknown,
  [step, ...rest]: readonly Step[],
  ...value: [unknown?]
): unknown {
  if (step === undefined) return value[0];
  if (Array.isArray(body)) {
    return body.map((item, index) => (index === step ? changed(item, rest, ...value) : item));
  }
  const { [step]: old, ...others } = body as Record<Step, unknown>;
  if (rest.length === 0 && value.length === 0) return others;
  return { ...others, [step]: changed(old, rest, ...value) };
}

export interface Field {
  path: Step[];
  required: boolean;
  /** Free text is taken as it is; the others have a form to be refused by. */
  takes: 'line' | 'lines' | 'form' | 'name';
  nullable?: true;
}

export const dotted = (path: Step[]): string => path.join('.');

/** Whether a sentence stands at the field itself, or inside what was sent in its place. */
export const isAbout = (fields: Record<string, string>, name: string): boolean =>
  Object.keys(fields).some((key) => name === '' || key === name || key.startsWith(`${name}.`));

export const refuses = (field: Field, { value }: HostileValue): boolean =>
  field.takes === 'form' ||
  typeof value !== 'string' ||
  unwritableTexts.some((text) => text.value === value) ||
  (field.takes === 'line' && /[\r\n]/.test(value));

/** Everything hostile that can stand in a field's place. */
export const valuesFor = (field: Field): HostileValue[] => [
  ...wrongKinds,
  ...(field.nullable ? [] : [{ name: 'null', value: null }]),
  ...unwritableTexts,
  ...sharpTexts,
  ...lineBreaks,
];
