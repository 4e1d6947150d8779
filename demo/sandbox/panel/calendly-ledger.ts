import type { CalendlySandbox, Delivery, RecordedCall } from '../calendly/calendly.ts';
import type { Invitee } from '../calendly/resources.ts';
import type { OurBooking } from './backend-view.ts';
import { callRow, counted, isTroubled, minuteOf, type Row } from './row.ts';

const bookingOf = (invitee: Invitee | undefined): string | undefined =>
  invitee?.tracking.salesforce_uuid ?? undefined;

const whatFor = ({ state }: CalendlySandbox, invitee: Invitee): string => {
  const event = state.events.find(({ uri }) => uri === invitee.event);
  return `${event?.name ?? 'Event'}, ${minuteOf(event?.start_time ?? '')} UTC, ${invitee.name}`;
};

const deliveryRow = (sandbox: CalendlySandbox, delivery: Delivery): Row => {
  const { attempts, status } = delivery;
  const last = attempts.at(-1);
  const answers = last ? `, answered ${last.status ?? last.error}` : '';
  return {
    at: attempts[0]?.at ?? delivery.created_at,
    title: delivery.event,
    detail: `Webhook ${status}, ${counted(attempts.length, 'attempt', 'attempts')}${answers}`,
    trouble: status === 'lost' || attempts.length > 1,
    booking: bookingOf(sandbox.state.invitees.find(({ uri }) => uri === delivery.subject)),
  };
};

const inviteeRows = (sandbox: CalendlySandbox, invitee: Invitee): Row[] => {
  const about = { detail: whatFor(sandbox, invitee), booking: bookingOf(invitee) };
  const { cancellation, created_at: at } = invitee;
  return [
    {
      ...about,
      at,
      title: invitee.old_invitee
        ? 'moved'
        : invitee.scheduling_method === 'api'
          ? 'booked'
          : 'booked on Calendly',
      tone: 'good',
    },
    ...(cancellation && !invitee.rescheduled
      ? [
          {
            ...about,
            at: cancellation.created_at,
            title: `canceled by ${cancellation.canceler_type}`,
            tone: 'neutral',
          } satisfies Row,
        ]
      : []),
  ];
};

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** The booking that a call was made for: by the tag it carries, or by whom it is about. */
function bookingOfCall({ state }: CalendlySandbox, call: RecordedCall): string | undefined {
  const tag = fieldsOf(fieldsOf(call.body)['tracking'])['salesforce_uuid'];
  if (typeof tag === 'string') return tag;
  const event = state.events.find(({ uri }) => call.path.startsWith(new URL(uri).pathname));
  return event && bookingOf(state.invitees.find((invitee) => invitee.event === event.uri));
}

/** The look for an invitee whose fate is unknown asks for the one second in which the booking begins. */
const lookUpRow =
  (bookings: readonly OurBooking[]) =>
  (call: RecordedCall): Row[] => {
    const from = Date.parse(call.query['min_start_time'] ?? '');
    const booking = bookings.find(({ startTime }) => Date.parse(startTime) - 1000 === from);
    return booking === undefined
      ? []
      : [
          {
            at: call.at,
            title: `${call.method} ${call.path}`,
            detail: 'Is it there already?',
            booking: booking.id,
          },
        ];
  };

/** What became of the calendar, and what was asked in vain; mere reading is in the log of calls. */
export const calendlyLedger = (
  sandbox: CalendlySandbox,
  bookings: readonly OurBooking[] = [],
): Row[] => [
  ...sandbox.state.calls
    .filter((call) => call.method !== 'GET' && isTroubled(call))
    .map((call) => ({ ...callRow(call), booking: bookingOfCall(sandbox, call) })),
  ...sandbox.state.calls
    .filter(({ method, path }) => method === 'GET' && path === '/scheduled_events')
    .flatMap(lookUpRow(bookings)),
  ...sandbox.state.invitees
    // What she had in her calendar before anybody came here is no news.
    .filter(({ scheduling_method: method }) => method !== null)
    .flatMap((invitee) => inviteeRows(sandbox, invitee)),
  ...sandbox.state.deliveries.map((delivery) => deliveryRow(sandbox, delivery)),
];
