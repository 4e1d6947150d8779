import { availableTimesPath, readTimes } from '../api/read-times.ts';
import { readBooking, readConfirmed } from '../api/read-booking.ts';
import { BookingCanceledEvent, BookingConfirmedEvent } from '../booking-events.ts';
import { postCalendlyMessage } from '../events.ts';
import { readCalendarFile } from '../api/read-calendar-file.ts';
import { bearer, bookingPath } from './booking-path.ts';
import { createConfirmRequest } from './confirm-request.ts';
import { idempotencyKey } from './draft.ts';
import { markTold, readTabBooking, writeTabBooking } from './booking-store.ts';
import { openCheckout } from './checkout.ts';
import { countDown } from './count-down.ts';
import { endDraft, readDraft, readPending, renewDraft } from './draft-store.ts';
import type { Effect, PendingBooking } from './effect.ts';
import { bookingFromAnswer } from './booking-from-answer.ts';
import { askForBooking, newsCount, tellNews } from './news.ts';
import { rangeAround } from './nearest-slots.ts';
import { keepHandle } from './kept-handles.ts';
import type { BookingHandle } from './state.ts';
import { loadTemporal } from '../time/temporal.ts';
import { waitOf } from './wait.ts';
import { stopWatching, watchBooking } from './watch-booking.ts';
import type { World } from './world.ts';

const RETRY_MS = 20_000;
/** Longer than this a person wonders. */
const PATIENCE_MS = 20_000;
/** By then another page shows, unless something keeps it from opening. */
const LEAVING_MS = 6000;

/** The effects of everything after a time is chosen. */
export const runEffect = async (effect: Effect, world: World): Promise<void> => {
  const { call, dispatch, emit, signal, tabStore } = world;
  switch (effect.type) {
    case 'retry-later':
      await waitOf(world)(RETRY_MS, signal);
      return dispatch({ type: 'retry' });
    case 'read-draft':
      return dispatch({ type: 'draft-read', ...readDraft(world) });
    case 'save-details':
      return tabStore.write('details', effect.details);
    case 'confirm-booking': {
      const request = createConfirmRequest(effect.attempt, world.options);
      return confirm({ ...effect.attempt, request }, world);
    }
    case 'replay-booking':
      return confirm(effect.pending, world);
    case 'load-booking': {
      const { handle } = effect;
      const [reply] = await Promise.all([askForBooking(handle, world), loadTemporal()]);
      return reply.ok
        ? tellNews(handle, reply.value, world)
        : dispatch({ type: 'booking-failed', failure: reply.failure });
    }
    case 'wait-for-settling':
      await waitOf(world)(PATIENCE_MS, signal);
      return dispatch({ type: 'settling-took-long', handle: effect.handle });
    case 'load-calendar-file': {
      const { handle } = effect;
      const text = await readCalendarFile(handle, world);
      return dispatch({ type: 'calendar-file-arrived', handle, text });
    }
    case 'watch-booking':
      return watchBooking(effect.handle, effect.booking, world);
    case 'cancel-booking':
      return change(effect.handle, 'cancel', effect.reason ? { reason: effect.reason } : {}, world);
    case 'reschedule-booking': {
      const { startTime, endTime, schedulingUrl } = effect.slot;
      const timeSlot = { startTime, endTime, schedulingUrl };
      const body = { timeSlot, timezone: effect.zone };
      // The same move asked for twice is one move.
      const key = idempotencyKey(effect.handle.id, 'reschedule', startTime, '');
      return change(effect.handle, 'reschedule', body, world, { 'idempotency-key': key });
    }
    case 'booking-confirmed': {
      const { calendlyEventId } = effect.booking;
      postCalendlyMessage('event_scheduled', {
        event: {
          uri: calendlyEventId && `https://api.calendly.com/scheduled_events/${calendlyEventId}`,
        },
        invitee: { uri: null },
      });
      markTold(world, effect.handle);
      emit(new BookingConfirmedEvent(effect.booking));
      return;
    }
    case 'booking-canceled':
      emit(new BookingCanceledEvent(effect.booking));
      return;
    case 'keep-handle':
      return keepHandle(world, effect.handle);
    case 'open-checkout':
      return openCheckout(effect.url, world);
    case 'wait-for-checkout':
      await waitOf(world)(LEAVING_MS, signal);
      return dispatch({ type: 'still-here', handle: effect.handle });
    case 'count-down':
      return countDown(effect.handle, effect.booking, world);
    case 'load-free-times': {
      const { handle, booking } = effect;
      const now = new Date(world.environment.now()).toISOString();
      const { sessionTypeId } = booking;
      const path = availableTimesPath({ sessionTypeId, ...rangeAround(booking.startTime, now) });
      const [reply] = await Promise.all([call(path, readTimes, { signal }), loadTemporal()]);
      const answer = reply.ok ? reply.value : null;
      return dispatch({ type: 'free-times-arrived', handle, answer });
    }
    case 'forget-booking':
      return forgetBooking(world);
    case 'renew-draft':
      forgetBooking(world);
      return dispatch({ type: 'draft-read', ...readDraft(world) });
    default:
      throw new Error(`${effect.type} belongs to the first step.`);
  }
};

