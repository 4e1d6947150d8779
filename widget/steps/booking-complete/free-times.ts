import { html, nothing, type TemplateResult } from 'lit';
import type { Flow } from '../../flow/context.ts';
import { nearestSlots } from '../../flow/nearest-slots.ts';
import type { Booking, BookingComplete, Slot } from '../../flow/state.ts';
import { dayOf } from '../../time/day.ts';

const COUNT = 4;

type CompleteFlow = Flow<BookingComplete>;

/** The times next to the one that was lost, each the beginning of another try. */
export const freeTimes = (flow: CompleteFlow, { startTime }: Booking): TemplateResult => {
  const { state, texts, dispatch } = flow;
  const { freeTimes: free } = state;
  if (free.is === 'loading') return bones(texts('loadingNearest'));
  const slots = free.is === 'known' ? nearestSlots(free.slots, startTime, COUNT) : [];
  const seeAll = (className: string, part: string, key: 'seeAllTimes' | 'chooseTime') =>
    html`<button
      type="button"
      class=${className}
      part=${part}
      @click=${() => dispatch({ type: 'start-over' })}
    >
      ${texts(key)}
    </button>`;
  return slots.length === 0
    ? html`<p class="stacked">${seeAll('button solid', 'button book-another', 'chooseTime')}</p>`
    : html`<div class="ruled" part="nearest-times">
        <h3 id="nearest-times">${texts('nearestTimes')}</h3>
        <ul class="halves" aria-labelledby="nearest-times">
          ${slots.map((slot) => html`<li>${timeButton(flow, slot)}</li>`)}
        </ul>
        <p class="small">${texts('detailsAreKept')} ${seeAll('quiet', 'link', 'seeAllTimes')}</p>
      </div>`;
};

const timeButton = ({ state, format, dispatch }: CompleteFlow, slot: Slot) => {
  const { startTime } = slot;
  const day = dayOf(startTime, state.zone);
  return html`<button
    type="button"
    class="time nearest"
    part="time"
    @click=${() => dispatch({ type: 'choose-slot', slot })}
  >
    <span>${format.time(startTime, state.zone)}</span>
    <span class="small"
      >${format.written(day, { weekday: 'short', day: 'numeric', month: 'short' })}</span
    >
  </button>`;
};

/** The lost time itself, when it is free again; and all others. */
export const sameTimeAgain = (
  { state, texts, format, dispatch }: CompleteFlow,
  { startTime }: Booking,
): TemplateResult => {
  const { freeTimes: free, zone } = state;
  const same =
    free.is === 'known' ? free.slots.find((slot) => isSame(slot.startTime, startTime)) : undefined;
  return html`<p class="stacked">
    <button
      type="button"
      class="button solid"
      part="button book-another"
      @click=${() => dispatch({ type: 'start-over' })}
    >
      ${texts('chooseTime')}
    </button>
    ${
      same === undefined
        ? nothing
        : html`<button
            type="button"
            class="button"
            part="button try-again"
            @click=${() => dispatch({ type: 'choose-slot', slot: same })}
          >
            ${texts('tryTimeAgain', { time: format.time(startTime, zone) })}
          </button>`
    }
  </p>`;
};

const isSame = (one: string, other: string): boolean => Date.parse(one) === Date.parse(other);

const bones = (label: string) =>
  html`<div class="ruled" aria-busy="true">
    <span class="unseen">${label}</span>
    <div class="halves late">
      ${[...Array<unknown>(COUNT)].map(() => html`<i class="block nearest"></i>`)}
    </div>
  </div>`;
