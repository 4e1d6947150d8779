import { readSessionTypes, readTimes } from '../api/read-times.ts';
import { BookingErrorEvent, BookingSlotSelectEvent, postCalendlyMessage } from '../events.ts';
import { dayOf } from '../time/day.ts';
import { loadTemporal } from '../time/temporal.ts';
import type { Effect } from './effect.ts';
import type { World } from './world.ts';

const RETRY_MS = 20_000;

/** The effects of the first step. */
export const runEffect = async (effect: Effect, world: World): Promise<void> => {
  const { call, dispatch, emit, environment, options, signal } = world;
  switch (effect.type) {
    case 'load-session-types': {
      const [reply] = await Promise.all([
        call('api/scheduling/session-types', readSessionTypes, { signal }),
        import('../steps/select-time/define-choose-session-type.ts'),
      ]);
      return dispatch(
        reply.ok
          ? { type: 'session-types-arrived', sessionTypes: reply.value }
          : { type: 'first-times-failed', failure: reply.failure },
      );
    }
    case 'load-times': {
      const { sessionTypeId, range } = effect;
      if (effect.idle) await new Promise<void>((resolve) => environment.whenIdle(resolve));
      const query = new URLSearchParams({ sessionTypeId, ...range });
      const path = `api/scheduling/calendly/available-times?${query.toString()}`;
      const [reply] = await Promise.all([call(path, readTimes, { signal }), loadTemporal()]);
      if (range !== null) {
        return dispatch(
          reply.ok
            ? { type: 'times-arrived', answer: reply.value, range }
            : { type: 'times-failed', failure: reply.failure, range },
        );
      }
      if (!reply.ok) return dispatch({ type: 'first-times-failed', failure: reply.failure });
      const today = dayOf(new Date(environment.now()).toISOString(), options.zone);
      const { wanted } = options;
      return dispatch({ type: 'first-times-arrived', answer: reply.value, today, wanted });
    }
    case 'look-around':
      await new Promise<void>((resolve) => environment.whenIdle(resolve));
      return dispatch({ type: 'look-around' });
    case 'retry-later':
      await environment.wait(RETRY_MS, signal);
      return dispatch({ type: 'retry' });
    case 'session-type-viewed':
      return postCalendlyMessage('event_type_viewed');
    case 'slot-selected':
      postCalendlyMessage('date_and_time_selected');
      return emit(new BookingSlotSelectEvent(effect.slot, effect.sessionType, effect.zone));
    case 'report-failure':
      return emit(new BookingErrorEvent(effect.code, effect.sentence));
    default:
      throw new Error(`${effect.type} belongs to the later steps.`);
  }
};
