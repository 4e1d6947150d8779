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
 * @fires booking-slot-select - The visitor chose a time.
 * @fires booking-step-change - Another step is shown.
 * @fires booking-confirmed - Calendly has the booking.
 * @fires booking-canceled - The booking is canceled.
 * @fires booking-error - Something did not work.
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

  /** `inline`, `popup` or `button`. */
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
