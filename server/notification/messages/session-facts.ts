import type { BookingFacts } from '../notification.ts';
import { looksLikeLink, oneLine, shorten, webAddress } from '../words/clean-text.ts';
import { paidInWords } from '../words/payment-in-words.ts';
import { placeInWords } from '../words/place-in-words.ts';
import { priceInWords } from '../words/price-in-words.ts';
import { timeInWords } from '../words/time-in-words.ts';
import type { Fact, Letter } from './letter.ts';

export const greet = (name: string): string => {
  const line = oneLine(name);
  return line === '' || looksLikeLink(line) ? 'Hello,' : `Hello ${line},`;
};

/** A title as it may stand in a subject: short, so that the date after it is still seen. */
export const titleInSubject = (title: string): string => shorten(oneLine(title), 80);

/** "Intro call with Ines Kaya" */
export function sessionName({ title, hostName }: BookingFacts): string {
  const host = oneLine(hostName ?? '');
  return host === '' ? oneLine(title) : `${oneLine(title)} with ${host}`;
}

export const what = (facts: BookingFacts): Fact => ({ label: 'What', lines: [sessionName(facts)] });

export function when(facts: BookingFacts, label = 'When'): Fact {
  const { time, zone } = timeInWords(facts.startTime, facts.endTime, facts.timezone);
  return { label, lines: [time, zone] };
}

export function where({ location }: BookingFacts): Fact[] {
  const place = placeInWords(location);
  if (place === null) return [];
  const { line, joinUrl } = place;
  return [{ label: 'Where', lines: joinUrl === null ? [line] : [line, { url: joinUrl }] }];
}

export const guests = ({ guests: addresses }: BookingFacts): Fact[] =>
  addresses.length === 0 ? [] : [{ label: 'Guests', lines: addresses.map(oneLine) }];

export function price({ price: money, paymentStatus }: BookingFacts): Fact[] {
  if (money === null) return [];
  const paid = paidInWords(paymentStatus);
  const lines = [priceInWords(money)];
  return [{ label: 'Price', lines: paid === null ? lines : [...lines, paid] }];
}

/** The way to the booking's own page, under a name for what is to be done there. */
export function manage({ manageUrl }: BookingFacts, label: string): Letter['action'] {
  const url = webAddress(manageUrl);
  return url === null ? null : { label, url };
}
