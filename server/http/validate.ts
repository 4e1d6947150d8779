import * as v from 'valibot';
import { RequestError } from './errors.ts';

const path = (issue: v.BaseIssue<unknown>): string => v.getDotPath(issue) ?? '';

/** `input` as the schema has it, or 400 with a sentence for every field that is not right. */
export function validate<const S extends v.GenericSchema>(
  schema: S,
  input: unknown,
): v.InferOutput<S> {
  const result = v.safeParse(schema, input, { abortPipeEarly: true });
  if (result.success) return result.output;
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const issue of result.issues) {
    const field = path(issue) || 'body';
    // Valibot's own texts repeat what was sent; what was sent has no place in an answer.
    fields[field] ??=
      issue.kind === 'schema' && issue.type === 'strict_object' && issue.expected === 'never'
        ? 'This is not known here.'
        : issue.received === 'undefined'
          ? 'This is needed.'
          : issue.message.startsWith('Invalid')
            ? 'This is not of the right kind.'
            : issue.message;
  }
  throw new RequestError('invalid_request', undefined, { fields: { ...fields } });
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
