import { html, nothing } from 'lit';
import type { SelectTime } from '../../flow/state.ts';
import { monthOf, type Day } from '../../time/day.ts';
import { slotsByDay } from '../../time/slots.ts';
import { StepElement } from '../step-element.ts';
import { shownMonth } from './month.ts';
import { calendlyLink, calendlyPage } from './calendly-link.ts';
import { emptyMonthStyles } from './empty-month.styles.ts';

/** What stands where the times would be when the month has none. */
export class BookingEmptyMonth extends StepElement<SelectTime> {
  static override sheets = [emptyMonthStyles];

  protected readonly step = 'SELECT_TIME';

  protected override render() {
    const { state, texts, format } = this.flow;
    const month = shownMonth(this.flow);
    if (state.monthIs === 'failed') return this.#renderFailed(format.monthName(month));
    const days = [...slotsByDay(state.times.slots, state.zone).keys()];
    const next = days.find((day) => monthOf(day) > month);
    if (next !== undefined) {
      return html`<p>${texts('nextFreeDay', { day: format.day(next) })}</p>
        ${this.#renderWayTo(next)}`;
    }
    // The months after this one are still being looked through.
    if (state.times.pending.length > 0) return nothing;
    const last = days.findLast((day) => monthOf(day) < month);
    if (last !== undefined) {
      return html`<p>${texts('noLaterTimes')} ${texts('lastFreeDay', { day: format.day(last) })}</p>
        ${this.#renderWayTo(last)}`;
    }
    const host = state.sessionType?.host?.name;
    return html`<p>
        ${texts('noFreeTimes')}
        ${
          calendlyPage(this.flow) === null
            ? nothing
            : host === undefined
              ? texts('calendlyPageShows')
              : texts('hostPageShows', { host })
        }
      </p>
      <p class="ways">${calendlyLink(this.flow, texts('openCalendly'))}</p>`;
  }

  #renderFailed(month: string) {
    const { texts, dispatch } = this.flow;
    return html`<p>${texts('unreachableMonth', { month })} ${texts('unreachableHelp')}</p>
      <p class="ways">
        <button
          class="button solid"
          part="button retry"
          @click=${() => dispatch({ type: 'retry' })}
        >
          ${texts('tryAgain')}
        </button>
      </p>`;
  }

  #renderWayTo(day: Day) {
    const { texts, format, dispatch } = this.flow;
    return html`<p class="ways">
      <button
        class="button solid"
        part="button show-day"
        @click=${() => dispatch({ type: 'choose-day', day })}
      >
        ${texts('showDay', { date: format.written(day, { day: 'numeric', month: 'long' }) })}
      </button>
    </p>`;
  }
}
