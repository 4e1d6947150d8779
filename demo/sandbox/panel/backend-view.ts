import type { BookingStatus, PaymentStatus } from '../../../server/contract/booking.ts';
import type { Money } from '../../../server/contract/money.ts';
import type { Row } from './row.ts';

/** A booking as the backend has it, as far as the sandbox needs it. */
export interface OurBooking {
  id: string;
  status: BookingStatus;
  paymentStatus: PaymentStatus;
  price: Money | null;
  /** The booking that was paid, when this one took its place. */
  paidBy: string | null;
  inviteeUri: string | null;
  canceledBy: 'host' | 'invitee' | null;
  name: string;
  email: string;
  title: string;
  startTime: string;
  updatedAt: string;
}

/** What the backend has written down, read from outside. */
export interface BackendView {
  /** Those that moved last come first. */
  bookings: OurBooking[];
  rows: Row[];
}
