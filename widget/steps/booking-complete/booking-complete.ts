import { html, nothing } from 'lit';
import type { BookingComplete } from '../../flow/state.ts';
import { StepElement } from '../step-element.ts';

/** The end: what became of the booking, and what can still be done with it. */
export class BookingCompleteStep extends StepElement<BookingComplete> {
  protected readonly step = 'BOOKING_COMPLETE';

  protected override render() {
    const { state, texts, format, dispatch } = this.flow;
    const { record, change, zone } = state;
    if (record.is === 'loading') return nothing;
    if (record.is !== 'known') {
      return html`<div class="later">
        <h2 tabindex="-1" data-heading>
          ${texts(record.is === 'not-found' ? 'bookingNotFound' : 'bookingNotLoaded')}
        </h2>
        <button class="button" @click=${() => dispatch({ type: 'retry' })}>
          ${texts('tryAgain')}
        </button>
      </div>`;
    }
    const { booking } = record;
    const isBooked = booking.status === 'confirmed';
    return html`<div class="later">
      <h2 tabindex="-1" data-heading>${texts(isBooked ? 'bookedTitle' : 'canceledTitle')}</h2>
      <p>${format.fullSpan(booking.startTime, booking.endTime, zone)}</p>
      ${isBooked ? html`<p>${texts('invitationTo', { email: booking.email })}</p>` : nothing}
      ${change.is === 'failed' ? html`<p role="alert">${change.sentence}</p>` : nothing}
      ${
        isBooked
          ? html`<button class="quiet" @click=${() => dispatch({ type: 'reschedule-booking' })}>
                ${texts('reschedule')}
              </button>
              <button
                class="quiet"
                @click=${() => dispatch({ type: 'cancel-booking', reason: '' })}
              >
                ${texts('cancelBooking')}
              </button>`
          : nothing
      }
      <button class="quiet" @click=${() => dispatch({ type: 'start-over' })}>
        ${texts('bookAnother')}
      </button>
    </div>`;
  }
}
