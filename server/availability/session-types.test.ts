import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { createManualClock } from '../../demo/sandbox/manual-clock.ts';
import { SchedulingError, type EventType } from '../scheduling/scheduling.ts';
import { createExampleCalendar, exampleEventType, exampleOwner } from './calendar.example.ts';
import { SessionTypeConfig } from './session-type-config.ts';
import { createSessionTypes } from './session-types.ts';

const eventType = (id: string, part: Partial<EventType> = {}): EventType =>
  exampleEventType({
    uri: `https://api.calendly.com/event_types/${id}`,
    name: id,
    slug: id.toLowerCase(),
    ...part,
  });

function set(eventTypes: EventType[], offers: SessionTypeConfig[] | null = null) {
  const clock = createManualClock('2026-11-23T08:00:00Z');
  const calendar = createExampleCalendar(clock);
  calendar.eventTypes = eventTypes;
  const sessionTypes = createSessionTypes({ scheduling: calendar.scheduling, clock, offers });
  const ids = async () => (await sessionTypes.all()).map(({ sessionType }) => sessionType.id);
  return { clock, calendar, sessionTypes, ids };
}

describe('with no configuration', () => {
  test('every event type that is switched on and not secret is offered, in the order of Calendly', async () => {
    const { sessionTypes, ids } = set([
      eventType('Late', { position: 2 }),
      eventType('Off', { active: false }),
      eventType('Hidden', { secret: true }),
      eventType('Early', { position: 0 }),
      eventType('Paid', { position: 1, isPaid: true }),
    ]);
    expect(await ids()).toEqual(['early', 'paid', 'late']);
    expect((await sessionTypes.all()).map(({ sessionType }) => sessionType.price)).toEqual([
      null,
      null,
      null,
    ]);
    expect(await sessionTypes.problems()).toEqual([]);
  });

  test('the id is the slug, or the last part of the URI where that is missing or shared', async () => {
    const { ids } = set([
      eventType('One', { position: 0 }),
      eventType('Two', { position: 1, slug: null }),
      eventType('Three', { position: 2, slug: 'same' }),
      eventType('Four', { position: 3, slug: 'same' }),
      eventType('Five', { position: 4, slug: 'five' }),
      eventType('Six', { position: 5, slug: 'five', active: false }),
    ]);
    expect(await ids()).toEqual(['one', 'Two', 'Three', 'Four', 'five']);
  });

  test('an account with nothing to offer is a problem', async () => {
    expect(await set([]).sessionTypes.problems()).toHaveLength(1);
  });
});

describe('with a configuration', () => {
  test('exactly what it names is offered, secret ones included, by display order and then by title', async () => {
    const { sessionTypes, ids } = set(
      [eventType('A'), eventType('B', { secret: true }), eventType('C'), eventType('D')],
      [
        { id: 'third', eventType: 'a', displayOrder: 5, title: 'Zebra' },
        { id: 'second', eventType: 'https://api.calendly.com/event_types/B', displayOrder: 5 },
        { id: 'first', eventType: 'c', displayOrder: 1, price: { amount: 4900, currency: 'eur' } },
      ],
    );
    expect(await ids()).toEqual(['first', 'second', 'third']);
    expect((await sessionTypes.find('first'))?.sessionType).toMatchObject({
      title: 'C',
      price: { amount: 4900, currency: 'eur' },
      paidOnCalendly: false,
      requiresAuth: false,
      category: null,
      displayOrder: 1,
    });
    expect((await sessionTypes.find('third'))?.sessionType.title).toBe('Zebra');
  });

  test('without a display order they are shown as they are written down', async () => {
    const { ids } = set(
      [eventType('A'), eventType('B')],
      [
        { id: 'z', eventType: 'b' },
        { id: 'a', eventType: 'a' },
      ],
    );
    expect(await ids()).toEqual(['z', 'a']);
  });

  test('every problem is named at once, and the rest is offered', async () => {
    const { sessionTypes, ids } = set(
      [
        eventType('A'),
        eventType('Off', { active: false }),
        eventType('Paid', { isPaid: true }),
        eventType('Twin1', { slug: 'twin' }),
        eventType('Twin2', { slug: 'twin' }),
      ],
      [
        { id: 'good', eventType: 'a' },
        { id: 'good', eventType: 'paid' },
        { id: 'missing', eventType: 'nowhere' },
        { id: 'off', eventType: 'off' },
        { id: 'twice-paid', eventType: 'paid', price: { amount: 100, currency: 'eur' } },
        { id: 'twin', eventType: 'twin' },
      ],
    );
    const problems = await sessionTypes.problems();
    expect(problems).toHaveLength(5);
    expect(problems[0]).toBe('Session type "good" is there twice; only the first one is offered.');
    expect(problems[1]).toBe(
      'Session type "missing": this Calendly account has no event type "nowhere". It has: a, off, paid, twin, twin.',
    );
    expect(problems[2]).toContain('switched off');
    expect(problems[3]).toContain('takes a payment in Calendly too');
    expect(problems[4]).toContain('https://api.calendly.com/event_types/Twin1');
    expect(await ids()).toEqual(['good', 'twice-paid', 'twin']);
  });

  test("a team's event type that is in nobody's list is read by its URI", async () => {
    const team = eventType('Team', { pooling: 'round_robin' });
    const { calendar, sessionTypes, ids } = set([team], [{ id: 'team', eventType: team.uri }]);
    calendar.scheduling.eventTypes = () => Promise.resolve([]);
    expect(await ids()).toEqual(['team']);
    expect(calendar.asked).toEqual(['owner', `event type ${team.uri}`]);
    expect(await sessionTypes.problems()).toEqual([]);
  });

  test('a URI that Calendly refuses to show is a problem, not a failure', async () => {
    const { calendar, sessionTypes } = set(
      [],
      [{ id: 'rival', eventType: 'https://api.calendly.com/event_types/RIVAL' }],
    );
    calendar.scheduling.eventType = () =>
      Promise.reject(new SchedulingError('permission', 'Calendly does not permit this.'));
    expect(await sessionTypes.problems()).toHaveLength(1);
  });

  test('its schema refuses unknown keys, prices that are none and ids that nobody can type', () => {
    const good = { id: 'intro', eventType: 'intro-call' };
    const isGood = (part: object) => v.is(SessionTypeConfig, { ...good, ...part });
    expect(isGood({})).toBe(true);
    expect(
      isGood({
        price: { amount: 4900, currency: 'eur' },
        capture: 'before_booking',
        cancellation: { refundUntilHours: 24 },
      }),
    ).toBe(true);
    expect(isGood({ prise: { amount: 1, currency: 'eur' } })).toBe(false);
    expect(isGood({ price: { amount: 0, currency: 'eur' } })).toBe(false);
    expect(isGood({ price: { amount: 1.5, currency: 'eur' } })).toBe(false);
    expect(isGood({ id: 'two words' })).toBe(false);
    expect(isGood({ title: ' ' })).toBe(false);
    expect(isGood({ title: 'Two words' })).toBe(true);
    expect(isGood({ capture: 'never' })).toBe(false);
    expect(isGood({ cancellation: { refundUntilHours: 24, fee: 1 } })).toBe(false);
  });
});

