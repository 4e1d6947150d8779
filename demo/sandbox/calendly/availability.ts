import { activeInviteesOf, type Core, known } from './core.ts';
import { startsWithinHours } from './local-days.ts';
import type { EventType, ScheduledEvent, User } from './resources.ts';

export interface OpenSlot {
  startMs: number;
  seatsLeft: number;
  /** Who would host it: the one that is free of a round robin, everyone of a collective type. */
  hosts: string[];
}

const minute = 60_000;
const day = 24 * 60 * minute;

interface Busy {
  startMs: number;
  endMs: number;
  bufferedStartMs: number;
  bufferedEndMs: number;
}

/** What keeps a host from other meetings. A group event does not keep her from itself. */
function busyOf(core: Core, host: User, except: ScheduledEvent | undefined): Busy[] {
  const meetings = core.state.events
    .filter(
      (event) => event.status === 'active' && event !== except && event.hosts.includes(host.uri),
    )
    .map((event) => ({
      startMs: Date.parse(event.start_time),
      endMs: Date.parse(event.end_time),
      bufferedStartMs: Date.parse(event.buffered_start_time),
      bufferedEndMs: Date.parse(event.buffered_end_time),
    }));
  const external = host.external_busy.map((busy) => {
    const startMs = Date.parse(busy.start_time);
    const endMs = Date.parse(busy.end_time);
    return { startMs, endMs, bufferedStartMs: startMs, bufferedEndMs: endMs };
  });
  return [...meetings, ...external];
}

/** A buffer must not touch a meeting; two buffers may share their time. */
function free(eventType: EventType, startMs: number, busy: Busy[]): boolean {
  const endMs = startMs + eventType.duration * minute;
  const bufferedStartMs = startMs - eventType.rules.buffer_before_minutes * minute;
  const bufferedEndMs = endMs + eventType.rules.buffer_after_minutes * minute;
  return !busy.some(
    (other) =>
      (bufferedStartMs < other.endMs && other.startMs < bufferedEndMs) ||
      (startMs < other.bufferedEndMs && other.bufferedStartMs < endMs),
  );
}

export const groupEventAt = (
  core: Core,
  eventType: EventType,
  startMs: number,
): ScheduledEvent | undefined =>
  eventType.kind === 'group'
    ? core.state.events.find(
        (event) =>
          event.status === 'active' &&
          event.event_type === eventType.uri &&
          Date.parse(event.start_time) === startMs,
      )
    : undefined;

/** The slots that can be booked from `fromMs` up to but not including `toMs`, in order. */
export function openSlots(
  core: Core,
  eventType: EventType,
  fromMs: number,
  toMs: number,
): OpenSlot[] {
  if (!eventType.active || eventType.deleted_at) return [];
  const now = core.clock.now();
  const { rules } = eventType;
  const firstMs = Math.max(fromMs, now + rules.minimum_notice_minutes * minute, now + 1);
  const lastMs = Math.min(toMs, now + rules.bookable_days * day);
  if (firstMs >= lastMs) return [];

  const hosts = rules.hosts.map((uri) => known(core.state.users, uri));
  const calendars = hosts.map((host) => ({
    host,
    busy: busyOf(core, host, undefined),
    starts: new Set(
      startsWithinHours(host, eventType.duration, rules.slot_step_minutes, firstMs, lastMs),
    ),
  }));
  const candidates = [...new Set(calendars.flatMap(({ starts }) => [...starts]))].toSorted(
    (a, b) => a - b,
  );

  return candidates.flatMap((startMs): OpenSlot[] => {
    const running = groupEventAt(core, eventType, startMs);
    const seatsLeft = rules.seats - (running ? activeInviteesOf(core, running).length : 0);
    if (seatsLeft <= 0) return [];
    if (running) return [{ startMs, seatsLeft, hosts: running.hosts }];
    const available = calendars
      .filter(({ starts, busy }) => starts.has(startMs) && free(eventType, startMs, busy))
      .map(({ host }) => host.uri);
    if (eventType.pooling_type === 'round_robin') {
      const [next] = available;
      return next ? [{ startMs, seatsLeft, hosts: [next] }] : [];
    }
    return available.length === hosts.length ? [{ startMs, seatsLeft, hosts: available }] : [];
  });
}

export const openSlotAt = (
  core: Core,
  eventType: EventType,
  startMs: number,
): OpenSlot | undefined => openSlots(core, eventType, startMs, startMs + 1)[0];
