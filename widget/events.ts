import type { Slot } from '../server/contract/available-times.ts';
import type { SessionType } from '../server/contract/session-type.ts';
import type { BookingCanceledEvent, BookingConfirmedEvent } from './booking-events.ts';
import type { Step } from './flow/state.ts';

export const TRAVELS = { bubbles: true, composed: true };

/** The visitor chose a time; nothing is booked yet. */
export class BookingSlotSelectEvent extends Event {
  readonly slot: Slot;
  readonly sessionType: SessionType;
  readonly timeZone: string;
  constructor(slot: Slot, sessionType: SessionType, timeZone: string) {
    super('booking-slot-select', TRAVELS);
    this.slot = slot;
    this.sessionType = sessionType;
    this.timeZone = timeZone;
  }
}

/** Another step is shown. */
export class BookingStepChangeEvent extends Event {
  readonly step: Step;
  readonly previousStep: Step;
  constructor(step: Step, previousStep: Step) {
    super('booking-step-change', TRAVELS);
    this.step = step;
    this.previousStep = previousStep;
  }
}

/** Something did not work; the visitor has been told and has a way on. */
export class BookingErrorEvent extends Event {
  /** A code of the HTTP interface, or `unreachable`. */
  readonly code: string;
  readonly message: string;
  constructor(code: string, message: string) {
    super('booking-error', TRAVELS);
    this.code = code;
    this.message = message;
  }
}

export interface BookingEventMap {
  'booking-slot-select': BookingSlotSelectEvent;
  'booking-step-change': BookingStepChangeEvent;
  'booking-confirmed': BookingConfirmedEvent;
  'booking-canceled': BookingCanceledEvent;
  'booking-error': BookingErrorEvent;
}

declare global {
  // oxlint-disable-next-line typescript/no-empty-object-type -- merging is the only way to add to it
  interface HTMLElementEventMap extends BookingEventMap {}
}

/** What a page that listens for Calendly's own embed already understands. */
export const postCalendlyMessage = (
  name: 'event_type_viewed' | 'date_and_time_selected' | 'event_scheduled' | 'page_height',
  payload: Readonly<Record<string, unknown>> = {},
): void => {
  // `/` is this page's own origin, also where that has no name: in a sandboxed frame, or from a file.
  window.postMessage({ event: `calendly.${name}`, payload }, '/');
};
