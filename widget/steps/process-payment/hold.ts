import { html, type TemplateResult } from 'lit';
import type { Flow } from '../../flow/context.ts';
import type { ProcessPayment } from '../../flow/state.ts';
import type { TextKey } from '../../i18n/dictionary.ts';
import { countdownText } from './countdown-text.ts';

/** How long a hold mostly lasts: so long is the whole bar. */
const HOLD_SECONDS = 25 * 60;

export const secondsLeft = ({ state, now }: Flow<ProcessPayment>): number => {
  const { holdExpiresAt } = state.booking;
  if (holdExpiresAt === null) return 0;
  return Math.max(0, Math.ceil((Date.parse(holdExpiresAt) - Date.parse(now)) / 1000));
};

/** Until when the time is held, with a clock that runs down. */
export const hold = (flow: Flow<ProcessPayment>, help: TextKey): TemplateResult => {
  const { state, texts, format } = flow;
  const left = secondsLeft(flow);
  const end = format.time(state.booking.holdExpiresAt ?? flow.now, state.zone);
  return html`<div class="hold" part="hold">
    <span class="clock" part="clock" role="timer" aria-label=${texts('timeLeft')}
      >${countdownText(left, format.locale)}</span
    >
    <span>
      <b>${texts('heldUntil', { end })}</b>
      <span class="small">${texts(left === 0 ? 'holdEnding' : help)}</span>
    </span>
    <svg class="hold-bar" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      <rect width=${Math.min(1, left / HOLD_SECONDS)} height="1"></rect>
    </svg>
  </div>`;
};
