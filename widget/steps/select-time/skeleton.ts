import { html } from 'lit';

/** The day's times before they are known, in their final place. */
export const timesBones = html`<div class="late">
  <i class="block b2"></i><i class="block b1"></i>
  ${[3, 3, 1].map(
    (times) =>
      html`<i class="block b0"></i>
        <div class="ul">
          ${Array.from({ length: times }, () => html`<i class="block time"></i>`)}
        </div>`,
  )}
</div>`;
