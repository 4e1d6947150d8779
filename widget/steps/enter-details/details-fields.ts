import { html, nothing, type TemplateResult } from 'lit';
import type { Details, SessionType } from '../../flow/state.ts';
import { fieldsOf, questionOf, type FieldName } from './check-details.ts';
import type { Form } from './form.ts';
import type { GuestsController } from './guests-controller.ts';
import { guestsField } from './guests-field.ts';
import { locationField, placeField } from './location-field.ts';
import { questionField } from './question-field.ts';
import { textField, type TextField } from './text-field.ts';

/** Every field that the session type asks for, in its place. */
export const detailsFields = (form: Form, guests: GuestsController): TemplateResult[] => {
  const { details, sessionType } = form.flow.state;
  const names = fieldsOf(sessionType, details);
  return names.map((name, index) => {
    switch (name) {
      case 'name':
      case 'email':
      case 'notes':
        return textField(form, ownText(form, name));
      case 'location':
        return locationField(form);
      case 'place':
        return placeField(form);
      case 'guests':
        return guestsField(form, guests, standsAlone(names.slice(0, index), sessionType));
      default: {
        const question = questionOf(sessionType, name);
        return question === undefined ? html`${nothing}` : questionField(form, name, question);
      }
    }
  });
};

const ownText = ({ flow }: Form, name: 'name' | 'email' | 'notes'): TextField => {
  const { texts, state } = flow;
  const host = state.sessionType.host?.name;
  const common = {
    name,
    label: texts(name),
    value: state.details[name],
    change: (value: string): Partial<Details> => ({ [name]: value }),
  };
  if (name !== 'notes') {
    return { ...common, kind: name === 'email' ? 'email' : 'text', autocomplete: name };
  }
  return {
    ...common,
    kind: 'lines',
    isOptional: true,
    isWide: true,
    placeholder: host ? texts('notesPlaceholderHost', { host }) : texts('notesPlaceholder'),
  };
};

/** Nothing stands beside it in its row: then it takes the whole of it. */
const standsAlone = (before: readonly FieldName[], sessionType: SessionType): boolean => {
  const isWide = (name: FieldName) =>
    name === 'location' || questionOf(sessionType, name)?.type === 'text';
  return (before.length - 1 - before.findLastIndex(isWide)) % 2 === 0;
};
