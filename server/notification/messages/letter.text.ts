import type { Letter } from './letter.ts';

export function letterText(letter: Letter): string {
  const { action } = letter;
  const paragraphs = [
    letter.heading,
    letter.greeting,
    ...letter.opening,
    letter.quote &&
      `${letter.quote.label}\n${letter.quote.lines.map((line) => `> ${line}`.trimEnd()).join('\n')}`,
    ...letter.facts.map(
      ({ label, lines }) =>
        `${label}\n${lines.map((line) => `  ${typeof line === 'string' ? line : line.url}`).join('\n')}`,
    ),
    action && `${action.label}\n  ${action.url}`,
    ...letter.closing,
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== null).join('\n\n')}\n`;
}
