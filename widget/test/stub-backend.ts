import type { Slot } from '../../server/contract/available-times.ts';
import type { Booking, BookingConfirmRequest } from '../../server/contract/booking.ts';
import type { SessionType } from '../../server/contract/session-type.ts';
import { NOW, sessionType, someSlots } from './fixtures.ts';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly headers: Headers;
}

/** What a test may answer instead: a response, or a promise that it settles when it wants to. */
export type Answer = (request: Request) => Response | Promise<Response> | undefined;

export const json = (status: number, body: unknown): Response => Response.json(body, { status });

export const refusal = (status: number, code: string, more: object = {}): Response =>
  json(status, { success: false, error: `The server says ${code}.`, code, ...more });

export interface StubBackend {
  readonly fetch: typeof globalThis.fetch;
  readonly requests: Request[];
  /** By Idempotency-Key, as the real one keeps them. */
  readonly bookings: Map<string, Booking>;
  sessionTypes: SessionType[];
  slots: readonly Slot[];
  isStale: boolean;
  answer: Answer | undefined;
  requestsTo(part: string): Request[];
}

const FIRST_WINDOW = { from: NOW, to: '2026-12-11T09:30:00.000Z' };

/** A backend in the page's own memory, as strict about keys and tokens as the real one. */
export const createStubBackend = (changes: Partial<StubBackend> = {}): StubBackend => {
  const backend: StubBackend = {
    requests: [],
    bookings: new Map(),
    sessionTypes: [sessionType()],
    slots: someSlots,
    isStale: false,
    answer: undefined,
    requestsTo: (part) => backend.requests.filter(({ path }) => path.includes(part)),
    fetch: async (input, init) => {
      const request = new globalThis.Request(input, init);
      const url = new URL(request.url);
      const text = await request.text();
      const seen: Request = {
        method: request.method,
        path: url.pathname,
        query: url.searchParams,
        body: text === '' ? undefined : JSON.parse(text),
        headers: request.headers,
      };
      backend.requests.push(seen);
      init?.signal?.throwIfAborted();
      return (await backend.answer?.(seen)) ?? reply(backend, seen);
    },
    ...changes,
  };
  return backend;
};

const reply = (backend: StubBackend, request: Request): Response => {
  const { path } = request;
  if (path.endsWith('/session-types')) return json(200, { sessionTypes: backend.sessionTypes });
  if (path.endsWith('/available-times')) return times(backend, request);
  if (path.endsWith('/bookings/confirm')) return confirm(backend, request);
  const [, id, action] = /\/bookings\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
  const booking = [...backend.bookings.values()].find((known) => known.id === id);
  if (booking === undefined || request.headers.get('authorization') !== `Bearer token-${id}`) {
    return refusal(404, 'booking_not_found');
  }
  if (action === 'cancel') Object.assign(booking, { status: 'canceled', canceledBy: 'invitee' });
  return json(200, { success: true, booking });
};

const times = ({ sessionTypes, slots, isStale }: StubBackend, { query }: Request): Response => {
  const found = sessionTypes.find(({ id }) => id === query.get('sessionTypeId'));
  if (found === undefined) return refusal(404, 'session_type_not_found');
  const from = query.get('from') ?? FIRST_WINDOW.from;
  const to = query.get('to') ?? FIRST_WINDOW.to;
  const inRange = slots.filter(({ startTime }) => startTime >= from && startTime < to);
  return json(200, { sessionType: found, slots: inRange, stale: isStale, from, to });
};

const confirm = (backend: StubBackend, { body, headers }: Request): Response => {
  const key = headers.get('idempotency-key') ?? '';
  const request = body as BookingConfirmRequest;
  const booking = backend.bookings.get(key) ?? bookingOf(request, `b${backend.bookings.size + 1}`);
  backend.bookings.set(key, booking);
  return json(200, confirmedBody(booking, `token-${booking.id}`));
};

/** The answer to a confirm request, as short as the real one. */
export const confirmedBody = (booking: Booking, token: string) => {
  const { id, status, calendlyEventId, confirmationUrl, continueUrl } = booking;
  const { startTime, endTime, holdExpiresAt, checkoutUrl } = booking;
  return {
    success: true,
    paymentRequired: status === 'awaiting_payment',
    ...(checkoutUrl !== null && { checkoutUrl }),
    booking: {
      id,
      token,
      status,
      calendlyEventId,
      confirmationUrl,
      continueUrl,
      startTime,
      endTime,
      holdExpiresAt,
    },
  };
};

export const bookingOf = (request: BookingConfirmRequest, id: string): Booking => ({
  id,
  status: 'confirmed',
  paymentStatus: 'not_required',
  sessionTypeId: request.sessionTypeId,
  title: 'Pricing workshop',
  hostName: 'Ines Almeida',
  startTime: request.timeSlot.startTime,
  endTime: request.timeSlot.endTime,
  timezone: request.clientDetails.timezone,
  name: request.clientDetails.name,
  email: request.clientDetails.email,
  guests: [],
  price: null,
  location: {
    kind: 'google_conference',
    location: null,
    joinUrl: 'https://meet.example.com/x',
  },
  calendlyEventId: 'EVENT1',
  confirmationUrl: 'https://book.example.com/bookings/1',
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
});
