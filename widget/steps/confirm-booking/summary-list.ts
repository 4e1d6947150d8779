import { html, nothing, type TemplateResult } from 'lit';

export interface SummaryRow {
  readonly term: string;
  readonly value: unknown;
  readonly help?: unknown;
  readonly isStrong?: boolean;
  /** A word that leads to where this can be changed, and its full name. */
  readonly action?:
    | { readonly word: string; readonly name: string; readonly isOpen?: boolean; press(): void }
    | undefined;
}

/** Everything that is about to be booked, as terms and what they are. */
export const summaryList = (rows: readonly SummaryRow[]): TemplateResult =>
  html`<dl class="summary-list" part="summary-list">${rows.map(row)}</dl>`;

const row = ({ term, value, help, isStrong, action }: SummaryRow) =>
  html`<div part="row">
    <dt part="term">${term}</dt>
    <dd part="value">
      <div class="value">
        <div class=${isStrong ? 'strong' : ''}>${value}</div>
        ${help ? html`<div class="small">${help}</div>` : nothing}
      </div>
      ${
        action === undefined
          ? nothing
          : html`<button
              type="button"
              class="quiet"
              part="link change"
              aria-label=${action.name}
              aria-expanded=${action.isOpen ?? nothing}
              @click=${action.press}
            >
              ${action.word}
            </button>`
      }
    </dd>
  </div>`;
