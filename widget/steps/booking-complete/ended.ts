import { html, nothing, type TemplateResult } from 'lit';
import type { Flow } from '../../flow/context.ts';
import type { Booking, BookingComplete } from '../../flow/state.ts';
import { richText } from '../rich-text.ts';
import { freeTimes, sameTimeAgain } from './free-times.ts';
import { moneyBackText } from './money-text.ts';
import { outcomeOf } from './outcome.ts';

/** It came to nothing, or is about to: what happened, what it costs, and the way on. */
export const ended = (flow: Flow<BookingComplete>, booking: Booking): TemplateResult => {
  const { state, texts, format, dispatch } = flow;
  const outcome = outcomeOf(booking);
  const time = format.time(booking.startTime, state.zone);
  const host = booking.hostName ?? '';
  const isCanceled = booking.status === 'canceled';
  // Said already.
  const hasMoneyText = booking.rejection !== 'payment_unavailable';
  return html`<div class="panel outcome-panel" part="outcome">
    <h2 class="outcome" part="outcome-title" tabindex="-1" data-heading>
      ${texts(outcome.title, { time })}
    </h2>
    <p class="prose" part="outcome-text">
      <span class="at">${when(flow, booking)}</span>
      ${outcome.help.map((key) => richText(flow, key, { time, host, email: booking.email }))}
      ${hasMoneyText ? moneyBackText(flow, booking) : nothing}
    </p>
    ${
      isCanceled && booking.cancelReason
        ? html`<div>
            <p class="small">${texts('canceledReason')}</p>
            <p class="quote" part="cancel-reason"><bdi>${booking.cancelReason}</bdi></p>
          </div>`
        : nothing
    }
    ${outcome.is === 'lost' ? freeTimes(flow, booking) : nothing}
    ${outcome.is === 'free-again' ? sameTimeAgain(flow, booking) : nothing}
    ${
      outcome.is === 'over'
        ? html`<p class="stacked">
            <button
              type="button"
              class="button solid"
              part="button book-another"
              @click=${() => dispatch({ type: 'start-over' })}
            >
              ${texts(isCanceled ? 'bookAnother' : 'chooseTime')}
            </button>
          </p>`
        : nothing
    }
  </div>`;
};

const when = (
  { format, state }: Flow<BookingComplete>,
  { status, startTime, endTime }: Booking,
) => {
  const span = format.fullSpan(startTime, endTime, state.zone);
  return status === 'canceled' || status === 'rescheduled' ? html`<s>${span}</s>` : span;
};
