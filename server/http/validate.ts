import * as v from 'valibot';
import { RequestError } from './errors.ts';

/** `input` as the schema has it, or 400 with a sentence for every field that is not right. */
export function validate<const S extends v.GenericSchema>(
  schema: S,
  input: unknown,
): v.InferOutput<S> {
  const result = v.safeParse(schema, input, { abortPipeEarly: true });
  if (result.success) return result.output;
  const fields = new Map<string, string>();
  for (const issue of result.issues) {
    const [field, sentence] = isUnknownKey(issue)
      ? aboutUnknownKey(issue)
      : [v.getDotPath(issue) ?? 'body', sentenceOf(issue)];
    if (!fields.has(field)) fields.set(field, sentence);
  }
  throw new RequestError('invalid_request', undefined, { fields: Object.fromEntries(fields) });
}

type Issue = v.BaseIssue<unknown>;

/** Valibot's own texts repeat what was sent; what was sent has no place in an answer. */
function sentenceOf({ received, message }: Issue): string {
  if (received === 'undefined') return 'This is needed.';
  return message.startsWith('Invalid') ? 'This is not of the right kind.' : message;
}

const isUnknownKey = ({ kind, type, expected }: Issue): boolean =>
  kind === 'schema' && type === 'strict_object' && expected === 'never';

/** A developer's slip is named; what nobody would call a field is not repeated. */
function aboutUnknownKey({ path }: Issue): [field: string, sentence: string] {
  const keys = (path ?? []).map(({ key }) => String(key));
  return /^\w{1,40}$/.test(keys.at(-1) ?? '')
    ? [keys.join('.'), 'This is not known here.']
    : [keys.slice(0, -1).join('.') || 'body', 'Something in here is not known here.'];
}

/** The JSON of a request's body; the size is limited before. */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new RequestError('unsupported_media_type');
  try {
    return JSON.parse(await request.text()) as unknown;
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw new RequestError('invalid_request', 'This is not JSON.', {
      fields: { body: 'This is not JSON.' },
    });
  }
}
