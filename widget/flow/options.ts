import type { BookingConfirmRequest } from '../../server/contract/booking.ts';
import type { BookingHandle, Details } from './state.ts';

/** What the page says, read from attributes and properties and already checked. */
export interface FlowOptions {
  /** Where the backend lives, with a trailing slash. */
  readonly server: string;
  readonly sessionTypeId: string | null;
  readonly zone: string;
  /** A booking made before, to show instead of starting a new one. */
  readonly booking: BookingHandle | null;
  /** The start of a slot that the page chose beforehand. */
  readonly wanted: string | null;
  readonly authToken: string | null;
  readonly prefill: Partial<Details>;
  readonly tracking: BookingConfirmRequest['tracking'];
  readonly returnUrl: string | null;
  /** The calendar alone: a chosen slot goes to the page, not to the next step. */
  readonly isPicker: boolean;
}
