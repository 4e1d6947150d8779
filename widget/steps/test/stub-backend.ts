import type { Booking, BookingConfirmRequest } from '../../../server/contract/booking.ts';
import type { Question, SessionType } from '../../../server/contract/session-type.ts';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
}
type Answer = Response | Promise<Response>;

export const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });

export const refusal = (status: number, code: string, more: object = {}): Response =>
  json({ success: false, error: `The server says ${code}.`, code, ...more }, status);

export const slots = ['2026-11-19T08:00', '2026-11-19T13:45', '2026-11-20T09:15'].map((time) => ({
  startTime: `${time}:00.000Z`,
  endTime: new Date(Date.parse(`${time}Z`) + 3_600_000).toISOString(),
  schedulingUrl: `https://calendly.com/ines/workshop/${time}`,
  inviteesRemaining: 1,
}));

export const question = (text: string, more: Partial<Question> = {}): Question => ({
  question: text,
  type: 'string',
  position: 0,
  required: false,
  choices: [],
  includeOther: false,
  ...more,
});

export const workshop = (more: Partial<SessionType> = {}): SessionType => ({
  id: 'workshop',
  title: 'Pricing workshop',
  description: null,
  duration: 60,
  price: null,
  category: null,
  requiresAuth: false,
  kind: 'solo',
  host: { name: 'Ines Almeida' },
  locations: [{ kind: 'google_conference', location: null, additionalInfo: null }],
  questions: [],
  displayOrder: 0,
  schedulingUrl: 'https://calendly.com/ines/workshop',
  eventType: 'https://api.calendly.com/event_types/A',
  slug: 'workshop',
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
  ...more,
});

/** A backend without a network: it answers as the contract says, unless a test puts another answer in its place. */
export class StubBackend {
  readonly requests: Request[] = [];
  sessionType = workshop();
  /** What `GET /bookings/:id` gives. */
  booking = aBooking();
  confirm: (request: Request) => Answer = () => this.confirmed();
  cancel: (request: Request) => Answer = ({ body }) => {
    const { reason = null } = body as { reason?: string };
    this.booking = aBooking({ status: 'canceled', canceledBy: 'invitee', cancelReason: reason });
    return this.current();
  };
  reschedule: (request: Request) => Answer = () => {
    this.booking = aBooking({
      id: 'b2',
      startTime: slots[2]?.startTime ?? '',
      endTime: slots[2]?.endTime ?? '',
    });
    return this.current();
  };
  read: () => Answer = () => this.current();
  calendarFile: () => Answer = () => new Response('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n');

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof globalThis.Request ? input.url : input);
    const request: Request = {
      method: init?.method ?? 'GET',
      path: url.pathname,
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
    };
    this.requests.push(request);
    return this.#answer(request);
  };

  confirmed(): Response {
    const { booking } = this;
    return json({
      success: true,
      paymentRequired: false,
      booking: { ...booking, token: 'token', calendlyEventId: 'e1' },
    });
  }

  current(): Response {
    return json({ success: true, booking: this.booking });
  }

  /** The requests whose path ends so. */
  sent(end: string): Request[] {
    return this.requests.filter(({ path }) => path.endsWith(end));
  }

  get confirmRequest(): BookingConfirmRequest {
    return this.sent('/confirm').at(-1)?.body as BookingConfirmRequest;
  }

  #answer(request: Request): Answer {
    const { path } = request;
    if (path.endsWith('/available-times')) {
      return json({
        sessionType: this.sessionType,
        slots,
        stale: false,
        from: '2026-11-01T00:00:00.000Z',
        to: '2027-02-01T00:00:00.000Z',
      });
    }
    if (path.endsWith('/confirm')) return this.confirm(request);
    if (path.endsWith('/cancel')) return this.cancel(request);
    if (path.endsWith('/reschedule')) return this.reschedule(request);
    if (path.endsWith('/calendar.ics')) return this.calendarFile();
    return this.read();
  }
}
