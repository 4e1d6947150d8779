import { html, nothing, type PropertyValues } from 'lit';
import type { Flow } from '../../flow/context.ts';
import type { SelectTime } from '../../flow/state.ts';
import { freeDaysIn } from '../../flow/open-times.ts';
import { monthOf, type Day } from '../../time/day.ts';
import { slotsByDay } from '../../time/slots.ts';
import { hasTemporal } from '../../time/temporal.ts';
import { StepElement } from '../step-element.ts';
import { zoneText } from '../zone-text.ts';
import { announcementOf } from './announcement.ts';
import { dayOfElement, monthView, shownMonth } from './month.ts';
import { stepBones, timesBones } from './skeleton.ts';
import { goOn, isDense, timesView } from './times.ts';

/** The first step: a month of days, a day of times. */
export class BookingSelectTime extends StepElement<SelectTime> {
  static override properties = {
    focusedDay: { state: true },
    isChoosingZone: { state: true },
  };

  /** Where the arrows have gone; the selected day is another thing. */
  declare focusedDay: Day | null;
  declare isChoosingZone: boolean;

  protected readonly step = 'SELECT_TIME';

  constructor() {
    super();
    this.focusedDay = null;
    this.isChoosingZone = false;
    for (const type of ['click', 'keydown', 'close']) {
      this.addEventListener(type, (event) => void this.#attend(event));
    }
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.flow.announce(hasTemporal() ? announcementOf(this.flow) : '');
  }

  protected override render() {
    const { flow } = this;
    const { phase } = flow.state;
    if (phase.is === 'loading') return stepBones(flow);
    if (phase.is === 'choosing-session-type' || !hasTemporal()) return nothing;
    if (phase.is === 'unreachable' || phase.is === 'not-found') return renderTrouble(flow);
    return html`${monthView(flow, this.#tabStop(), this.#chooseDay)}
      <div class="times" part="times">${this.#renderTimes()}</div>
      ${this.#renderBar()}`;
  }

  #renderTimes() {
    const { state, format, texts } = this.flow;
    const slots = this.#slots();
    const month = shownMonth(this.flow);
    if (slots.length === 0 && state.monthIs === 'loading') return timesBones;
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
        >
          ${texts('changeZone')}
        </button>
      </p>
      ${this.isChoosingZone ? html`<booking-zone-picker></booking-zone-picker>` : nothing}
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

  /** Keys, the way of the focus and the zones come with the later steps; choosing itself does not wait for them. */
  readonly #attend = async (event: Event): Promise<void> => {
    // A listener outside the shadow root has no target any more once the code is there.
    const { target } = event;
    if (!(target instanceof Element) || event.defaultPrevented) return;
    if (event instanceof KeyboardEvent) {
      if (!isMove(event, target)) return;
      event.preventDefault();
    }
    const later = await this.flow.loadLaterSteps().catch(() => null);
    later?.attendSelectTime(this, event, target);
  };

  readonly #chooseDay = ({ target }: MouseEvent): void => {
    const day = target instanceof Element ? dayOfElement(target) : undefined;
    if (day !== undefined) this.flow.dispatch({ type: 'choose-day', day });
  };
}

/** A key of the date grid, or Escape from the times back to it. */
const isMove = (event: KeyboardEvent, target: Element): boolean =>
  !(event.altKey || event.ctrlKey || event.metaKey) &&
  (dayOfElement(target) === undefined
    ? event.key === 'Escape'
    : /^(Arrow|Home|End|Page|Enter| )/.test(event.key));

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
