import type { PaymentStatus } from '../../contract/booking.ts';
import type { BookingFacts } from '../notification.ts';
import { priceInWords } from './price-in-words.ts';
import { momentInWords } from './time-in-words.ts';

const paid: Partial<Record<PaymentStatus, string>> = {
  authorized: 'Reserved on your card, and charged now that the time is yours',
  paid: 'Paid',
};

/** How the price of a session that takes place is paid; null when there is nothing to say. */
export const paidInWords = (status: PaymentStatus): string | null => paid[status] ?? null;

/** What becomes of the money for a session that does not take place, in one paragraph; none when there was no money. */
export function moneyBackInWords(facts: BookingFacts): string[] {
  if (facts.price === null) return [];
  const amount = priceInWords(facts.price);
  switch (facts.paymentStatus) {
    case 'releasing':
    case 'released':
      return [`Nothing was charged: the ${amount} reserved on your card is released.`];
    case 'refunding':
    case 'refunded':
      return [
        `The ${amount} you paid is on its way back to you. Banks take 5 to 10 days to show it.`,
      ];
    case 'refund_failed':
      return [
        `The refund of the ${amount} you paid did not go through. Somebody looks at it by hand.`,
      ];
    case 'paid':
      return [keptInWords(amount, facts)];
    case 'not_required':
    case 'open':
    case 'authorized':
      return [];
  }
}

function keptInWords(amount: string, { refundUntil, timezone }: BookingFacts): string {
  if (refundUntil === null) return `The ${amount} you paid is not refunded.`;
  return (
    `We are sorry that the ${amount} you paid cannot be refunded any more: ` +
    `that was possible until ${momentInWords(refundUntil, timezone)}. ` +
    'After that, a time kept for you can hardly be offered to anybody else.'
  );
}
