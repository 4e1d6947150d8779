import type { Clock } from '../clock.ts';
import type { Database } from '../database/connection.ts';
import type { BookingRecord } from './booking.ts';
import { findBooking } from './booking.store.ts';
import type { Changes } from './changes.ts';
import { endedStatuses } from './soundness.ts';
import { viewBooking } from './view.ts';

/** Another process may be the one that moves the booking. */
const lookMs = 1_000;
/** The client asks again; a stream that nobody reads must not stay open for ever. */
const longestMs = 5 * 60_000;

/** What has ended may still have its money under way, and late money may even bring it back. */
const isOver = ({ status, paymentStatus }: BookingRecord): boolean =>
  endedStatuses.has(status) && paymentStatus !== 'releasing' && paymentStatus !== 'refunding';

/** A booking as server-sent events: as it is, then every change, until it has ended or the client is gone. */
export function streamBooking(
  deps: { db: Database; clock: Clock; changes: Changes; publicUrl: string },
  booking: BookingRecord,
  signal: AbortSignal,
): Response {
  const { db, clock, changes, publicUrl } = deps;
  const closed = new AbortController();
  const gone = AbortSignal.any([signal, closed.signal]);
  const end = clock.now() + longestMs;

  async function* events(): AsyncGenerator<string> {
    let shown = -1;
    let quietSince = clock.now();
    for (let current: BookingRecord | null = booking; current && !gone.aborted;) {
      const moved = new AbortController();
      const stop = changes.listen(booking.id, () => moved.abort());
      try {
        current = await findBooking(db, booking.id);
        if (!current) return;
        if (current.version !== shown) {
          shown = current.version;
          quietSince = clock.now();
          yield `event: booking\ndata: ${JSON.stringify(viewBooking(current, publicUrl))}\n\n`;
          if (isOver(current)) return;
        } else if (clock.now() - quietSince >= 15_000) {
          quietSince = clock.now();
          yield ': still here\n\n';
        }
        if (clock.now() >= end) return;
        await clock.wait(lookMs, AbortSignal.any([moved.signal, gone])).catch(() => undefined);
      } finally {
        stop();
      }
    }
  }

  const lines = events();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      closed.abort();
      await lines.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  });
}
