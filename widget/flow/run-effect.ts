import { availableTimesPath, readTimes } from '../api/read-times.ts';
import { BookingErrorEvent, BookingSlotSelectEvent, postCalendlyMessage } from '../events.ts';
import { dayOf } from '../time/day.ts';
import { loadTemporal } from '../time/temporal.ts';
import type { Effect } from './effect.ts';
import type { LaterSteps } from './load-later-steps.ts';
import type { World } from './world.ts';

/** The effects until a time is chosen; all others come with the later steps. */
export const runEffect = async (
  effect: Effect,
  world: World,
  loadLaterSteps: () => Promise<LaterSteps>,
): Promise<void> => {
  const { call, dispatch, emit, environment, options, signal } = world;
  switch (effect.type) {
    case 'load-session-types':
      return (await import('./load-session-types.ts')).loadSessionTypes(world);
    case 'load-times': {
      const { sessionTypeId, range } = effect;
      if (effect.idle) await idle(world);
      const path = availableTimesPath({ sessionTypeId, ...range });
      const [reply] = await Promise.all([
        call(path, readTimes, { signal }),
        loadTemporal(),
        world.translated(),
      ]);
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
      await idle(world);
      return dispatch({ type: 'look-around' });
    case 'session-type-viewed':
      return postCalendlyMessage('event_type_viewed');
    case 'slot-selected':
      postCalendlyMessage('date_and_time_selected');
      return emit(new BookingSlotSelectEvent(effect.slot, effect.sessionType, effect.zone));
    case 'report-failure':
      return emit(new BookingErrorEvent(effect.code, effect.sentence));
    default:
      return (await loadLaterSteps()).runEffect(effect, world);
  }
};

const idle = ({ environment }: World): Promise<void> =>
  new Promise((resolve) => environment.whenIdle(resolve));
