import { html, nothing, type TemplateResult } from 'lit';
import type { Flow } from '../../flow/context.ts';
import type { Booking, BookingComplete, Change } from '../../flow/state.ts';
import { icon } from '../../styles/icon.ts';
import { richText } from '../rich-text.ts';
import { webAddress } from '../web-address.ts';
import { refundNow } from './money-text.ts';
import { workingButton } from '../working-button.ts';

export interface Reason {
  readonly text: string;
  write(event: Event): void;
}

/** Asked once more, with a word for the host and the way back beside it. */
export const cancelQuestion = (
  flow: Flow<BookingComplete>,
  booking: Booking,
  reason: Reason,
): TemplateResult => {
  const { state, texts, format, dispatch } = flow;
  const isWorking = state.change.is === 'canceling';
  const host = booking.hostName;
  return html`<div class="panel outcome-panel" part="cancel">
    <h2 class="outcome" part="outcome-title" tabindex="-1" data-heading>${texts('cancelTitle')}</h2>
    <p class="prose">
      <span class="at">${format.fullSpan(booking.startTime, booking.endTime, state.zone)}</span>
      ${texts('cancelHelp')} ${cost(flow, booking)}
    </p>
    <div class="entry" part="field">
      <label class="entry-label" part="label" for="cancel-reason"
        ><span
          >${
            host === null ? texts('cancelWordAlone') : richText(flow, 'cancelWord', { host })
          }</span
        >
        <span class="optional">${texts('optional')}</span></label
      >
      <textarea
        class="input lines"
        part="input"
        id="cancel-reason"
        rows="3"
        maxlength="500"
        .value=${reason.text}
        ?readonly=${isWorking}
        @input=${reason.write}
      ></textarea>
    </div>
    ${failure(flow)}
    <p class="stacked">
      ${workingButton({
        label: label(flow, booking),
        busyLabel: texts('cancelWorking'),
        isWorking,
        part: 'cancel-booking',
        press: () => dispatch({ type: 'cancel-booking', reason: reason.text.trim() }),
      })}
      <button
        type="button"
        class="button"
        part="button keep"
        aria-disabled=${isWorking}
        @click=${() => {
          if (!isWorking) dispatch({ type: 'keep-booking' });
        }}
      >
        ${texts('keepIt')}
      </button>
    </p>
  </div>`;
};

/** What becomes of the money is known before, not after. */
const cost = (flow: Flow<BookingComplete>, booking: Booking) => {
  const { state, texts, format, now } = flow;
  const refund = refundNow(booking, now);
  if (refund === 'nothing' || booking.price === null) return nothing;
  const price = format.money(booking.price);
  if (refund === 'released') return texts('cancelReleases', { price });
  if (refund === 'refunded') return texts('cancelRefunds', { price });
  const moment = format.moment(booking.refundUntil ?? now, state.zone);
  return richText(flow, 'cancelTooLate', { price, moment, late: html`<b>${texts('tooLate')}</b>` });
};

const label = ({ texts, format, now }: Flow<BookingComplete>, booking: Booking): string => {
  const refund = refundNow(booking, now);
  if (refund === 'too-late') return texts('cancelUnrefunded');
  return refund === 'refunded' && booking.price !== null
    ? texts('cancelAndRefund', { price: format.money(booking.price) })
    : texts('cancelBooking');
};

/** What to say when the booking could not be canceled. */
export const cancelFailure = ({ texts }: Flow, change: Change): string | null => {
  if (change.is !== 'failed') return null;
  if (change.reason === 'unreachable') return texts('notCanceledUnreachable');
  if (change.reason === 'booking_not_changeable') return texts('notChangeable');
  if (change.reason === 'too_many_requests') return texts('notBookedBusy');
  return texts('notCanceled');
};

const failure = (flow: Flow<BookingComplete>) => {
  const sentence = cancelFailure(flow, flow.state.change);
  return sentence === null
    ? nothing
    : html`<div class="notice" part="notice error">${icon('notice')}<span>${sentence}</span></div>`;
};

/** One seat of a group is given back or moved by its invitee alone. */
export const onCalendly = (
  flow: Flow<BookingComplete>,
  booking: Booking,
  { act, url }: Change & { is: 'on-calendly' },
): TemplateResult => {
  const { state, texts, format, dispatch } = flow;
  const href = webAddress(url);
  return html`<div class="panel outcome-panel" part="outcome">
    <h2 class="outcome" part="outcome-title" tabindex="-1" data-heading>
      ${texts('lastStepTitle')}
    </h2>
    <p class="prose">
      <span class="at">${format.fullSpan(booking.startTime, booking.endTime, state.zone)}</span>
      ${texts(act === 'cancel' ? 'cancelOnCalendlyHelp' : 'moveOnCalendlyHelp')}
      ${act === 'cancel' ? cost(flow, booking) : nothing}
    </p>
    <p class="stacked">
      ${
        href === null
          ? nothing
          : html`<a
              class="button solid"
              part="button continue"
              href=${href}
              target="_blank"
              rel="noopener"
              >${texts('finishOnCalendly')} <span class="unseen">(${texts('newTab')})</span>
              <span aria-hidden="true">↗</span></a
            >`
      }
      <button
        type="button"
        class="button"
        part="button keep"
        @click=${() => dispatch({ type: 'keep-booking' })}
      >
        ${texts('keepIt')}
      </button>
    </p>
    <p class="small">${texts('pageNotices')}</p>
  </div>`;
};
