import * as v from 'valibot';
import type { BookingConfirmRequest } from '../../server/contract/booking.ts';
import { lines } from '../../server/contract/text.ts';
import { isRecord } from '../api/read-times.ts';

const NAMES = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'] as const;

/** The backend takes no more. */
const LONGEST = 255;

/** What of the page's tracking can be sent: nothing in it is a reason not to book. */
export const readTracking = (value: unknown): BookingConfirmRequest['tracking'] => {
  if (!isRecord(value)) return undefined;
  const given = NAMES.flatMap((name) => {
    const text = value[name];
    const read = v.safeParse(lines(LONGEST), typeof text === 'string' && text.slice(0, LONGEST));
    return read.success ? [[name, read.output] as const] : [];
  });
  return given.length === 0 ? undefined : Object.fromEntries(given);
};
