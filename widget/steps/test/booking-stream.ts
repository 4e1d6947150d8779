import type { Booking } from '../../../server/contract/booking.ts';

/** A stream of server-sent events in the hand of a test. */
export class BookingStream {
  readonly #encoder = new TextEncoder();
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  isCanceled = false;

  readonly response = new Response(
    new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => {
        this.isCanceled = true;
      },
    }),
    { headers: { 'content-type': 'text/event-stream' } },
  );

  send(booking: Booking): void {
    this.write(`event: booking\ndata: ${JSON.stringify(booking)}\n\n`);
  }

  write(text: string): void {
    this.#controller?.enqueue(this.#encoder.encode(text));
  }

  end(): void {
    this.#controller?.close();
  }

  break(): void {
    this.#controller?.error(new TypeError('network error'));
  }
}
