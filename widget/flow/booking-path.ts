import type { BookingHandle } from './state.ts';

export const bookingPath = ({ id }: BookingHandle): string =>
  `api/scheduling/bookings/${encodeURIComponent(id)}`;

export const bearer = ({ token }: BookingHandle) => ({ authorization: `Bearer ${token}` });
