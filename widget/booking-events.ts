import type { Booking } from '../server/contract/booking.ts';
import { TRAVELS } from './events.ts';

/** Calendly has the booking. Never before that. */
export class BookingConfirmedEvent extends Event {
  readonly booking: Booking;
  constructor(booking: Booking) {
    super('booking-confirmed', TRAVELS);
    this.booking = booking;
  }
}

/** The booking is canceled, in Calendly too. */
export class BookingCanceledEvent extends Event {
  readonly booking: Booking;
  constructor(booking: Booking) {
    super('booking-canceled', TRAVELS);
    this.booking = booking;
  }
}
