import type { RateLimit } from '../http/rate-limit.ts';
import type { Changes } from './changes.ts';
import type { Confirmed } from './repeated-request.ts';

/** Books for a client as long as they do not hold too many times that they have not paid for. */
export type LimitUnpaidHolds = (
  client: string,
  book: () => Promise<Confirmed>,
) => Promise<Confirmed>;

/** Whoever holds many times and pays for none keeps them, and Calendly's quota, from everybody else. */
export function createUnpaidHolds(limit: RateLimit, changes: Changes): LimitUnpaidHolds {
  return async function bookUnlessTooMany(client, book) {
    await limit.admit(client);
    let isHeld = false;
    try {
      const confirmed = await book();
      isHeld = confirmed.booking.status === 'awaiting_payment';
      if (isHeld) {
        const stop = changes.listen(confirmed.booking.id, ({ status }) => {
          if (status === 'awaiting_payment') return;
          stop();
          void limit.forget(client);
        });
      }
      return confirmed;
    } finally {
      if (!isHeld) await limit.forget(client);
    }
  };
}
