import * as v from 'valibot';

// Lone surrogates cannot be stored or mailed faithfully; control characters other than tab and line feed have no business in a form.
const hasForbiddenCharacter = (text: string): boolean =>
  // oxlint-disable-next-line no-control-regex -- refusing control characters is the point
  !text.isWellFormed() || /[\u0000-\u0008\u000b-\u001f\u007f\u2028\u2029]/u.test(text);

const clean = v.check(
  (text: string) => !hasForbiddenCharacter(text),
  'This contains characters that cannot be used here.',
);

// Embeddings and overrides turn the text after them around; telephones add them to the numbers that people copy.
const withoutTurns = v.transform((text: string) =>
  text.replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, ''),
);

/** One line of text: no line breaks, surrounding space removed, 1 to `maxLength` UTF-16 units. */
export const line = (maxLength: number) =>
  v.pipe(
    v.string('This must be text.'),
    v.maxLength(maxLength, `This can be at most ${maxLength} characters long.`),
    clean,
    v.check((text) => !/[\n\t]/.test(text), 'This must be a single line.'),
    withoutTurns,
    v.trim(),
    v.nonEmpty('This is needed.'),
  );

/** Text that may have several lines; CRLF becomes LF first. */
export const lines = (maxLength: number) =>
  v.pipe(
    v.string('This must be text.'),
    v.maxLength(maxLength, `This can be at most ${maxLength} characters long.`),
    v.transform((text) => text.replaceAll('\r\n', '\n')),
    clean,
    withoutTurns,
    v.trim(),
  );

/** An e-mail address as people type it; no quoted local parts, no comments. */
export const EmailAddress = v.pipe(line(254), v.email('Please check this e-mail address.'));
