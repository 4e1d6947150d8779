import type { SessionType } from '../../server/contract/session-type.ts';
import type { Flow } from '../flow/context.ts';

/** €49, Free, or that Calendly takes the money: how much is known there alone. */
export const priceText = (
  { texts, format }: Pick<Flow, 'texts' | 'format'>,
  { price, paidOnCalendly, requiresAuth }: SessionType,
): string =>
  price !== null
    ? format.money(price)
    : texts(paidOnCalendly ? 'paidOnCalendly' : requiresAuth ? 'included' : 'free');
