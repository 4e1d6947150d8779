import type { RecordedCall } from '../calendly/calendly.ts';

export type Tone = 'neutral' | 'good' | 'bad';

/** One thing that happened, in one of the ledgers that share the time axis. */
export interface Row {
  /** ISO instant. */
  at: string;
  /** A status, or the name of an event or a request. */
  title: string;
  detail?: string;
  /** Of a status; what is only said or asked has none. */
  tone?: Tone;
  /** The cause was a trouble switched on here. */
  trouble?: boolean;
  /** The id of the booking that it is about, when it is about one. */
  booking?: string | undefined;
}

/** What both providers' logs of calls have in common. */
export type Call = Pick<RecordedCall, 'at' | 'method' | 'path' | 'status' | 'error' | 'replied'>;

const isFine = ({ status }: Call): boolean => status !== null && status < 400;
const isReplyLost = ({ status, replied }: Call): boolean => status !== null && !replied;

/** Anything but an answer of success that arrived. */
export const isTroubled = (call: Call): boolean => !isFine(call) || isReplyLost(call);

export const callRow = (call: Call): Row => ({
  at: call.at,
  title: `${call.status ?? 'no answer'}${call.error ? ` ${call.error}` : ''}`,
  detail: `${call.method} ${call.path}${isReplyLost(call) ? ', reply lost' : ''}`,
  tone: isFine(call) ? 'good' : 'bad',
  trouble: isTroubled(call),
});

export const counted = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

/** "2026-11-24 09:00": the sandbox shows every time in UTC. */
export const minuteOf = (iso: string): string => iso.slice(0, 16).replace('T', ' ');
export const timeOfDay = (iso: string): string => iso.slice(11, 19);
