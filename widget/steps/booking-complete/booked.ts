import { html, nothing, type TemplateResult } from 'lit';
import type { Flow } from '../../flow/context.ts';
import type { Booking, BookingComplete } from '../../flow/state.ts';
import { icon } from '../../styles/icon.ts';
import { laterIcon } from '../../styles/later-icons.ts';
import { dayOf } from '../../time/day.ts';
import { placeText } from '../confirm-booking/place-text.ts';
import { richText } from '../rich-text.ts';
import { webAddress } from '../web-address.ts';
import { zoneText } from '../zone-text.ts';
import { addToCalendar } from './add-to-calendar.ts';
import { moneyLine, refundNow } from './money-text.ts';
import { outcomeOf } from './outcome.ts';

/** Calendly has it: when, where, into which calendar, and what can still be changed. */
export const booked = (
  flow: Flow<BookingComplete>,
  booking: Booking,
  fileUrl: string | null,
): TemplateResult => {
  const { state, texts, format } = flow;
  const { title, help } = outcomeOf(booking, state.isMoved);
  const weekday = format.weekday(dayOf(booking.startTime, state.zone), 'long');
  return html`<div class="panel outcome-panel" part="outcome">
    <span class="done-sign" part="outcome-sign">${laterIcon('check')}</span>
    <h2 class="outcome" part="outcome-title" tabindex="-1" data-heading>
      ${texts(title, { weekday })}
    </h2>
    <p class="prose" part="outcome-text">
      <span class="at">${format.fullSpan(booking.startTime, booking.endTime, state.zone)}</span>
      ${placed(flow, booking)} ${help.map((key) => richText(flow, key, { email: booking.email }))}
    </p>
    ${money(flow, booking)} ${join(flow, booking)} ${addToCalendar(flow, booking, fileUrl)}
    ${changes(flow, booking)}
  </div>`;
};

const placed = (flow: Flow<BookingComplete>, { location, startTime }: Booking) => {
  const zone = zoneText(flow, flow.state.zone, startTime);
  return location === null
    ? richText(flow, 'zoneAlone', { zone })
    : richText(flow, 'zoneAt', { zone, place: placeText(flow, location).title });
};

const join = (flow: Flow<BookingComplete>, { location }: Booking) => {
  const { texts } = flow;
  if (location === null) return nothing;
  const url = webAddress(location.joinUrl);
  if (url !== null) {
    const isNamed = location.kind.endsWith('_conference');
    return html`<p class="stacked">
      <a class="button" part="button join" href=${url} target="_blank" rel="noopener"
        ><span
          >${
            isNamed
              ? richText(flow, 'join', { place: placeText(flow, location).title })
              : texts('joinOnline')
          }</span
        >
        <span class="unseen">(${texts('newTab')})</span></a
      >
    </p>`;
  }
  return location.kind.endsWith('_conference')
    ? html`<p class="small">${texts('linkToCome')}</p>`
    : nothing;
};

const money = (flow: Flow<BookingComplete>, booking: Booking) => {
  const line = moneyLine(flow, booking);
  return line === null
    ? nothing
    : html`<p class="money" part="payment">${icon('card')}<span>${line}</span></p>`;
};

/** Until when canceling brings the money back, or that it costs nothing. */
const rule = ({ texts, format, state, now }: Flow<BookingComplete>, booking: Booking) => {
  const { price, refundUntil } = booking;
  if (price === null) {
    const isFree = state.sessionType?.price === null && !state.sessionType.paidOnCalendly;
    return isFree ? texts('sameLinks') : null;
  }
  if (refundNow(booking, now) === 'too-late') return texts('noRefundNow');
  return [
    refundUntil === null
      ? texts('refundAnyTime')
      : texts('refundUntil', { moment: format.moment(refundUntil, state.zone) }),
    texts('linksInMail'),
  ].join(' ');
};

const changes = (flow: Flow<BookingComplete>, booking: Booking) => {
  const { texts, dispatch } = flow;
  const word = (
    key: 'reschedule' | 'cancelBooking' | 'bookAnother',
    press: () => void,
    apart = '',
  ) =>
    html`<button type="button" class="quiet ${apart}" part="link" @click=${press}>
      ${texts(key)}
    </button>`;
  const sentence = rule(flow, booking);
  return html`<div class="ruled">
    <p class="ways-on">
      ${word('reschedule', () => dispatch({ type: 'reschedule-booking' }))}
      ${word('cancelBooking', () => dispatch({ type: 'ask-to-cancel' }))}
      ${word('bookAnother', () => dispatch({ type: 'start-over' }), 'apart')}
    </p>
    ${sentence === null ? nothing : html`<p class="small">${sentence}</p>`}
  </div>`;
};
