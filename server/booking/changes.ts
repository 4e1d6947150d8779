import type { BookingRecord } from './booking.ts';

/** Tells those who wait for a booking that it has changed, within this process. */
export interface Changes {
  emit(booking: BookingRecord): void;
  /** Returns the way to stop listening. */
  listen(bookingId: string, listener: (booking: BookingRecord) => void): () => void;
}

export function createChanges(): Changes {
  const listeners = new Map<string, Set<(booking: BookingRecord) => void>>();
  return {
    emit(booking) {
      for (const listener of listeners.get(booking.id) ?? []) listener(booking);
    },
    listen(bookingId, listener) {
      const own = listeners.get(bookingId) ?? new Set();
      listeners.set(bookingId, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size === 0) listeners.delete(bookingId);
      };
    },
  };
}
