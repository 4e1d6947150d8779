import type { Flow } from '../../flow/context.ts';
import { freeDaysIn } from '../../flow/open-times.ts';
import type { SelectTime } from '../../flow/state.ts';
import { shownMonth } from './month.ts';

/** What a screen reader is told of the month; the same words again are not said twice. */
export const announcementOf = (flow: Flow<SelectTime>): string => {
  const { state, texts, format } = flow;
  const month = shownMonth(flow);
  if (state.phase.is === 'unreachable') return texts('unreachable');
  if (state.phase.is === 'not-found') return texts('notFound');
  const count = freeDaysIn(state, month).length;
  if (count === 0) {
    const key = state.monthIs === 'loading' ? 'loadingMonth' : 'noTimeIn';
    return texts(key, { month: format.monthName(month) });
  }
  const loaded = texts('loadedMonth', { month: format.month(month), count });
  return state.lostSlot === null
    ? loaded
    : `${texts('taken', { time: format.time(state.lostSlot.startTime, state.zone) })} ${texts('takenHelp')}`;
};
