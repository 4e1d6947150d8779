import { html, nothing } from 'lit';
import { BookingElement } from './booking-element.ts';

/**
 * The calendar alone, for pages with a form of their own.
 *
 * @tag booking-slot-picker
 *
 * @fires {BookingSlotSelectEvent} booking-slot-select - The visitor chose a time.
 * @fires {BookingErrorEvent} booking-error - The times did not load.
 */
export class BookingSlotPicker extends BookingElement {
  protected override options() {
    return {
      isPicker: true,
      authToken: null,
      prefill: {},
      tracking: undefined,
      returnUrl: null,
      booking: null,
    };
  }

  protected override render() {
    const { flow, announcement } = this.controller;
    if (flow === undefined || flow.state.step !== 'SELECT_TIME') return nothing;
    return html`<section
      class="frame picker"
      part="frame"
      aria-label=${flow.texts('booking')}
      dir=${this.direction || nothing}
      ?inert=${this.disabled}
    >
      ${
        flow.state.phase.is === 'choosing-session-type'
          ? html`<booking-choose-session-type></booking-choose-session-type>`
          : html`<booking-select-time></booking-select-time>`
      }
      <div class="unseen" role="status">${announcement}</div>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'booking-slot-picker': BookingSlotPicker;
  }
}
