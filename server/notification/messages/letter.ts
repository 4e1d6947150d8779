import type { Message } from '../notification.ts';
import { letterHtml } from './letter.html.ts';
import { letterText } from './letter.text.ts';

/** What a mail says, before it is text or HTML: both are drawn from this one, so they cannot say different things. */
export interface Letter {
  subject: string;
  heading: string;
  greeting: string;
  /** Sentences above the facts. */
  opening: readonly string[];
  /** Somebody's own words. */
  quote: { label: string; lines: readonly string[] } | null;
  facts: readonly Fact[];
  /** The one thing to do next; null when its address is none that a link may have. */
  action: { label: string; url: string } | null;
  /** Sentences below, in a quieter tone. */
  closing: readonly string[];
}

export interface Fact {
  label: string;
  lines: readonly Line[];
}

/** Text, or a link that is shown in full. */
export type Line = string | { url: string };

export const writeLetter = (letter: Letter): Message => ({
  subject: letter.subject,
  text: letterText(letter),
  html: letterHtml(letter),
});
