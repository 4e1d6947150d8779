import { html, type TemplateResult } from 'lit';
import type { Flow } from '../../flow/context.ts';
import type { SelectTime } from '../../flow/state.ts';
import { shownMonth } from './month.ts';

const some = (times: number) =>
  html`<i class="block b3"></i>
    <div class="list">
      ${[...Array<unknown>(times)].map(() => html`<i class="block time"></i>`)}
    </div>`;

/** The day's times before they are known, in their final place. */
export const timesBones = html`<div class="late">
  <i class="block b2"></i><i class="block b1"></i>${some(3)}${some(3)}${some(1)}
</div>`;

const week = html`<div class="week late">
  <i class="day loading"></i><i class="day loading"></i><i class="day loading"></i
  ><i class="day loading"></i><i class="day loading"></i><i class="day loading"></i
  ><i class="day loading"></i>
</div>`;

/**
 * The step before anything is known, in its final size. Everyone waits behind it, so it is as little as can be; and what
 * is dear to make is made now, while there is nothing else to do.
 */
export const stepBones = (flow: Flow<SelectTime>): TemplateResult => {
  const { format, state, now, today } = flow;
  format.day(today);
  format.weekday(today, 'short');
  format.weekday(today, 'long');
  format.time(now, state.zone);
  return html`<div class="month" part="month">
      <div class="head">
        <h2 id="month" part="month-title">${format.month(shownMonth(flow))}</h2>
      </div>
      <div role="grid" part="grid" aria-labelledby="month" aria-busy="true">
        <div class="week weekdays tiny">&nbsp;</div>
        ${[week, week, week, week, week, week]}
      </div>
      <p class="legend"></p>
    </div>
    <div class="times" part="times" aria-busy="true">${timesBones}</div>`;
};
