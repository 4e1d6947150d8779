import type { TemplateResult } from 'lit';
import { html } from 'lit';
import type { TextKey } from '../i18n/dictionary.ts';
import type { Flow } from '../flow/context.ts';

// A character that no text has, as a mark for where a piece goes.
const MARK = '\u{F8FF}';

/** A sentence with names, mails and other strangers' words in it, each kept apart so that its direction disturbs nothing. */
export const richText = (
  { texts }: Pick<Flow, 'texts'>,
  key: TextKey,
  pieces: Readonly<Record<string, string | TemplateResult>>,
): TemplateResult => {
  const names = Object.keys(pieces);
  const marks = Object.fromEntries(names.map((name, index) => [name, MARK + index + MARK]));
  const parts = texts(key, marks).split(MARK);
  return html`${parts.map((part, index) => {
    const piece = index % 2 === 1 ? pieces[names[Number(part)] ?? ''] : undefined;
    return piece === undefined ? part : html`<bdi>${piece}</bdi>`;
  })}`;
};
