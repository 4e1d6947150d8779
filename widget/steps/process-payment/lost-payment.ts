import { html, type TemplateResult } from 'lit';
import type { Flow } from '../../flow/context.ts';

/** Back from the payment page, with nothing to open the booking with. */
export const lostPayment = ({ texts, options, dispatch }: Flow): TemplateResult =>
  html`<div class="panel outcome-panel" part="outcome">
    <h2 class="outcome" part="outcome-title" tabindex="-1" data-heading>${texts('lostTitle')}</h2>
    <p class="prose" part="outcome-text">${texts('lostHelp')}</p>
    <p class="stacked">
      <button
        type="button"
        class="button"
        part="button book-another"
        @click=${() => dispatch({ type: 'start-over', sessionTypeId: options.sessionTypeId })}
      >
        ${texts('chooseTime')}
      </button>
    </p>
  </div>`;
