import type { SessionType } from '../../server/contract/session-type.ts';
import { isRecord, readSessionType } from './read-times.ts';

/** Leaves out what is no session type. */
export const readSessionTypes = (body: unknown): SessionType[] | undefined =>
  isRecord(body) && Array.isArray(body['sessionTypes'])
    ? body['sessionTypes'].flatMap((item: unknown) => readSessionType(item) ?? [])
    : undefined;
