import type { Booking, BookingConfirmRequest } from '../../../server/contract/booking.ts';
import type { Slot } from '../../../server/contract/available-times.ts';
import type { Question } from '../../../server/contract/session-type.ts';
import { sessionType, slot } from '../../test/fixtures.ts';
import { confirmedBody, createStubBackend, json, type Request } from '../../test/stub-backend.ts';
import { BookingStream } from './booking-stream.ts';

type Answer = Response | Promise<Response>;

export const slots: readonly Slot[] = [
  slot('2026-11-19T08:00'),
  slot('2026-11-19T13:45'),
  slot('2026-11-20T09:15'),
];

export const question = (text: string, more: Partial<Question> = {}): Question => ({
  question: text,
  type: 'string',
  position: 0,
  required: false,
  choices: [],
  includeOther: false,
  ...more,
});

export const aBooking = (more: Partial<Booking> = {}): Booking => ({
  id: 'b1',
  status: 'confirmed',
  paymentStatus: 'not_required',
  sessionTypeId: 'workshop',
  title: 'Pricing workshop',
  hostName: 'Ines Almeida',
  startTime: slots[1]?.startTime ?? '',
  endTime: slots[1]?.endTime ?? '',
  timezone: 'Europe/Berlin',
  name: 'Ada Okafor',
  email: 'ada@example.com',
  guests: [],
  price: null,
  location: { kind: 'google_conference', location: null, joinUrl: 'https://meet.google.com/abc' },
  calendlyEventId: 'e1',
  confirmationUrl: 'https://book.example.com/bookings/b1',
  continueUrl: null,
  rescheduledTo: null,
  cancelRequested: false,
  canceledBy: null,
  cancelReason: null,
  rejection: null,
  checkoutUrl: null,
  holdExpiresAt: null,
  paymentDeclined: false,
  refundUntil: null,
  ...more,
});

const isForStream = ({ headers }: Request): boolean =>
  headers.get('accept') === 'text/event-stream';

/** The backend of one visitor: it answers as the contract says, unless a test puts another answer in its place. */
export class LaterBackend {
  readonly #stub = createStubBackend({ slots, answer: (request) => this.#answer(request) });
  readonly fetch = this.#stub.fetch;
  /** What `GET /bookings/:id` gives, and what a confirm request makes. */
  booking = aBooking();
  confirm: (request: Request) => Answer = () => this.confirmed();
  cancel: (request: Request) => Answer = ({ body }) => {
    const { reason = null } = body as { reason?: string };
    this.booking = aBooking({ status: 'canceled', canceledBy: 'invitee', cancelReason: reason });
    return this.current();
  };
  reschedule: (request: Request) => Answer = () => {
    const { startTime = '', endTime = '' } = slots[2] ?? {};
    this.booking = aBooking({ id: 'b2', startTime, endTime });
    return this.current();
  };
  read: (request: Request) => Answer = () => this.current();
  /** As an old server: it knows no streams and answers as always. */
  stream: (request: Request) => Answer = () => this.current();
  times: (request: Request) => Answer | undefined = () => undefined;
  calendarFile: () => Answer = () => new Response('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n');

  constructor(changes: Parameters<typeof sessionType>[0] = {}) {
    this.#stub.sessionTypes = [sessionType({ description: null, ...changes })];
  }

  confirmed(): Response {
    return json(200, confirmedBody(this.booking, 'token'));
  }

  current(): Response {
    return json(200, { success: true, booking: this.booking });
  }

  /** The requests whose path ends so; those for a stream are none of them. */
  sent(end: string): Request[] {
    return this.#stub.requests.filter(
      (request) => request.path.endsWith(end) && !isForStream(request),
    );
  }

  get streamRequests(): Request[] {
    return this.#stub.requests.filter(isForStream);
  }

  get confirmRequest(): BookingConfirmRequest {
    return this.sent('/confirm').at(-1)?.body as BookingConfirmRequest;
  }

  /** Gives a stream from now on, which begins with the booking as it is. */
  startStreaming(): BookingStream[] {
    const opened: BookingStream[] = [];
    this.stream = () => {
      const stream = new BookingStream();
      opened.push(stream);
      stream.send(this.booking);
      return stream.response;
    };
    return opened;
  }

  /** Shows the booking anew, in everything that asks for it. */
  change(booking: Partial<Booking>): Booking {
    this.booking = { ...this.booking, ...booking };
    return this.booking;
  }

  #answer(request: Request): Answer | undefined {
    const { path } = request;
    if (path.endsWith('/available-times')) return this.times(request);
    if (path.endsWith('/confirm')) return this.confirm(request);
    if (path.endsWith('/cancel')) return this.cancel(request);
    if (path.endsWith('/reschedule')) return this.reschedule(request);
    if (path.endsWith('/calendar.ics')) return this.calendarFile();
    if (isForStream(request)) return this.stream(request);
    return path.includes('/bookings/') ? this.read(request) : undefined;
  }
}
