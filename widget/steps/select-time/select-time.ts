import { html, nothing, type PropertyValues } from 'lit';
import type { Flow } from '../../flow/context.ts';
import type { SelectTime } from '../../flow/state.ts';
import { freeDaysIn } from '../../flow/open-times.ts';
import { monthOf, type Day } from '../../time/day.ts';
import { firstWeekdayOf } from '../../time/locale.ts';
import { slotsByDay } from '../../time/slots.ts';
import { hasTemporal } from '../../time/temporal.ts';
import { StepElement } from '../step-element.ts';
import { zoneText } from '../zone-text.ts';
import { announcementOf } from './announcement.ts';
import { monthView, shownMonth } from './month.ts';
import { timesBones } from './skeleton.ts';
import { goOn, isDense, timesView } from './times.ts';

/** The first step: a month of days, a day of times. */
export class BookingSelectTime extends StepElement<SelectTime> {
  static override properties = {
    focusedDay: { state: true },
    isChoosingZone: { state: true },
  };

  /** Where the arrows have gone; the selected day is another thing. */
  declare private focusedDay: Day | null;
  declare private isChoosingZone: boolean;

  protected readonly step = 'SELECT_TIME';

  constructor() {
    super();
    this.focusedDay = null;
    this.isChoosingZone = false;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.flow.announce(hasTemporal() ? announcementOf(this.flow) : '');
  }

  protected override render() {
    const { flow } = this;
    const { phase } = flow.state;
    if (phase.is === 'choosing-session-type' || !hasTemporal()) return nothing;
    if (phase.is === 'unreachable' || phase.is === 'not-found') return renderTrouble(flow);
    const month = monthView(flow, this.#tabStop(), {
      press: (event) => void this.#moveByKey(event),
      choose: (event) => void this.#chooseDay(event),
    });
    return html`${month}
      <div class="times" part="times" @keydown=${this.#leaveTimes} @click=${this.#followChoice}>
        ${this.#renderTimes()}
      </div>
      ${this.#renderBar()}`;
  }

  #renderTimes() {
    const { state, format, texts } = this.flow;
    const slots = this.#slots();
    const month = shownMonth(this.flow);
    if (slots.length === 0 && state.monthIs === 'loading') {
      // A formatter is dear to make: made now, it is there when the times are.
      format.time(this.flow.now, state.zone);
      return timesBones;
    }
    const at = (state.slot ?? slots[0])?.startTime ?? `${month}-15T12:00Z`;
    return html`<h2 id="day" part="day-title" tabindex="-1" data-heading>
        ${
          slots.length > 0
            ? format.day(state.day ?? '')
            : texts('noTimeIn', { month: format.monthName(month) })
        }
      </h2>
      <p class="small zone-line" part="zone">
        ${zoneText(this.flow, state.zone, at)} ·
        <button
          class="quiet"
          part="link change-zone"
          aria-label=${texts('changeZoneLabel')}
          aria-expanded=${this.isChoosingZone}
          @click=${this.#chooseZone}
        >
          ${texts('changeZone')}
        </button>
      </p>
      ${
        this.isChoosingZone
          ? html`<booking-zone-picker @close=${this.#closeZones}></booking-zone-picker>`
          : nothing
      }
      ${
        slots.length > 0
          ? timesView(this.flow, slots)
          : html`<booking-empty-month class="empty"></booking-empty-month>`
      }`;
  }

  #renderBar() {
    const { state, format, options } = this.flow;
    const { slot, zone } = state;
    if (slot === null || options.isPicker) return nothing;
    return html`<div class="bar${isDense(this.#slots()) ? ' always' : ''}" part="bar">
      <p>
        <b>${format.moment(slot.startTime, zone)}</b>
        <span class="small">${zoneText(this.flow, zone, slot.startTime)}</span>
      </p>
      ${goOn(this.flow, format.time(slot.startTime, zone))}
    </div>`;
  }

  #slots() {
    const { state } = this.flow;
    return state.day === null
      ? []
      : (slotsByDay(state.times.slots, state.zone).get(state.day) ?? []);
  }

  #tabStop(): Day {
    const { state, today } = this.flow;
    const month = shownMonth(this.flow);
    const candidates = [this.focusedDay, state.day, freeDaysIn(state, month)[0], today];
    return candidates.find((day) => day && monthOf(day) === month) ?? `${month}-01`;
  }

  async #moveByKey(event: KeyboardEvent): Promise<void> {
    const { key } = event;
    const day = dayOfEvent(event);
    if (day === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    if (!/^(Arrow|Home|End|Page|Enter| )/.test(key)) return;
    event.preventDefault();
    if (key === 'Enter' || key === ' ') return this.#choose(day, true);
    const { dayAfterKey } = await this.flow.loadLaterSteps();
    const { format, today } = this.flow;
    const isRightToLeft = getComputedStyle(this).direction === 'rtl';
    const next = dayAfterKey(day, event, firstWeekdayOf(format.locale), isRightToLeft, today);
    if (next === null) return;
    this.focusedDay = next;
    this.flow.dispatch({ type: 'show-month', month: monthOf(next) });
    await this.updateComplete;
    this.#focus(`[data-day="${next}"]`);
  }

  async #chooseDay(event: MouseEvent): Promise<void> {
    const day = dayOfEvent(event);
    if (day !== undefined) await this.#choose(day, false);
  }

  async #choose(day: Day, goToTimes: boolean): Promise<void> {
    this.focusedDay = day;
    this.flow.dispatch({ type: 'choose-day', day });
    await this.updateComplete;
    if (this.flow.state.day !== day) return;
    this.#focus(goToTimes ? '.time' : `[data-day="${day}"]`);
  }

  readonly #leaveTimes = (event: KeyboardEvent): void => {
    const { day } = this.flow.state;
    if (event.key !== 'Escape' || event.defaultPrevented || day === null) return;
    event.preventDefault();
    this.focusedDay = day;
    this.#focus(`[data-day="${day}"]`);
  };

  /** A chosen time has one next act, so that is where the focus goes. */
  readonly #followChoice = async (event: MouseEvent): Promise<void> => {
    if (!(event.target instanceof Element) || event.target.closest('.time') === null) return;
    await this.updateComplete;
    const ways = [...this.querySelectorAll<HTMLElement>('.go')];
    ways.find((way) => way.getClientRects().length > 0)?.focus();
  };

  readonly #chooseZone = async (): Promise<void> => {
    await this.flow.loadLaterSteps();
    this.isChoosingZone = !this.isChoosingZone;
  };

  readonly #closeZones = async ({ detail }: CustomEvent<{ keepsFocus: boolean }>) => {
    this.isChoosingZone = false;
    if (detail.keepsFocus) return;
    await this.updateComplete;
    this.#focus('[aria-expanded]');
  };

  #focus(selector: string): void {
    this.querySelector<HTMLElement>(selector)?.focus();
  }
}

// The whole of it comes with the later steps, if they can be had: nobody shall stand before an empty frame.
const renderTrouble = ({ hasLaterSteps, texts, dispatch }: Flow<SelectTime>) =>
  hasLaterSteps
    ? html`<booking-trouble class="trouble" part="trouble"></booking-trouble>`
    : html`<div class="trouble" part="trouble">
        <h2 class="outcome">${texts('unreachable')}</h2>
        <p>
          <button class="button" part="button retry" @click=${() => dispatch({ type: 'retry' })}>
            ${texts('tryAgain')}
          </button>
        </p>
      </div>`;

const dayOfEvent = ({ target }: Event): Day | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-day]')?.dataset['day'] : undefined;
