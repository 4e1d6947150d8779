import { html } from 'hono/html';
import type { Markup } from '../page/layout.ts';
import type { CalendlySandbox } from '../calendly/calendly.ts';
import type { BackendView, OurBooking } from './backend-view.ts';
import { calendlyLedger } from './calendly-ledger.ts';
import { counted, minuteOf, type Row, timeOfDay } from './row.ts';
import { moneyInWords, stripeLedger } from './stripe-ledger.ts';
import type { PanelSubjects } from './switches.ts';

export interface LedgersView {
  subjects: PanelSubjects;
  now: number;
  backend: BackendView | undefined;
  /** The booking whose story is told; all of them when there is none. */
  booking: string | undefined;
}

interface Ledger {
  title: string;
  summary: string;
  rows: Row[];
}

/** As many as a person reads. */
const mostRows = 80;
const mostBookings = 6;

const minuteMs = 60_000;
/** Of the ordinary plans: bookings by API in any minute. */
const quotaPerMinute = 10;

function oursInWords(bookings: readonly OurBooking[]): string {
  const count = (status: OurBooking['status']): number =>
    bookings.filter((booking) => booking.status === status).length;
  return `${count('confirmed')} confirmed, ${count('rejected')} rejected, ${count('awaiting_payment')} held`;
}

function calendarInWords(calendly: CalendlySandbox, now: number): string {
  const tried = calendly.calls({ method: 'POST', path: /^\/invitees$/ });
  const lately = tried.filter(({ at }) => Date.parse(at) > now - minuteMs).length;
  const booked = calendly.state.invitees.filter(
    ({ status, scheduling_method: method }) => status === 'active' && method !== null,
  ).length;
  return `${counted(booked, 'booking', 'bookings')}, quota ${lately} of ${quotaPerMinute} a minute`;
}

const ledgersOf = ({ subjects, backend, now }: LedgersView): Ledger[] => [
  ...(backend
    ? [{ title: 'Ours', summary: oursInWords(backend.bookings), rows: backend.rows }]
    : []),
  {
    title: 'Calendly',
    summary: calendarInWords(subjects.calendly, now),
    rows: calendlyLedger(subjects.calendly, backend?.bookings),
  },
  {
    title: 'Stripe',
    summary: moneyInWords(subjects.stripe),
    rows: stripeLedger(subjects.stripe),
  },
];

const nameOf = ({ name, startTime }: OurBooking): string => `${name}, ${startTime.slice(11, 16)}`;

/** Whose story the ledgers tell. */
function bookingLinks({ backend, booking }: LedgersView): Markup | string {
  if (!backend || backend.bookings.length === 0) return '';
  const link = (href: string, label: string, isChosen: boolean): Markup => html`
    <a href="${href}" ${isChosen ? html`aria-current="true"` : ''}>${label}</a>
  `;
  return html`<nav class="bookings" aria-label="Bookings">
    ${link('/_sandbox/', 'Everything', booking === undefined)}
    ${backend.bookings
      .slice(0, mostBookings)
      .map((one) => link(`/_sandbox/?booking=${one.id}`, nameOf(one), one.id === booking))}
  </nav>`;
}

const cell = (row: Row, whose: string | undefined): Markup =>
  html`<td>
    ${row.tone ? html`<span class="tag ${row.tone}">${row.title}</span>` : html`<code>${row.title}</code>`}
    ${row.detail ? html`<p>${row.detail}</p>` : ''} ${whose ? html`<p>${whose}</p>` : ''}
  </td>`;

/** One time axis, a column per ledger; it reads as it happened, from top to bottom. */
function timeAxis(view: LedgersView): Markup {
  const { backend, booking } = view;
  const ledgers = ledgersOf(view);
  const rows = ledgers
    .flatMap((ledger) => ledger.rows.map((row) => ({ row, ledger })))
    .filter(({ row }) => booking === undefined || row.booking === booking)
    .toSorted((a, b) => a.row.at.localeCompare(b.row.at))
    .slice(-mostRows);
  if (rows.length === 0)
    return html`<p class="card empty">
      Nothing has happened yet. Book something, and it shows here.
    </p>`;
  const whose = ({ booking: id }: Row): string | undefined => {
    const found = booking === undefined && backend?.bookings.find((one) => one.id === id);
    return found ? `${found.name}, ${minuteOf(found.startTime)}` : undefined;
  };
  return html`<div class="card scroll">
    <table class="axis">
      <thead>
        <tr>
          <th><span class="visually-hidden">Time</span></th>
          ${ledgers.map(({ title, summary }) => html`<th><strong>${title}</strong>${summary}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ row, ledger }) =>
            html`<tr class="${row.trouble ? 'trouble' : ''}">
              <td class="time">${timeOfDay(row.at)}</td>
              ${ledgers.map((own) => (own === ledger ? cell(row, whose(row)) : html`<td></td>`))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The three ledgers side by side, of one booking or of all. */
export const ledgers = (view: LedgersView): Markup => html`${bookingLinks(view)}${timeAxis(view)}`;
