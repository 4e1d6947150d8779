import { html, nothing, type TemplateResult } from 'lit';
import type { FieldName } from './check-details.ts';
import { idOf } from './form.ts';

export interface Choice {
  readonly kind: 'radio' | 'checkbox';
  readonly field: FieldName;
  readonly index: number;
  readonly label: string;
  readonly note?: string | undefined;
  readonly isChecked: boolean;
  choose(isChecked: boolean): void;
}

/** One of the answers to choose from. */
export const choice = (
  { kind, field, index, label, note, isChecked, choose }: Choice,
  beside: TemplateResult | typeof nothing = nothing,
): TemplateResult => {
  const id = `${idOf(field)}-${index}`;
  return html`<div class="choice" part="choice">
    <input
      type=${kind}
      class="tick"
      part=${kind}
      id=${id}
      name=${kind === 'radio' ? idOf(field) : nothing}
      aria-describedby=${note ? `${id}-note` : nothing}
      .checked=${isChecked}
      @change=${(event: Event) =>
        choose(event.target instanceof HTMLInputElement && event.target.checked)}
      @click=${followOther}
    />
    <label for=${id}><bdi>${label}</bdi></label>
    ${note ? html`<span class="small" id="${id}-note"><bdi>${note}</bdi></span>` : nothing}
    ${beside}
  </div>`;
};

/** A pointer that chooses "Other" is about to write; the arrow keys only pass by. */
const followOther = (event: MouseEvent): void => {
  const { currentTarget } = event;
  if (event.detail === 0 || !(currentTarget instanceof HTMLElement)) return;
  requestAnimationFrame(() =>
    currentTarget.parentElement?.querySelector<HTMLElement>('.input')?.focus(),
  );
};
