import * as v from 'valibot';
import { Booking } from '../../server/contract/booking.ts';
import { bearer, bookingPath } from '../flow/booking-path.ts';
import type { BookingHandle } from '../flow/state.ts';
import type { World } from '../flow/world.ts';

const MESSAGE_END = /\r\n\r\n|\n\n|\r\r/;
const LINE_END = /\r\n|\n|\r/;

/**
 * The booking as it is and then every change of it, as server-sent events; null for every sign of life in between. It ends
 * when the server ends it, and at once where there is none. `EventSource` cannot send the token.
 */
export async function* streamBooking(
  handle: BookingHandle,
  { environment, options }: World,
  signal: AbortSignal,
): AsyncGenerator<Booking | null> {
  const response = await environment.fetch(new URL(bookingPath(handle), options.server), {
    credentials: 'omit',
    cache: 'no-store',
    headers: { ...bearer(handle), accept: 'text/event-stream' },
    signal,
  });
  const { body, headers, ok } = response;
  const isStream = ok && headers.get('content-type')?.startsWith('text/event-stream');
  if (!isStream || body === null) return body?.cancel();

  const reader = body.pipeThrough(new TextDecoderStream(), { signal }).getReader();
  try {
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const messages = (text + value).split(MESSAGE_END);
      text = messages.pop() ?? '';
      yield null;
      for (const message of messages) yield readMessage(message);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

const readMessage = (message: string): Booking | null => {
  const lines = message.split(LINE_END);
  const valuesOf = (field: string) =>
    lines
      .filter((line) => line.startsWith(`${field}:`))
      .map((line) => line.slice(field.length + 1).replace(/^ /, ''));
  if (valuesOf('event').at(-1) !== 'booking') return null;
  try {
    const parsed = v.safeParse(Booking, JSON.parse(valuesOf('data').join('\n')));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
};
