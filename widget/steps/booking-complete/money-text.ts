import { html, type TemplateResult } from 'lit';
import type { Flow } from '../../flow/context.ts';
import type { Booking } from '../../flow/state.ts';
import { richText } from '../rich-text.ts';

/** Where the money is, for a booking that came to nothing; as the backend tells it, and no word more. */
export const moneyBackText = (flow: Flow, booking: Booking): TemplateResult | string => {
  const { texts, format, state } = flow;
  const { paymentStatus, status, refundUntil } = booking;
  if (booking.price === null) return '';
  const price = format.money(booking.price);
  switch (paymentStatus) {
    case 'releasing':
    case 'released':
      // Nothing was reserved for a booking that nobody paid for.
      return wasReserved(booking)
        ? richText(flow, 'releasedOnCard', {
            price,
            nothing: html`<b>${texts('nothingCharged')}</b>`,
          })
        : texts('nothingChargedKept');
    case 'refunding':
      return texts('refundOnItsWay', { price });
    case 'refunded':
      return texts('refundDone', { price });
    case 'refund_failed':
      return texts('refundFailed', { price });
    case 'paid':
      if (status !== 'canceled') return '';
      return refundUntil === null
        ? texts('refundKeptAlone', { price })
        : texts('refundKept', { price, moment: format.moment(refundUntil, state.zone) });
    default:
      return '';
  }
};

const wasReserved = ({ status, rejection, calendlyEventId }: Booking): boolean =>
  status === 'rejected' ? rejection !== 'payment_unavailable' : calendlyEventId !== null;

/** Where the money is, for a booking that stands. */
export const moneyLine = (
  { texts, format }: Flow,
  { price, paymentStatus }: Booking,
): string | null => {
  if (price === null) return null;
  if (paymentStatus === 'paid') return texts('paidLine', { price: format.money(price) });
  return paymentStatus === 'authorized'
    ? texts('reservedLine', { price: format.money(price) })
    : null;
};

/** What a cancellation would bring back now. */
export const refundNow = (
  { price, paymentStatus, refundUntil }: Booking,
  now: string,
): 'nothing' | 'released' | 'refunded' | 'too-late' => {
  if (price === null) return 'nothing';
  if (paymentStatus === 'authorized') return 'released';
  if (paymentStatus !== 'paid') return 'nothing';
  return refundUntil === null || Date.parse(now) <= Date.parse(refundUntil)
    ? 'refunded'
    : 'too-late';
};
