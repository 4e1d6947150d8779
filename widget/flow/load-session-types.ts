import { readSessionTypes } from '../api/read-session-types.ts';
import { define } from '../elements/define.ts';
import { BookingChooseSessionType } from '../steps/select-time/choose-session-type.ts';
import { loadTemporal } from '../time/temporal.ts';
import type { World } from './world.ts';

/** Comes with the element that shows them. */
export const loadSessionTypes = async ({ call, dispatch, signal }: World): Promise<void> => {
  define('booking-choose-session-type', BookingChooseSessionType);
  const [reply] = await Promise.all([
    call('api/scheduling/session-types', readSessionTypes, { signal }),
    loadTemporal(),
  ]);
  dispatch(
    reply.ok
      ? { type: 'session-types-arrived', sessionTypes: reply.value }
      : { type: 'first-times-failed', failure: reply.failure },
  );
};
