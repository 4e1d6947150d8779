import { html, nothing, type TemplateResult } from 'lit';
import type { Flow } from '../../flow/context.ts';
import type { SelectTime } from '../../flow/state.ts';
import { icon } from '../../styles/icon.ts';
import { addMonths, monthOf, weeksOf, type Day, type Month } from '../../time/day.ts';
import { firstWeekdayOf } from '../../time/locale.ts';
import { slotsByDay, type SlotsByDay } from '../../time/slots.ts';

/** How far ahead the calendar can be paged. */
const MOST_MONTHS = 24;

export const canShow = (month: Month, today: Day): boolean =>
  month >= monthOf(today) && month <= addMonths(monthOf(today), MOST_MONTHS);

export const dayOfElement = (element: Element): Day | undefined =>
  element.closest<HTMLElement>('[data-day]')?.dataset['day'];

export const shownMonth = ({ state, today }: Flow<SelectTime>): Month =>
  state.month ?? monthOf(today);

/** The month: a date grid with one tab stop, `tabStop`. */
export const monthView = (
  flow: Flow<SelectTime>,
  tabStop: Day,
  choose: (event: MouseEvent) => void,
): TemplateResult => {
  const { state, format, texts } = flow;
  const month = shownMonth(flow);
  const isLoading = state.monthIs === 'loading';
  const isKnown = (day: Day) =>
    !isLoading || state.times.covered.some(({ from, to }) => from < day && day < to);
  const weeks = weeksOf(month, firstWeekdayOf(format.locale));
  const byDay = slotsByDay(state.times.slots, state.zone);
  return html`<div class="month" part="month">
    <div class="head">
      <h2 id="month" part="month-title">${format.month(month)}</h2>
      ${pager(flow, addMonths(month, -1), 'previousMonth')}
      ${pager(flow, addMonths(month, 1), 'nextMonth')}
    </div>
    <div role="grid" part="grid" aria-labelledby="month" aria-busy=${isLoading} @click=${choose}>
      <div role="row" class="week weekdays tiny">
        ${weeks[0]?.map(
          (day) =>
            html`<span role="columnheader" part="weekday" aria-label=${format.weekday(day, 'long')}
              >${format.weekday(day, 'short')}</span
            >`,
        )}
      </div>
      ${weeks.map(
        (week) =>
          html`<div
            role="row"
            class="week"
            aria-hidden=${week.some((day) => monthOf(day) === month) ? nothing : 'true'}
          >
            ${week.map((day) =>
              monthOf(day) === month
                ? dayView(flow, day, byDay, isKnown(day), day === tabStop)
                : html`<span
                    class="day other"
                    part="day other-month"
                    aria-hidden="true"
                    data-numeral=${byDay.size > 0 || !isLoading ? numeral(flow, day) : nothing}
                  ></span>`,
            )}
          </div>`,
      )}
    </div>
    <p class="legend tiny" part="legend" aria-hidden="true">
      ${
        byDay.size > 0
          ? ([1, 2, 3] as const).map(
              (dots) => html`<span><i class="dots d${dots}"></i>${texts(`legend${dots}`)}</span>`,
            )
          : nothing
      }
    </p>
  </div>`;
};

const pager = (
  { today, texts, dispatch }: Flow<SelectTime>,
  month: Month,
  label: 'previousMonth' | 'nextMonth',
) => {
  const isEnd = !canShow(month, today);
  return html`<button
    class="button pager"
    part="button ${label === 'nextMonth' ? 'next' : 'previous'}"
    aria-label=${texts(label)}
    aria-disabled=${isEnd}
    @click=${() => isEnd || dispatch({ type: 'show-month', month })}
  >
    ${icon('chevron', label === 'nextMonth' ? 'chevron' : 'chevron back')}
  </button>`;
};

const numeral = ({ format }: Flow, day: Day) => format.number(Number(day.slice(8)));

const dayView = (
  flow: Flow<SelectTime>,
  day: Day,
  byDay: SlotsByDay,
  isKnown: boolean,
  isTabStop: boolean,
) => {
  const { state, format, texts, today } = flow;
  const count = byDay.get(day)?.length ?? 0;
  const isToday = day === today;
  const isSelected = day === state.day;
  const dots = count > 4 ? 3 : count > 2 ? 2 : 1;
  // While the rest of a month loads, the days that are known already can be chosen.
  const kind = count > 0 ? 'free' : isKnown || day < today ? 'disallowed' : 'loading';
  const marks = `day ${kind}${isToday ? ' today' : ''}${isSelected ? ' selected' : ''}`;
  return html`<span
    role="gridcell"
    class=${marks}
    part=${marks}
    data-day=${day}
    tabindex=${isTabStop ? 0 : -1}
    aria-selected=${isSelected}
    aria-disabled=${count === 0}
    aria-current=${isToday ? 'date' : nothing}
    aria-label=${
      // Thirty names that change with the answer are not worth keeping the answer waiting.
      kind === 'loading'
        ? nothing
        : texts(isToday ? 'dayLabelToday' : 'dayLabel', {
            day: format.day(day),
            times: count > 0 ? texts('times', { count }) : texts('noTimes'),
          })
    }
    >${kind === 'loading' ? nothing : numeral(flow, day)}${
      count > 0 ? html`<i class="dots d${dots}"></i>` : nothing
    }</span
  >`;
};
