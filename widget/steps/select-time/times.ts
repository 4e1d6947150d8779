import { html, nothing, type TemplateResult } from 'lit';
import type { Flow } from '../../flow/context.ts';
import type { SelectTime, Slot } from '../../flow/state.ts';
import { icon } from '../../styles/icon.ts';
import { partOfDay, partsOfDay } from '../../time/slots.ts';
import { offsetMinutes } from '../../time/zone.ts';

/** Few enough to say so. */
const FEW_SEATS = 3;

/** A long day takes two columns, so that the frame keeps its height. */
export const isDense = (slots: readonly Slot[]): boolean => slots.length > 8;

/** One day's times: lists under morning, afternoon, evening. */
export const timesView = (flow: Flow<SelectTime>, slots: readonly Slot[]): TemplateResult => {
  const { state, texts, format } = flow;
  const times = slots.map(({ startTime }) => format.time(startTime, state.zone));
  // When clocks go back an hour happens twice: then the time alone does not say which one.
  const twice = new Set(times.filter((time, index) => times.indexOf(time) !== index));
  return html`${notices(flow)}
    <div class="groups${isDense(slots) ? ' dense' : ''}" part="groups">
      ${partsOfDay.map((part) => {
        const own = slots.filter((slot) => partOfDay(slot, state.zone) === part);
        return own.length === 0
          ? nothing
          : html`<h3 class="tiny" part="group-title" id=${part}>${texts(part)}</h3>
              <ul class="list" aria-labelledby=${part} part="times-list">
                ${own.map((slot) => timeView(flow, slot, twice))}
              </ul>`;
      })}
    </div>`;
};

const notices = ({ state, texts, format }: Flow<SelectTime>) => [
  state.lostSlot === null
    ? nothing
    : html`<p class="notice" part="notice">
        ${icon('notice')}
        <span
          ><b>${texts('taken', { time: format.time(state.lostSlot.startTime, state.zone) })}</b>
          ${texts('takenHelp')}</span
        >
      </p>`,
  state.times.stale
    ? html`<p class="notice" part="notice">${icon('notice')}<span>${texts('stale')}</span></p>`
    : nothing,
];

const timeView = (flow: Flow<SelectTime>, slot: Slot, twice: ReadonlySet<string>) => {
  const { state, texts, format, options, dispatch } = flow;
  const { zone, sessionType } = state;
  const isChosen = state.slot?.startTime === slot.startTime;
  const time = format.time(slot.startTime, zone);
  const seats = slot.inviteesRemaining;
  const note = twice.has(time)
    ? `UTC${format.offset(offsetMinutes(zone, slot.startTime))}`
    : sessionType?.kind === 'group' && seats <= FEW_SEATS
      ? texts('seatsLeft', { count: seats })
      : '';
  return html`<li class=${isChosen ? 'chosen' : ''}>
    <button
      class="time"
      part=${isChosen ? 'time selected' : 'time'}
      aria-pressed=${isChosen}
      data-start=${slot.startTime}
      @click=${() => dispatch({ type: 'choose-slot', slot: isChosen ? null : slot })}
    >
      <span>${time}</span>${note && html`<span class="few tiny">${note}</span>`}
    </button>
    ${isChosen && !options.isPicker ? goOn(flow, time) : nothing}
  </li>`;
};

/** Continue: beside the chosen time, or in the bar at the bottom where there is no room beside it. */
export const goOn = ({ state, texts, dispatch }: Flow<SelectTime>, time: string) =>
  html`<button
    class="button solid go"
    part="button continue"
    aria-label=${texts('continueWith', { time })}
    aria-busy=${state.leaving}
    @click=${() => dispatch({ type: 'continue' })}
  >
    ${texts('continue')}
  </button>`;
