import { html, nothing, type TemplateResult } from 'lit';
import type { Flow } from '../../flow/context.ts';
import type { Booking, BookingComplete } from '../../flow/state.ts';
import { placeText } from '../confirm-booking/place-text.ts';
import { webAddress } from '../web-address.ts';
import { googleCalendarUrl, outlookCalendarUrl, type CalendarEntry } from './calendar-links.ts';

/** Two calendars of the web, and a file for all others. */
export const addToCalendar = (
  flow: Flow<BookingComplete>,
  booking: Booking,
  fileUrl: string | null,
): TemplateResult => {
  const { texts } = flow;
  const entry = entryOf(flow, booking);
  return html`<div class="ruled" part="calendars">
    <h3 id="add-to-calendar">${texts('addToCalendar')}</h3>
    <div class="thirds" role="group" aria-labelledby="add-to-calendar">
      ${elsewhere(flow, googleCalendarUrl(entry), texts('googleCalendar'))}
      ${elsewhere(flow, outlookCalendarUrl(entry), texts('outlookCalendar'))} ${file(flow, fileUrl)}
    </div>
    ${
      flow.state.calendarFile.is === 'failed'
        ? html`<p class="small">${texts('calendarFileFailed')}</p>`
        : nothing
    }
  </div>`;
};

const entryOf = ({ texts }: Flow, booking: Booking): CalendarEntry => {
  const { title, hostName, startTime, endTime, location } = booking;
  const joinUrl = webAddress(location?.joinUrl);
  return {
    title: hostName === null ? title : texts('calendarTitle', { title, host: hostName }),
    startTime,
    endTime,
    details: joinUrl === null ? '' : texts('calendarJoin', { url: joinUrl }),
    location: joinUrl ?? (location === null ? '' : placeText({ texts }, location).title),
  };
};

const elsewhere = ({ texts }: Flow, url: string, name: string) =>
  html`<a class="button" part="button calendar" href=${url} target="_blank" rel="noopener"
    >${name} <span class="unseen">(${texts('newTab')})</span></a
  >`;

const file = ({ state, texts, dispatch }: Flow<BookingComplete>, url: string | null) =>
  state.calendarFile.is === 'failed'
    ? html`<button
        type="button"
        class="button"
        part="button calendar"
        @click=${() => dispatch({ type: 'load-calendar-file' })}
      >
        ${texts('calendarFile')}
      </button>`
    : html`<a
        class="button"
        part="button calendar"
        role="link"
        href=${url ?? nothing}
        aria-disabled=${url === null ? 'true' : nothing}
        download="booking.ics"
        type="text/calendar"
        >${texts('calendarFile')}</a
      >`;
