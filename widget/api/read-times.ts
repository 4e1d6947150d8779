import type { AvailableTimesResponse, Slot } from '../../server/contract/available-times.ts';
import type { SessionType } from '../../server/contract/session-type.ts';
import type { Instant } from '../time/day.ts';

// The first answer is read by hand: the contract's schemas would cost a tenth of all that may load before a time can be
// chosen. What is not looked at here is only ever shown as text.

export const availableTimesPath = (query: Record<string, string>): string =>
  `api/scheduling/calendly/available-times?${new URLSearchParams(query).toString()}`;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readInstant = (value: unknown): Instant | undefined => {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  const instant = Number.isNaN(ms) ? '' : new Date(ms).toISOString();
  // Other years are written otherwise, and no longer compare as text.
  return /^[12]/.test(instant) ? instant : undefined;
};

/** Leaves out what is no slot. All instants come out written alike, so that they can be compared as text. */
export const readSlots = (value: unknown): Slot[] =>
  !Array.isArray(value)
    ? []
    : value
        .flatMap((item: unknown): Slot[] => {
          if (!isRecord(item)) return [];
          const startTime = readInstant(item['startTime']);
          const endTime = readInstant(item['endTime']);
          if (startTime === undefined || endTime === undefined || endTime <= startTime) return [];
          return [
            {
              startTime,
              endTime,
              schedulingUrl: String(item['schedulingUrl']),
              inviteesRemaining: Number(item['inviteesRemaining']) || 1,
            },
          ];
        })
        .toSorted((a, b) => (a.startTime < b.startTime ? -1 : 1))
        .filter(({ startTime }, index, all) => startTime !== all[index - 1]?.startTime);

const isText = (value: unknown): value is string => typeof value === 'string';

const hasText = (value: unknown, name: string): boolean =>
  isText((value as Record<string, unknown> | null | undefined)?.[name]);

const haveText = (value: unknown, name: string): boolean =>
  Array.isArray(value) && value.every((item) => hasText(item, name));

/** What is counted with, or looked into, is what it should be; all else is only ever shown as text. */
export const readSessionType = (value: unknown): SessionType | undefined => {
  if (!hasText(value, 'id') || !hasText(value, 'title')) return undefined;
  const { duration, price, host, locations, questions } = value as Partial<SessionType>;
  return typeof duration === 'number' &&
    (price === null || /^[a-z]{3}$/i.test(price?.currency ?? '')) &&
    (host === null || hasText(host, 'name')) &&
    haveText(locations, 'kind') &&
    haveText(questions, 'question')
    ? (value as SessionType)
    : undefined;
};

export const readTimes = (body: unknown): AvailableTimesResponse | undefined => {
  if (!isRecord(body)) return undefined;
  const sessionType = readSessionType(body['sessionType']);
  const from = readInstant(body['from']);
  const to = readInstant(body['to']);
  if (!sessionType || !from || !to || !Array.isArray(body['slots'])) return undefined;
  return { sessionType, slots: readSlots(body['slots']), stale: body['stale'] === true, from, to };
};
