/** Several choices are one answer of several lines; the line that is no choice is the invitee's own. */
export interface MultiAnswer {
  readonly chosen: readonly string[];
  readonly other: string;
}

export const splitAnswer = (answer: string, choices: readonly string[]): MultiAnswer => {
  const lines = answer.split('\n').filter((line) => line !== '');
  return {
    chosen: choices.filter((choice) => lines.includes(choice)),
    other: lines.filter((line) => !choices.includes(line)).join(' '),
  };
};

export const joinAnswer = ({ chosen, other }: MultiAnswer): string =>
  [...chosen, ...(other.trim() === '' ? [] : [other.trim()])].join('\n');
