import { html, nothing, type TemplateResult } from 'lit';
import type { Flow } from '../../flow/context.ts';
import type { SettleBooking } from '../../flow/state.ts';
import { richText } from '../rich-text.ts';
import { webAddress } from '../web-address.ts';

/** Taken, not settled: Calendly is being asked, or the invitee has the last step. */
export const settling = (flow: Flow<SettleBooking>): TemplateResult =>
  flow.state.booking.status === 'awaiting_invitee' ? lastStep(flow) : waiting(flow);

const waiting = (flow: Flow<SettleBooking>) => {
  const { texts, format, state } = flow;
  const { booking, zone, attempt } = state;
  const time = format.time(booking.startTime, zone);
  const host = booking.hostName;
  return html`<div class="panel outcome-panel" part="outcome">
    <h2 class="outcome" part="outcome-title" tabindex="-1" data-heading>
      ${texts('settlingTitle')}
    </h2>
    <p class="prose">${texts(attempt.isLate ? 'settlingLate' : 'settlingHelp')}</p>
    <p class="settling-step">
      <i class="spinner"></i>
      <span>
        <b
          >${
            host === null
              ? texts('settlingStepAlone', { time })
              : richText(flow, 'settlingStep', { time, host })
          }</b
        >
        <span class="small">${format.fullSpan(booking.startTime, booking.endTime, zone)}</span>
      </span>
    </p>
  </div>`;
};

const money = ({ texts, format, state }: Flow<SettleBooking>) => {
  const { price, paymentStatus } = state.booking;
  if (price === null) return nothing;
  const key = paymentStatus === 'paid' ? 'goesBackUnfinished' : 'chargedOnceFinished';
  return html`<p class="prose">${texts(key, { price: format.money(price) })}</p>`;
};

// In a tab of its own: this page stays, keeps looking, and is where the invitee comes back to. Calendly's page knows no
// way back.
const lastStep = (flow: Flow<SettleBooking>) => {
  const { texts, format, state, dispatch } = flow;
  const { booking, zone } = state;
  const url = webAddress(booking.continueUrl);
  // Whoever has paid wants their money back, too, before they go on.
  const isMoneyIn = booking.price !== null;
  return html`<div class="panel outcome-panel" part="outcome">
    <h2 class="outcome" part="outcome-title" tabindex="-1" data-heading>
      ${texts('lastStepTitle')}
    </h2>
    <p class="prose">
      ${richText(flow, 'lastStepHelp', {
        time: html`<b>${format.moment(booking.startTime, zone)}</b>`,
      })}
    </p>
    ${money(flow)}
    ${
      url === null
        ? nothing
        : html`<p class="stacked">
              <a
                class="button solid"
                part="button continue"
                href=${url}
                target="_blank"
                rel="noopener"
              >
                ${texts('finishOnCalendly')} <span class="unseen">(${texts('newTab')})</span>
                <span aria-hidden="true">↗</span>
              </a>
            </p>
            <p class="small">${texts('pageNotices')}</p>`
    }
    <p class="ways-on">
      <button
        type="button"
        class="quiet"
        part="link"
        @click=${() =>
          dispatch(isMoneyIn ? { type: 'give-back', next: 'end' } : { type: 'start-over' })}
      >
        ${texts(isMoneyIn ? 'giveBack' : 'chooseAnotherTime')}
      </button>
    </p>
  </div>`;
};