test('editors can be told the schema', () => {
  expect(toJsonSchema(SessionTypeConfig)).toMatchObject({
    required: ['id', 'eventType'],
    additionalProperties: false,
  });
});

describe('what an event type means here', () => {
  test('it can be found by id, URI or slug, the id first', async () => {
    const { sessionTypes } = set(
      [eventType('A'), eventType('B')],
      [
        { id: 'x', eventType: 'a' },
        { id: 'a', eventType: 'b' },
      ],
    );
    const found = async (name: string) => (await sessionTypes.find(name))?.eventType.name;
    expect(await found('x')).toBe('A');
    expect(await found('a')).toBe('B');
    expect(await found('b')).toBe('B');
    expect(await found('https://api.calendly.com/event_types/A')).toBe('A');
    expect(await sessionTypes.find('__proto__')).toBeNull();
  });

  test('it takes the time of its owner, or its own where several hosts share it or none is named', async () => {
    const { sessionTypes } = set([
      eventType('Plain'),
      eventType('Shared', { pooling: 'round_robin' }),
      eventType('Nobody', { profile: null }),
    ]);
    const calendar = async (name: string) => (await sessionTypes.find(name))?.calendar;
    expect(await calendar('plain')).toBe(exampleOwner.uri);
    expect(await calendar('shared')).toBe('https://api.calendly.com/event_types/Shared');
    expect(await calendar('nobody')).toBe('https://api.calendly.com/event_types/Nobody');
    expect((await sessionTypes.find('nobody'))?.sessionType.host).toBeNull();
    expect((await sessionTypes.find('nobody'))?.owner).toBe(exampleOwner.uri);
  });

  test("paid and poll event types are finished on Calendly's page", async () => {
    const { sessionTypes } = set([
      eventType('Plain'),
      eventType('Paid', { isPaid: true }),
      eventType('Poll', { bookingMethod: 'poll' }),
    ]);
    const by = async (name: string) => (await sessionTypes.find(name))?.bookedBy;
    expect([await by('plain'), await by('paid'), await by('poll')]).toEqual([
      'api',
      'calendly_page',
      'calendly_page',
    ]);
  });
});

describe('memory', () => {
  test('a crowd reads the event types once, and for five minutes nobody reads them again', async () => {
    const { clock, calendar, sessionTypes } = set([eventType('A')]);
    await Promise.all(Array.from({ length: 100 }, () => sessionTypes.find('a')));
    expect(calendar.asked).toEqual(['owner', 'event types']);
    await clock.advance(299_999);
    await sessionTypes.all();
    expect(calendar.asked).toHaveLength(2);
    await clock.advance(1);
    await sessionTypes.all();
    expect(calendar.asked).toHaveLength(4);
  });

  test('while Calendly is down the last offer stands', async () => {
    const { clock, calendar, ids, sessionTypes } = set([eventType('A')]);
    await ids();
    calendar.failure = new SchedulingError('unavailable', 'down');
    await clock.advance(24 * 3_600_000);
    expect(await ids()).toEqual(['a']);
    expect((await sessionTypes.owner()).uri).toBe(exampleOwner.uri);
    await expect(sessionTypes.refresh()).rejects.toBe(calendar.failure);
    expect(await ids()).toEqual(['a']);
  });

  test('a refresh sees what the host has changed a moment ago', async () => {
    const { calendar, sessionTypes } = set([eventType('A')]);
    await sessionTypes.all();
    calendar.eventTypes = [eventType('A', { durationMinutes: 45 })];
    expect((await sessionTypes.find('a'))?.sessionType.duration).toBe(30);
    await sessionTypes.refresh();
    expect((await sessionTypes.find('a'))?.sessionType.duration).toBe(45);
  });
});
