import { html, nothing, type PropertyDeclarations } from 'lit';
import type { BookingConfirmRequest } from '../../server/contract/booking.ts';
import type { Flow } from '../flow/context.ts';
import type { BookingHandle, Details } from '../flow/state.ts';
import { summary } from '../steps/summary.ts';
import { readMode, readToken } from './attributes.ts';
import { BookingElement } from './booking-element.ts';

/**
 * The whole booking flow, from choosing a time to the finished booking.
 *
 * @tag booking-calendar
 *
 * @fires {BookingSlotSelectEvent} booking-slot-select - The visitor chose a time.
 * @fires {BookingStepChangeEvent} booking-step-change - Another step is shown.
 * @fires {BookingConfirmedEvent} booking-confirmed - Calendly has the booking.
 * @fires {BookingCanceledEvent} booking-canceled - The booking is canceled.
 * @fires {BookingErrorEvent} booking-error - Something did not work.
 *
 * @csspart description - What the session is about.
 * @csspart host - Who it is with.
 * @csspart avatar - Their initials.
 * @csspart facts - Duration, place, price and seats.
 * @csspart progress - How far the booking is.
 * @csspart heading - The title of a step.
 * @csspart back - With `button`: to the step before.
 * @csspart form - The visitor's details.
 * @csspart fields - All fields of the form.
 * @csspart label - The label of a field.
 * @csspart input - What a visitor types or chooses in.
 * @csspart guests - With `input`: the guests' addresses.
 * @csspart guest - A guest.
 * @csspart guest-remove - Takes a guest away again.
 * @csspart choice - One of several answers.
 * @csspart radio - The mark of a choice of which one can be taken.
 * @csspart checkbox - The mark of a choice of which several can be taken.
 * @csspart hint - A word of help beside a field.
 * @csspart error - What is wrong with a field; with `notice`: what did not work.
 * @csspart footer - What stands below a step, with the way on.
 * @csspart help - A word of help beside the way on.
 * @csspart confirm - The last look before the booking.
 * @csspart summary-list - Everything that is to be booked.
 * @csspart row - One thing of it.
 * @csspart term - What it is.
 * @csspart value - What was chosen.
 * @csspart change - With `link`: leads back to change it.
 * @csspart book - With `button`: books.
 * @csspart pay - With `button`: to the payment page.
 * @csspart hold - How long the time is held.
 * @csspart clock - The time that is left.
 * @csspart progress-list - What is done and what is still to come.
 * @csspart outcome - What a booking came to.
 * @csspart outcome-sign - The sign that it is booked.
 * @csspart outcome-title - It in one sentence.
 * @csspart outcome-text - It in more words.
 * @csspart payment - What was paid.
 * @csspart join - With `button`: to the conference.
 * @csspart calendars - The ways to add the booking to a calendar.
 * @csspart calendar - With `button`: one of them.
 * @csspart nearest-times - The nearest free times, when one was lost.
 * @csspart book-another - With `button`: begins another booking.
 * @csspart try-again - With `button`: tries the same time again.
 * @csspart cancel - The question whether to cancel.
 * @csspart cancel-booking - With `button`: cancels.
 * @csspart cancel-reason - Why it was canceled.
 * @csspart keep - With `button`: does not cancel.
 */
export class BookingCalendar extends BookingElement {
  static override properties: PropertyDeclarations = {
    mode: {},
    name: {},
    email: {},
    returnUrl: { attribute: 'return-url' },
    authToken: { attribute: false },
    prefill: { attribute: false },
    tracking: { attribute: false },
    booking: { attribute: false },
  };

  /** `inline`, `popup` or `button`. Default: `inline`. */
  declare mode: string;
  /** The invitee's name, filled in beforehand. */
  declare name: string;
  /** The invitee's e-mail address, filled in beforehand. */
  declare email: string;
  /** Where a payment returns to. Default: this page. */
  declare returnUrl: string;
  /** A JWT of the host site, for a signed-in visitor. */
  declare authToken: string | null;
  /** More of the details, filled in beforehand. */
  declare prefill: Partial<Details>;
  /** UTM values that Calendly is told. */
  declare tracking: BookingConfirmRequest['tracking'];
  /** Opens an existing booking instead of a new one. */
  declare booking: BookingHandle | null;

  constructor() {
    super();
    this.mode = 'inline';
    this.name = '';
    this.email = '';
    this.returnUrl = '';
    this.authToken = null;
    this.prefill = {};
    this.tracking = undefined;
    this.booking = null;
  }

  protected override options() {
    readMode(this.mode);
    const { id, token } = this.booking ?? {};
    return {
      isPicker: false,
      authToken: readToken(this.authToken),
      prefill: {
        ...this.prefill,
        ...(this.name && { name: this.name }),
        ...(this.email && { email: this.email }),
      },
      tracking: this.tracking,
      returnUrl: this.returnUrl || null,
      booking: typeof id === 'string' && typeof token === 'string' ? { id, token } : null,
    };
  }

  protected override render() {
    const { flow, announcement } = this.controller;
    if (flow === undefined) return nothing;
    return html`<section
      class="frame"
      part="frame"
      aria-label=${flow.texts('booking')}
      dir=${this.direction || nothing}
      ?inert=${this.disabled}
    >
      ${this.#renderStep(flow)}
      <div class="unseen" role="status">${announcement}</div>
    </section>`;
  }

  #renderStep(flow: Flow) {
    const { state } = flow;
    if ('phase' in state && state.phase.is === 'choosing-session-type') {
      return html`<booking-choose-session-type></booking-choose-session-type>`;
    }
    const isLoading = 'phase' in state && state.phase.is === 'loading';
    return [summary(flow), isLoading ? LOADING : ELEMENTS[state.step]];
  }
}

// Not the same element as the loaded one: nothing that is seen moves when a long title comes, it is there or it is not.
const LOADING = html`<booking-select-time></booking-select-time>`;
const ELEMENTS = {
  SELECT_TIME: html`<booking-select-time class="step"></booking-select-time>`,
  ENTER_DETAILS: html`<booking-enter-details class="step"></booking-enter-details>`,
  CONFIRM_BOOKING: html`<booking-confirm-booking class="step"></booking-confirm-booking>`,
  PROCESS_PAYMENT: html`<booking-process-payment class="step"></booking-process-payment>`,
  BOOKING_COMPLETE: html`<booking-complete class="step"></booking-complete>`,
};

declare global {
  interface HTMLElementTagNameMap {
    'booking-calendar': BookingCalendar;
  }
}
