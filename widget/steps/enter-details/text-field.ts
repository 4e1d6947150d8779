import { html, nothing, type TemplateResult } from 'lit';
import type { Details } from '../../flow/state.ts';
import { entry, type Entry } from './entry.ts';
import { describedBy, idOf, type Form } from './form.ts';

export interface TextField extends Entry {
  readonly value: string;
  readonly kind: 'text' | 'email' | 'tel' | 'lines';
  readonly autocomplete?: 'name' | 'email' | 'tel' | 'off';
  readonly placeholder?: string;
  /** What the text is in the details. */
  change(value: string): Partial<Details>;
}

/** A line, several lines, an e-mail address or a phone number. */
export const textField = (form: Form, field: TextField): TemplateResult =>
  entry(form, field, field.kind === 'lines' ? lines(form, field) : line(form, field));

const valueOf = ({ target }: Event): string =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target.value : '';

const line = (form: Form, field: TextField) => {
  const isMail = field.kind === 'email';
  return html`<input
    class="input"
    part="input"
    id=${idOf(field.name)}
    name=${field.name}
    type=${field.kind}
    inputmode=${field.kind}
    autocomplete=${field.autocomplete ?? 'off'}
    autocapitalize=${isMail ? 'none' : field.autocomplete === 'name' ? 'words' : nothing}
    spellcheck=${isMail ? 'false' : nothing}
    enterkeyhint="next"
    placeholder=${field.placeholder ?? nothing}
    aria-required=${field.isOptional ? nothing : 'true'}
    aria-invalid=${form.problems.has(field.name) ? 'true' : nothing}
    aria-describedby=${describedBy(form, field.name, field.hint) ?? nothing}
    .value=${field.value}
    @input=${(event: Event) => form.edit(field.name, field.change(valueOf(event)))}
  />`;
};

const lines = (form: Form, field: TextField) =>
  html`<textarea
    class="input lines"
    part="input"
    id=${idOf(field.name)}
    name=${field.name}
    rows="3"
    placeholder=${field.placeholder ?? nothing}
    aria-required=${field.isOptional ? nothing : 'true'}
    aria-invalid=${form.problems.has(field.name) ? 'true' : nothing}
    aria-describedby=${describedBy(form, field.name, field.hint) ?? nothing}
    .value=${field.value}
    @input=${(event: Event) => form.edit(field.name, field.change(valueOf(event)))}
  ></textarea>`;
