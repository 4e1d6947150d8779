import { addDays, addMonthsToDay, monthOf, weekEdge, type Day } from '../../time/day.ts';
import { canShow } from './month.ts';

interface Press {
  readonly key: string;
  readonly shiftKey: boolean;
}

/** Where a key of the date grid pattern leads; null when that is out of the calendar's reach. */
// https://www.w3.org/WAI/ARIA/apg/patterns/dialog-modal/examples/datepicker-dialog/
export const dayAfterKey = (
  day: Day,
  press: Press,
  firstWeekday: number,
  isRightToLeft: boolean,
  today: Day,
): Day | null => {
  const next = dayOfKey(day, press, firstWeekday, isRightToLeft);
  return canShow(monthOf(next), today) ? next : null;
};

const dayOfKey = (
  day: Day,
  { key, shiftKey }: Press,
  firstWeekday: number,
  isRightToLeft: boolean,
): Day => {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, isRightToLeft ? 1 : -1);
    case 'ArrowRight':
      return addDays(day, isRightToLeft ? -1 : 1);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'Home':
      return weekEdge(day, firstWeekday, 'first');
    case 'End':
      return weekEdge(day, firstWeekday, 'last');
    case 'PageUp':
      return addMonthsToDay(day, shiftKey ? -12 : -1);
    case 'PageDown':
      return addMonthsToDay(day, shiftKey ? 12 : 1);
    default:
      return day;
  }
};
