import { html, type TemplateResult } from 'lit';
import type { Flow } from '../../flow/context.ts';
import type { BookingComplete } from '../../flow/state.ts';

/** The booking cannot be shown: it is not there, or nobody could be asked. */
export const unknownBooking = ({
  state,
  texts,
  options,
  dispatch,
}: Flow<BookingComplete>): TemplateResult => {
  const isMissing = state.record.is === 'not-found';
  return html`<div class="panel outcome-panel" part="outcome">
    <h2 class="outcome" part="outcome-title" tabindex="-1" data-heading>
      ${texts(isMissing ? 'bookingNotFound' : 'bookingNotLoaded')}
    </h2>
    <p class="prose">${texts(isMissing ? 'bookingNotFoundHelp' : 'bookingNotLoadedHelp')}</p>
    <p class="stacked">
      <button
        type="button"
        class="button solid"
        part="button retry"
        @click=${() =>
          dispatch(
            isMissing
              ? { type: 'start-over', sessionTypeId: options.sessionTypeId }
              : { type: 'retry' },
          )}
      >
        ${texts(isMissing ? 'bookAnother' : 'tryAgain')}
      </button>
    </p>
  </div>`;
};

/** Its outlines, until it is there. */
export const bookingBones = (label: string): TemplateResult =>
  html`<div class="panel outcome-panel late" aria-busy="true">
    <span class="unseen">${label}</span>
    <div class="bones">
      <i class="block"></i><i class="block"></i><i class="block"></i><i class="block"></i>
    </div>
  </div>`;
