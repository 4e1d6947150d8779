import { readSessionTypes } from '../api/read-session-types.ts';
import { define } from '../elements/define.ts';
import { englishSessionTypes } from '../i18n/en-session-types.ts';
import { BookingChooseSessionType } from '../steps/select-time/choose-session-type.ts';
import { BookingOtherSession } from '../steps/select-time/other-session.ts';
import { loadTemporal } from '../time/temporal.ts';
import type { World } from './world.ts';

/** Comes with the element that shows them. */
export const loadSessionTypes = async (world: World): Promise<void> => {
  const { call, dispatch, learn, signal } = world;
  define('booking-choose-session-type', BookingChooseSessionType);
  define('booking-other-session', BookingOtherSession);
  learn(englishSessionTypes);
  const [reply] = await Promise.all([
    call('api/scheduling/session-types', readSessionTypes, { signal }),
    loadTemporal(),
    world.translated(),
  ]);
  dispatch(
    reply.ok
      ? { type: 'session-types-arrived', sessionTypes: reply.value }
      : { type: 'first-times-failed', failure: reply.failure },
  );
};
