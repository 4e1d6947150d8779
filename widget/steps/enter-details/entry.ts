import { html, nothing, type TemplateResult } from 'lit';
import { laterIcon } from '../../styles/later-icons.ts';
import type { FieldName } from './check-details.ts';
import { idOf, type Form } from './form.ts';

export interface Entry {
  readonly name: FieldName;
  readonly label: string;
  readonly isOptional?: boolean;
  /** A word after the label: what kind of answer is wanted. */
  readonly note?: string;
  readonly hint?: string | undefined;
  readonly isWide?: boolean;
}

/** A field with its label above and its problem, or else its help, below. */
export const entry = (form: Form, field: Entry, control: TemplateResult): TemplateResult =>
  html`<div class="entry${field.isWide ? ' wide' : ''}" part="field" data-field=${field.name}>
    <label class="entry-label" part="label" for=${idOf(field.name)}
      >${labelText(form, field)}</label
    >
    <div class="entry-body">${control} ${below(form, field)}</div>
  </div>`;

/** Several controls that answer one question. */
export const groupEntry = (
  form: Form,
  field: Entry & { role: 'radiogroup' | 'group' },
  controls: TemplateResult,
  aside: TemplateResult | typeof nothing = nothing,
): TemplateResult => {
  const id = idOf(field.name);
  const describes = form.problems.has(field.name) ? `${id}-problem` : nothing;
  return html`<div
    class="entry${field.isWide ? ' wide' : ''}"
    part="field"
    role=${field.role}
    data-field=${field.name}
    aria-labelledby="${id}-label"
    aria-describedby=${describes}
    aria-required=${field.role === 'radiogroup' && !field.isOptional ? 'true' : nothing}
    aria-invalid=${field.role === 'radiogroup' && form.problems.has(field.name) ? 'true' : nothing}
  >
    <div class="entry-label" part="label">
      <span id="${id}-label" class="entry-label-text">${labelText(form, field)}</span> ${aside}
    </div>
    <div class="entry-body choices">${controls} ${below(form, field)}</div>
  </div>`;
};

const labelText = ({ flow }: Form, { label, note, isOptional }: Entry) =>
  html`<bdi>${label}</bdi> ${note ? html`<span class="note">${note}</span>` : nothing}
    ${isOptional ? html`<span class="optional">${flow.texts('optional')}</span>` : nothing}`;

const below = (form: Form, { name, hint }: Entry) => {
  const problem = form.problems.get(name);
  if (problem !== undefined) {
    return html`<p class="problem" part="error" id="${idOf(name)}-problem">
      ${laterIcon('alert')}<bdi>${problem}</bdi>
    </p>`;
  }
  return hint
    ? html`<p class="small hint" part="hint" id="${idOf(name)}-hint"><bdi>${hint}</bdi></p>`
    : nothing;
};
