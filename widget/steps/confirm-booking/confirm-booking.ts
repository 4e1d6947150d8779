import { html, nothing } from 'lit';
import type { ConfirmBooking, SettleBooking } from '../../flow/state.ts';
import { StepElement } from '../step-element.ts';

/** The third step: everything once more and one button that commits; then waiting until it is settled. */
export class BookingConfirmBooking extends StepElement<ConfirmBooking | SettleBooking> {
  protected readonly step = 'CONFIRM_BOOKING';

  protected override render() {
    const { state, texts, format, dispatch } = this.flow;
    if ('handle' in state) {
      const { continueUrl, startTime } = state.booking;
      return continueUrl === null
        ? html`<div class="later">
            <h2 tabindex="-1" data-heading>${texts('settlingTitle')}</h2>
            <p>${texts('settlingHelp')}</p>
          </div>`
        : html`<div class="later">
            <h2 tabindex="-1" data-heading>${texts('lastStepTitle')}</h2>
            <p>${texts('lastStepHelp', { time: format.time(startTime, state.zone) })}</p>
            <a
              class="button solid"
              href=${/^https?:/i.test(continueUrl) ? continueUrl : nothing}
              target="_blank"
              rel="noopener"
              >${texts('finishOnCalendly')}</a
            >
          </div>`;
    }
    const { attempt, slot, details, zone } = state;
    return html`<div class="later">
      <button class="button" @click=${() => dispatch({ type: 'go-back' })}>${texts('back')}</button>
      <h2 tabindex="-1" data-heading>${texts('confirmTitle')}</h2>
      <p>${format.fullSpan(slot.startTime, slot.endTime, zone)}</p>
      <p>${details.name} ${details.email}</p>
      ${
        attempt.is === 'failed'
          ? html`<p role="alert">
              ${attempt.reason === 'unreachable' ? texts('notBookedUnreachable') : attempt.sentence}
            </p>`
          : nothing
      }
      <button
        class="button solid"
        aria-disabled=${attempt.is === 'working'}
        @click=${() => dispatch({ type: 'book' })}
      >
        ${texts(attempt.is === 'working' ? 'working' : 'book')}
      </button>
    </div>`;
  }
}
