import type { TemplateResult } from 'lit';
import type { Question } from '../../../server/contract/session-type.ts';
import { answerOf } from '../../flow/answer-of.ts';
import type { FieldName } from './check-details.ts';
import type { Form } from './form.ts';
import { selectQuestion } from './select-question.ts';
import { textField } from './text-field.ts';

/** One of the event type's own questions. */
export const questionField = (form: Form, name: FieldName, asked: Question): TemplateResult => {
  const { question, type, required } = asked;
  if (type === 'single_select' || type === 'multi_select') return selectQuestion(form, name, asked);
  return textField(form, {
    name,
    label: question,
    isOptional: !required,
    isWide: type === 'text',
    value: answerOf(form.flow.state.details.answers, question),
    kind: type === 'text' ? 'lines' : type === 'phone_number' ? 'tel' : 'text',
    autocomplete: type === 'phone_number' ? 'tel' : 'off',
    change: (value) => ({
      answers: { ...form.flow.state.details.answers, [question]: value },
    }),
  });
};
