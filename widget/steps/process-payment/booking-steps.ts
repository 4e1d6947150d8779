import { html, nothing, type TemplateResult } from 'lit';
import type { Flow } from '../../flow/context.ts';
import type { ProcessPayment } from '../../flow/state.ts';
import { laterIcon } from '../../styles/later-icons.ts';
import { richText } from '../rich-text.ts';
import { zoneText } from '../zone-text.ts';

/** Paid or reserved, and Calendly is being asked: how far it is. */
export const bookingSteps = (flow: Flow<ProcessPayment>): TemplateResult => {
  const { state, texts, format } = flow;
  const { booking, zone, isLate } = state;
  const { hostName: host, startTime, endTime } = booking;
  const isPaid = booking.paymentStatus === 'paid';
  const price = booking.price === null ? '' : format.money(booking.price);
  const time = format.time(startTime, zone);
  const late = isPaid ? 'receivedLate' : 'reservedLate';
  return html`<div class="panel outcome-panel" part="outcome">
    <h2 class="outcome" part="outcome-title" tabindex="-1" data-heading>
      ${texts(isPaid ? 'receivedTitle' : 'reservedTitle')}
    </h2>
    <p class="prose" part="outcome-text">${texts(isLate ? late : 'settlingHelp')}</p>
    <ol class="progress-list" part="progress-list">
      ${step(
        html`<i class="sign done">${laterIcon('check')}</i>`,
        texts(isPaid ? 'received' : 'reserved', { price }),
        texts(isPaid ? 'goesBack' : 'notCharged'),
      )}
      ${step(
        html`<i class="sign turning"></i>`,
        host === null
          ? texts('settlingStepAlone', { time })
          : richText(flow, 'settlingStep', { time, host }),
        html`${format.fullSpan(startTime, endTime, zone)}<br />${zoneText(flow, zone, startTime)}`,
        true,
      )}
      ${step(html`<i class="sign"></i>`, texts(isPaid ? 'invitedLast' : 'chargedLast'))}
    </ol>
  </div>`;
};

const step = (sign: TemplateResult, title: unknown, help: unknown = nothing, isCurrent = false) =>
  html`<li aria-current=${isCurrent ? 'step' : nothing}>
    ${sign}
    <span>
      <span class="what">${title}</span>
      <span class="small">${help}</span>
    </span>
  </li>`;
