import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDeployment, pageOrigin, type Deployment } from '../../demo/sandbox/deployment.ts';
import type { AvailableTimesResponse } from '../contract/available-times.ts';
import type { Booking, BookingConfirmResponse } from '../contract/booking.ts';

let deployment: Deployment;
let booking: BookingConfirmResponse['booking'];
beforeEach(async () => {
  deployment = await createDeployment();
  await deployment.app.subscribe();
  const { body } = await deployment.get<AvailableTimesResponse>(
    '/api/scheduling/calendly/available-times?sessionTypeId=walk-and-talk',
  );
  const { inviteesRemaining: _, ...timeSlot } = body.slots[0]!;
  const answer = await deployment.post<BookingConfirmResponse>('/api/scheduling/bookings/confirm', {
    sessionTypeId: 'walk-and-talk',
    timeSlot,
    clientDetails: { name: 'Ada Okafor', email: 'ada@example.com', timezone: 'Europe/London' },
  });
  booking = answer.body.booking;
  await deployment.settle();
});
afterEach(() => deployment.close());

interface Stream {
  response: Response;
  /** What has been heard so far. */
  heard: string[];
  isOver: () => boolean;
  leave: () => Promise<void>;
}

async function watch(signal?: AbortSignal): Promise<Stream> {
  const response = await deployment.request(`/api/scheduling/bookings/${booking.id}`, {
    headers: { authorization: `Bearer ${booking.token}`, accept: 'text/event-stream' },
    ...(signal ? { signal } : {}),
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const heard: string[] = [];
  let over = false;
  const listen = async (): Promise<void> => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      heard.push(part.value);
    }
  };
  void listen()
    .catch(() => undefined)
    .finally(() => (over = true));
  await deployment.clock.advance(0);
  return { response, heard, isOver: () => over, leave: () => reader.cancel() };
}

const bookingsIn = (heard: string[]): Booking[] =>
  [...heard.join('').matchAll(/^event: booking\ndata: (.*)$/gm)].map(
    ([, data]) => JSON.parse(data ?? '') as Booking,
  );

const cancelInCalendly = async (): Promise<void> => {
  const [invitee] = deployment.calendly.state.invitees.filter(
    ({ email }) => email === 'ada@example.com',
  );
  deployment.calendly.cancelAsHost(invitee!.event, 'Flu');
  await deployment.settle();
};

describe('a stream of a booking', () => {
  test('is readable by the page alone, and kept by nobody on the way', async () => {
    const { response, leave } = await watch();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(response.headers.get('access-control-allow-origin')).toBe(pageOrigin);
    await leave();
  });

  test('begins with the booking as it is, and tells every change', async () => {
    const { heard, isOver } = await watch();
    expect(bookingsIn(heard).map(({ status }) => status)).toEqual(['confirmed']);
    await cancelInCalendly();
    await deployment.clock.advance(0);
    expect(bookingsIn(heard).map(({ status }) => status)).toEqual(['confirmed', 'canceled']);
    expect(bookingsIn(heard).at(-1)).toMatchObject({ canceledBy: 'host', cancelReason: 'Flu' });
    expect(isOver()).toBe(true);
  });

  test('of a booking that has ended says so once and ends', async () => {
    await cancelInCalendly();
    const { heard, isOver } = await watch();
    expect(bookingsIn(heard).map(({ status }) => status)).toEqual(['canceled']);
    expect(isOver()).toBe(true);
  });

  test('hears what another process has written a second later', async () => {
    const { heard, leave } = await watch();
    await deployment.db
      .updateTable('booking')
      .set((is) => ({ cancel_requested_at: 1, version: is('version', '+', 1) }))
      .execute();
    await deployment.clock.advance(1_000);
    expect(bookingsIn(heard).at(-1)).toMatchObject({ cancelRequested: true });
    await leave();
  });

  test('gives a sign of life when nothing happens, and says nothing twice', async () => {
    const { heard, leave } = await watch();
    await deployment.clock.advance(40_000);
    expect(bookingsIn(heard)).toHaveLength(1);
    expect(heard.filter((part) => part.startsWith(': '))).toHaveLength(2);
    await leave();
  });

  test('ends after some minutes; whoever still looks asks again', async () => {
    const { isOver } = await watch();
    await deployment.clock.advance(5 * 60_000 - 2_000);
    expect(isOver()).toBe(false);
    await deployment.clock.advance(4_000);
    expect(isOver()).toBe(true);
  });

  test('ends when the process is about to', async () => {
    const { isOver } = await watch();
    await deployment.app.stop();
    await deployment.clock.advance(0);
    expect(isOver()).toBe(true);
  });

  test('leaves nothing behind when the page goes away', async () => {
    const leaving = new AbortController();
    const [left, closed] = [await watch(leaving.signal), await watch()];
    leaving.abort();
    await closed.leave();
    await deployment.clock.advance(1_000);
    expect(left.isOver()).toBe(true);
    expect(closed.isOver()).toBe(true);
    // Nothing waits for the clock any more.
    expect(await deployment.clock.step()).toBe(false);
  });

  test('is not opened without the token', async () => {
    const answer = await deployment.request(`/api/scheduling/bookings/${booking.id}`, {
      headers: { accept: 'text/event-stream' },
    });
    expect(answer.status).toBe(401);
  });
});
