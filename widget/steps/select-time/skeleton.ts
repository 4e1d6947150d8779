import { html } from 'lit';

const some = (times: number) =>
  html`<i class="block b3"></i>
    <div class="list">
      ${Array.from({ length: times }, () => html`<i class="block time"></i>`)}
    </div>`;

/** The day's times before they are known, in their final place. */
export const timesBones = html`<div class="late">
  <i class="block b2"></i><i class="block b1"></i>${some(3)}${some(3)}${some(1)}
</div>`;
