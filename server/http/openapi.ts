import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { AvailableTimesResponse } from '../contract/available-times.ts';
import {
  BookingCancelRequest,
  BookingConfirmRequest,
  BookingConfirmResponse,
  BookingRescheduleRequest,
  BookingResponse,
  SlotTakenBody,
} from '../contract/booking.ts';
import { ErrorBody, errorStatus, type ErrorCode } from '../contract/error.ts';
import { SessionType, SessionTypesResponse } from '../contract/session-type.ts';

const schemas = {
  SessionType,
  SessionTypesResponse,
  AvailableTimesResponse,
  BookingConfirmRequest,
  BookingConfirmResponse,
  BookingResponse,
  BookingCancelRequest,
  BookingRescheduleRequest,
  SlotTakenBody,
  ErrorBody,
} satisfies Record<string, GenericSchema>;

type SchemaName = keyof typeof schemas;

interface Call {
  method: 'get' | 'post';
  path: string;
  summary: string;
  query?: { name: string; required: boolean; description: string }[];
  body?: SchemaName;
  answer: SchemaName | 'text/calendar';
  /** Needs the booking's token. */
  token?: true;
  keyed?: true;
  errors: ErrorCode[];
}

const limits: ErrorCode[] = ['payload_too_large', 'unsupported_media_type', 'origin_not_allowed'];

const calls: Call[] = [
  {
    method: 'get',
    path: '/api/scheduling/session-types',
    summary: 'What can be booked here.',
    answer: 'SessionTypesResponse',
    errors: ['scheduling_unavailable'],
  },
  {
    method: 'get',
    path: '/api/scheduling/session-types/{id}',
    summary: 'One session type, by its id, Calendly URI or slug.',
    answer: 'SessionType',
    errors: ['session_type_not_found', 'scheduling_unavailable'],
  },
  {
    method: 'get',
    path: '/api/scheduling/calendly/available-times',
    summary: 'Free times. Without a range: the first window that has one.',
    query: [
      { name: 'sessionTypeId', required: true, description: 'Id, Calendly URI or slug.' },
      { name: 'from', required: false, description: 'ISO 8601 instant, inclusive.' },
      { name: 'to', required: false, description: 'ISO 8601 instant, exclusive.' },
    ],
    answer: 'AvailableTimesResponse',
    errors: ['invalid_request', 'session_type_not_found', 'scheduling_unavailable'],
  },
  {
    method: 'post',
    path: '/api/scheduling/bookings/confirm',
    summary: 'Books a slot. The same Idempotency-Key gives the same booking.',
    keyed: true,
    body: 'BookingConfirmRequest',
    answer: 'BookingConfirmResponse',
    errors: [
      'invalid_request',
      'session_type_not_found',
      'sign_in_required',
      'slot_taken',
      'idempotency_key_reused',
      'too_many_requests',
      'scheduling_refused',
      'scheduling_unavailable',
      ...limits,
    ],
  },
  {
    method: 'get',
    path: '/api/scheduling/bookings/{id}',
    summary: 'A booking as it is now; as server-sent events with Accept: text/event-stream.',
    token: true,
    answer: 'BookingResponse',
    errors: ['unauthorized'],
  },
  {
    method: 'get',
    path: '/api/scheduling/bookings/{id}/calendar.ics',
    summary: 'The booking as a calendar file.',
    token: true,
    answer: 'text/calendar',
    errors: ['unauthorized'],
  },
  {
    method: 'post',
    path: '/api/scheduling/bookings/{id}/cancel',
    summary: 'Cancels a booking.',
    token: true,
    body: 'BookingCancelRequest',
    answer: 'BookingResponse',
    errors: ['invalid_request', 'unauthorized', 'booking_not_changeable', ...limits],
  },
  {
    method: 'post',
    path: '/api/scheduling/bookings/{id}/reschedule',
    summary: 'Books another time and then gives the old one back. Answers with the new booking.',
    token: true,
    keyed: true,
    body: 'BookingRescheduleRequest',
    answer: 'BookingResponse',
    errors: [
      'invalid_request',
      'unauthorized',
      'slot_taken',
      'booking_not_changeable',
      'idempotency_key_reused',
      'too_many_requests',
      'scheduling_refused',
      'scheduling_unavailable',
      ...limits,
    ],
  },
];

const content = (name: SchemaName) => ({
  'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
});

function operation(call: Call) {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of call.errors) {
    byStatus.set(errorStatus[code], [...(byStatus.get(errorStatus[code]) ?? []), code]);
  }
  return {
    summary: call.summary,
    parameters: [
      ...(call.path.includes('{id}')
        ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }]
        : []),
      ...(call.query ?? []).map((query) => ({ ...query, in: 'query', schema: { type: 'string' } })),
      ...(call.keyed
        ? [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: false,
              schema: { type: 'string', maxLength: 255 },
            },
          ]
        : []),
    ],
    ...(call.body ? { requestBody: { required: true, content: content(call.body) } } : {}),
    ...(call.token ? { security: [{ bookingToken: [] }] } : {}),
    responses: {
      200: {
        description: 'Done.',
        content:
          call.answer === 'text/calendar'
            ? { 'text/calendar': { schema: { type: 'string' } } }
            : content(call.answer),
      },
      ...Object.fromEntries(
        [...byStatus].map(([status, codes]) => [
          status,
          {
            description: codes.join(', '),
            content: content(codes.includes('slot_taken') ? 'SlotTakenBody' : 'ErrorBody'),
          },
        ]),
      ),
    },
  };
}

/** The interface as an OpenAPI 3.1 document, made from the schemas that the routes themselves check with. */
export function openApiDocument(publicUrl: string) {
  const paths: Record<string, Record<string, object>> = {};
  for (const call of calls) (paths[call.path] ??= {})[call.method] = operation(call);
  return {
    openapi: '3.1.0',
    info: { title: 'booking-calendar', version: '1' },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      securitySchemes: { bookingToken: { type: 'http', scheme: 'bearer' } },
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([name, schema]) => [
          name,
          // What a schema cannot say (a check, a transformation) is said by the sentence of its error.
          toJsonSchema(schema, { errorMode: 'ignore', typeMode: 'input' }),
        ]),
      ),
    },
  };
}
