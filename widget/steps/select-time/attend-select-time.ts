import type { Flow } from '../../flow/context.ts';
import type { SelectTime } from '../../flow/state.ts';
import { monthOf, type Day } from '../../time/day.ts';
import { firstWeekdayOf } from '../../time/locale.ts';
import { dayOfElement } from './month.ts';
import { dayAfterKey } from './move-in-grid.ts';

export interface SelectTimeView extends HTMLElement {
  readonly flow: Flow<SelectTime>;
  readonly updateComplete: Promise<boolean>;
  focusedDay: Day | null;
  isChoosingZone: boolean;
}

/** Where a press leads beyond choosing: the day under the arrows, and the focus. */
export const attendSelectTime = (view: SelectTimeView, event: Event, target: Element): void => {
  const day = dayOfElement(target);
  if (event instanceof KeyboardEvent) {
    if (day === undefined) leaveTimes(view, target);
    else if (event.key === 'Enter' || event.key === ' ') chooseDay(view, day);
    else moveInGrid(view, event, day);
  } else if (event.type === 'close') {
    void closeZones(view, event);
  } else if (day !== undefined) {
    focusDay(view, day);
  } else if (target.closest('.time') !== null) {
    void focusLater(view, '.go');
  } else if (target.closest('[part~=change-zone]') !== null) {
    view.isChoosingZone = !view.isChoosingZone;
  }
};

/** The first one that can be seen: Continue is in two places, and which one is shown depends on the width. */
const focusLater = async (view: SelectTimeView, selector: string): Promise<void> => {
  await view.updateComplete;
  const found = [...view.querySelectorAll<HTMLElement>(selector)];
  found.find((element) => element.getClientRects().length > 0)?.focus();
};

const focusDay = (view: SelectTimeView, day: Day): void => {
  view.focusedDay = day;
  void focusLater(view, `[data-day="${day}"]`);
};

const chooseDay = (view: SelectTimeView, day: Day): void => {
  view.focusedDay = day;
  view.flow.dispatch({ type: 'choose-day', day });
  if (view.flow.state.day === day) void focusLater(view, '.time');
};

const moveInGrid = (view: SelectTimeView, event: KeyboardEvent, day: Day): void => {
  const { format, today, dispatch } = view.flow;
  const isRightToLeft = getComputedStyle(view).direction === 'rtl';
  const next = dayAfterKey(day, event, firstWeekdayOf(format.locale), isRightToLeft, today);
  if (next === null) return;
  dispatch({ type: 'show-month', month: monthOf(next) });
  focusDay(view, next);
};

const leaveTimes = (view: SelectTimeView, target: Element): void => {
  const { day } = view.flow.state;
  if (day !== null && target.closest('.times, .bar') !== null) focusDay(view, day);
};

const closeZones = async (view: SelectTimeView, event: Event): Promise<void> => {
  view.isChoosingZone = false;
  const isLeft = event instanceof CustomEvent && event.detail === 'left';
  if (!isLeft) await focusLater(view, '[part~=change-zone]');
};
