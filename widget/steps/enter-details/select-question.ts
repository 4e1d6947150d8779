import { html, nothing, type TemplateResult } from 'lit';
import type { Question } from '../../../server/contract/session-type.ts';
import { answerOf } from '../../flow/answer-of.ts';
import type { FieldName } from './check-details.ts';
import { choice } from './choice.ts';
import { groupEntry } from './entry.ts';
import type { Form } from './form.ts';
import { joinAnswer, splitAnswer, type MultiAnswer } from './multi-answer.ts';

/** One of several, or any of several; with a text of the invitee's own where the host allows one. */
export const selectQuestion = (form: Form, name: FieldName, question: Question): TemplateResult => {
  const { texts } = form.flow;
  const isMulti = question.type === 'multi_select';
  const answer = answerAs(form, question);
  const isAnswered = answer.chosen.length > 0 || answer.other !== null;
  return groupEntry(
    form,
    {
      name,
      role: isMulti ? 'group' : 'radiogroup',
      label: question.question,
      ...(isMulti && { note: texts(question.required ? 'chooseSome' : 'chooseAny') }),
      isOptional: !question.required && !isMulti && !isAnswered,
    },
    html`${question.choices.map((label, index) =>
      choice({
        kind: isMulti ? 'checkbox' : 'radio',
        field: name,
        index,
        label,
        isChecked: answer.chosen.includes(label),
        choose: (isChecked) => choose(form, name, question, label, isChecked),
      }),
    )}
    ${question.includeOther ? other(form, name, question, answer.other) : nothing}`,
    !isMulti && !question.required && isAnswered ? clear(form, name, question) : nothing,
  );
};

interface Answer {
  readonly chosen: readonly string[];
  /** Null while "Other" is not chosen. */
  readonly other: string | null;
}

const answerAs = (form: Form, question: Question): Answer => {
  const answer = answerOf(form.flow.state.details.answers, question.question);
  const open = form.others.get(question.question);
  if (question.type === 'multi_select') {
    const { chosen, other: written } = splitAnswer(answer, question.choices);
    return { chosen, other: open ?? (written || null) };
  }
  if (open !== undefined) return { chosen: [], other: open };
  const isChoice = question.choices.includes(answer);
  return { chosen: isChoice ? [answer] : [], other: isChoice ? null : answer || null };
};

const save = (form: Form, name: FieldName, { question }: Question, answer: string): void =>
  form.edit(name, { answers: { ...form.flow.state.details.answers, [question]: answer } });

const saveMulti = (form: Form, name: FieldName, question: Question, answer: MultiAnswer): void =>
  save(form, name, question, joinAnswer(answer));

const choose = (
  form: Form,
  name: FieldName,
  question: Question,
  label: string,
  isChecked: boolean,
): void => {
  if (question.type !== 'multi_select') {
    form.setOther(question.question, null);
    return save(form, name, question, label);
  }
  const { chosen, other: written } = answerAs(form, question);
  saveMulti(form, name, question, {
    chosen: question.choices.filter((own) => (own === label ? isChecked : chosen.includes(own))),
    other: written ?? '',
  });
};

const writeOther = (form: Form, name: FieldName, question: Question, text: string | null): void => {
  const { chosen } = answerAs(form, question);
  form.setOther(question.question, text);
  if (question.type === 'multi_select')
    saveMulti(form, name, question, { chosen, other: text ?? '' });
  else save(form, name, question, text ?? '');
};

const other = (form: Form, name: FieldName, question: Question, text: string | null) => {
  const { texts } = form.flow;
  return choice(
    {
      kind: question.type === 'multi_select' ? 'checkbox' : 'radio',
      field: name,
      index: question.choices.length,
      label: texts('other'),
      isChecked: text !== null,
      choose: (isChecked) => writeOther(form, name, question, isChecked ? '' : null),
    },
    text === null
      ? nothing
      : html`<input
          class="input"
          part="input"
          aria-label=${texts('otherOf', { question: question.question })}
          autocomplete="off"
          .value=${text}
          @input=${({ target }: Event) => {
            if (target instanceof HTMLInputElement) writeOther(form, name, question, target.value);
          }}
        />`,
  );
};

/** A chosen radio button cannot be taken back by itself. */
const clear = (form: Form, name: FieldName, question: Question) => {
  const { texts } = form.flow;
  return html`<button
    type="button"
    class="quiet clear"
    part="link"
    aria-label=${texts('clearChoiceOf', { question: question.question })}
    @click=${({ currentTarget }: Event) => {
      const group = currentTarget instanceof Element ? currentTarget.closest('.entry') : null;
      writeOther(form, name, question, null);
      group?.querySelector<HTMLElement>('.tick')?.focus();
    }}
  >
    ${texts('clearChoice')}
  </button>`;
};
