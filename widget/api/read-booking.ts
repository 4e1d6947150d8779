import * as v from 'valibot';
import {
  BookingConfirmResponse,
  BookingResponse,
  type Booking,
} from '../../server/contract/booking.ts';

export const readConfirmed = (body: unknown): BookingConfirmResponse | undefined => {
  const parsed = v.safeParse(BookingConfirmResponse, body);
  return parsed.success ? parsed.output : undefined;
};

export const readBooking = (body: unknown): Booking | undefined => {
  const parsed = v.safeParse(BookingResponse, body);
  return parsed.success ? parsed.output.booking : undefined;
};
