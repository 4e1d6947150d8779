import { Hono } from 'hono';
import { openSlots } from '../availability.ts';
import { byUri, type Core, eventTypePage, instant, known } from '../core.ts';
import { localDate } from '../local-days.ts';
import { noDigits } from '../present.ts';
import { invalidArgument, notFound, permissionDenied } from '../refusal.ts';
import { type ApiEnv, requireScope, sameOrganization } from './caller.ts';
import { visibleEventType } from './event-types.routes.ts';
import { instantParameter, requireParameters, requireUri } from './query.ts';

const day = 24 * 60 * 60_000;

function range(
  core: Core,
  query: Record<string, string>,
  days: number,
): { startMs: number; endMs: number } {
  requireParameters(query, 'start_time', 'end_time');
  const startMs = instantParameter(query, 'start_time') ?? 0;
  const endMs = instantParameter(query, 'end_time') ?? 0;
  if (startMs <= core.clock.now())
    throw invalidArgument([
      { parameter: 'start_time', message: 'start_time must be in the future' },
    ]);
  if (startMs >= endMs)
    throw invalidArgument([
      { parameter: 'start_time', message: 'start_time must be before end_time' },
    ]);
  // The real one does not name the window either.
  if (endMs - startMs > days * day) throw invalidArgument();
  return { startMs, endMs };
}

export const availableTimesRoutes = (core: Core): Hono<ApiEnv> =>
  new Hono<ApiEnv>()
    // The documents disagree on which of the two it takes; a token with either passes.
    .get(
      '/event_type_available_times',
      requireScope('availability:read', 'event_types:read'),
      (context) => {
        const query = context.req.query();
        requireParameters(query, 'event_type', 'start_time', 'end_time');
        const uri = requireUri(query, 'event_type', 'event_types');
        const { startMs, endMs } = range(core, query, 31);
        const eventType = visibleEventType(core, context.var.caller, uri);
        const zone = known(core.state.users, eventType.rules.owner).timezone;
        const page = eventTypePage(core, eventType);
        const slots = core.trouble.noFreeTimes ? [] : openSlots(core, eventType, startMs, endMs);
        const collection = slots.map((slot) => {
          const start = noDigits(instant(slot.startMs));
          const date = localDate(slot.startMs, zone);
          return {
            status: 'available',
            invitees_remaining: slot.seatsLeft,
            start_time: start,
            scheduling_url: `${page}/${start}?month=${date.slice(0, 7)}&date=${date}`,
          };
        });
        // Ascending order is what one sees; nobody promised it.
        if (!core.trouble.shuffleAvailableTimes) return context.json({ collection });
        const places = new Map(collection.map((slot) => [slot, core.identities.pick(1_000_000)]));
        return context.json({
          collection: collection.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0)),
        });
      },
    )
    .get('/user_busy_times', requireScope('availability:read'), (context) => {
      const query = context.req.query();
      const user = byUri(core.state.users, requireUri(query, 'user', 'users'));
      if (!user) throw notFound();
      if (!sameOrganization(context.var.caller, user)) throw permissionDenied();
      const { startMs, endMs } = range(core, query, 7);
      const [from, to] = [instant(startMs), instant(endMs)];
      const meetings = core.state.events
        .filter((event) => event.status === 'active' && event.hosts.includes(user.uri))
        .map((event) => ({
          type: 'calendly',
          start_time: event.start_time,
          end_time: event.end_time,
          buffered_start_time: event.buffered_start_time,
          buffered_end_time: event.buffered_end_time,
          event: { uri: event.uri },
        }));
      const external = user.external_busy.map((busy) => ({ type: 'external', ...busy }));
      return context.json({
        collection: [...meetings, ...external]
          .filter((busy) => busy.start_time < to && from < busy.end_time)
          .toSorted((a, b) => a.start_time.localeCompare(b.start_time)),
      });
    });