/** Nothing of it may be taken for the next one. */
const forgetBooking = (world: World): void => {
  stopWatching(world);
  renewDraft(world);
  world.tabStore.remove('booking');
};

/**
 * What is about to be sent is written down first: whatever happens to the page or the network, the same request under the
 * same key can be sent again, and the server gives the same booking.
 */
const confirm = async (pending: PendingBooking, world: World): Promise<void> => {
  const { call, dispatch, signal, tabStore } = world;
  const earlier = readPending(world);
  tabStore.write('pending', pending);
  const send = ({ request, key }: PendingBooking) =>
    call('api/scheduling/bookings/confirm', readConfirmed, {
      method: 'POST',
      body: request,
      headers: { 'idempotency-key': key },
      signal,
    });
  let sent = pending;
  let reply = await send(sent);
  if (isReused(reply) && earlier?.key === pending.key) {
    // The try before did arrive, only its answer was lost. Since then something was edited; what was booked stands.
    sent = earlier;
    reply = await send(sent);
  }
  if (!reply.ok) {
    const { failure } = reply;
    if (failure.is === 'refused' && !isRepeatable(failure.code)) tabStore.remove('pending');
    const isDead = failure.is === 'refused' && DEAD.includes(failure.code);
    const renewed = isDead && { draftId: renewDraft(world) };
    return dispatch({ type: 'confirm-failed', failure, ...renewed });
  }
  const { id, token } = reply.value.booking;
  const handle = { id, token };
  writeTabBooking(world, { handle, sessionType: sent.sessionType, isUntold: true });
  tabStore.remove('pending');
  endDraft(world, sent.draftId);
  dispatch({ type: 'confirm-answered', handle, booking: bookingFromAnswer(reply.value, sent) });
};

const isReused = (reply: Awaited<ReturnType<World['call']>>): boolean =>
  !reply.ok && reply.failure.is === 'refused' && reply.failure.code === 'idempotency_key_reused';

/** After these the same key would only tell of the same end again. */
const DEAD: readonly string[] = [
  'slot_taken',
  'scheduling_refused',
  'payments_unavailable',
  'invalid_request',
];

/** After these the same request may still succeed, or already has. */
const isRepeatable = (code: string): boolean =>
  code === 'internal_error' || code === 'too_many_requests' || code === 'scheduling_unavailable';

const change = async (
  handle: BookingHandle,
  action: 'cancel' | 'reschedule',
  body: unknown,
  world: World,
  more: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const { call, dispatch, signal } = world;
  const before = newsCount(world);
  const headers = bearer(handle);
  const path = `${bookingPath(handle)}/${action}`;
  const reply = await call(path, readBooking, {
    method: 'POST',
    body,
    headers: { ...headers, ...more },
    signal,
  });
  if (!reply.ok) return dispatch({ type: 'change-failed', failure: reply.failure });
  // A moved booking is another one; the same token opens it.
  const next = { ...handle, id: reply.value.rescheduledTo ?? reply.value.id };
  if (next.id !== handle.id) {
    const sessionType = readTabBooking(world)?.sessionType ?? null;
    writeTabBooking(world, { handle: next, sessionType, isUntold: true });
  }
  if (next.id === reply.value.id && newsCount(world) === before) {
    return dispatch({ type: 'change-answered', handle: next, booking: reply.value });
  }
  const now = await askForBooking(next, world);
  return dispatch(
    now.ok
      ? { type: 'change-answered', handle: next, booking: now.value }
      : { type: 'change-failed', failure: now.failure },
  );
};
