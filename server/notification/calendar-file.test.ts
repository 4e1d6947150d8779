import * as fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { locationKinds } from '../contract/session-type.ts';
import { calendarFile, type CalendarFileOptions } from './calendar-file.ts';
import type { BookingFacts } from './notification.ts';
import { hostileTexts } from './test/hostile-texts.ts';
import { sampleFacts } from './test/sample-facts.ts';

const options: CalendarFileOptions = {
  status: 'CONFIRMED',
  stamp: '2026-11-20T08:00:00.000Z',
  domain: 'book.example.com',
};

/** Reads a file with a parser that has nothing to do with the generator. */
function read(file: string) {
  expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(file.isWellFormed()).toBe(true);
  for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const calendar = new ICAL.Component(ICAL.parse(file));
  const events = calendar.getAllSubcomponents();
  expect(events.map(({ name }) => name)).toEqual(['vevent']);
  const event = new ICAL.Event(events[0]);
  return { calendar, event };
}

describe('a calendar file', () => {
  test('is the booking', () => {
    expect(calendarFile(sampleFacts(), options).replaceAll('\r\n ', '').split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//booking-calendar//booking-calendar//EN',
      'METHOD:PUBLISH',
      'BEGIN:VEVENT',
      'UID:c1@book.example.com',
      'SEQUENCE:0',
      'DTSTAMP:20261120T080000Z',
      'DTSTART:20261201T150000Z',
      'DTEND:20261201T153000Z',
      'SUMMARY:Intro call with Ines Kaya',
      'LOCATION:https://zoom.example/j/1?pwd=2',
      'DESCRIPTION:Intro call with Ines Kaya\\nJoin: https://zoom.example/j/1?pwd=2\\nChange or cancel: https://book.example.com/bookings/b1#token=abc_DEF-123',
      'URL;VALUE=URI:https://book.example.com/bookings/b1#token=abc_DEF-123',
      'STATUS:CONFIRMED',
      'END:VEVENT',
      'END:VCALENDAR',
    ]);
  });

  test('is the same bytes for the same state', () => {
    expect(calendarFile(sampleFacts(), options)).toBe(calendarFile(sampleFacts(), options));
  });

  test('keeps an address with commas and semicolons the same address', () => {
    const { event } = read(
      calendarFile(sampleFacts({ manageUrl: 'https://b.example/a;b,c#token=x' }), options),
    );
    expect(event.component.getFirstPropertyValue('url')).toBe(
      'https://b.example/a%3bb%2cc#token=x',
    );
  });

  test('asks nobody for an answer', () => {
    const { event } = read(calendarFile(sampleFacts(), options));
    expect(event.component.hasProperty('organizer')).toBe(false);
    expect(event.component.hasProperty('attendee')).toBe(false);
  });
});

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.constantFrom(...hostileTexts),
  fc
    .array(
      fc.constantFrom(
        '\r',
        '\n',
        ';',
        ',',
        '\\',
        '"',
        ':',
        '\ud83d',
        '\ude00',
        'é',
        'BEGIN:VEVENT',
        ' ',
      ),
    )
    .map((parts) => parts.join('')),
);
const instantMs = fc
  .integer({ min: Date.UTC(2026, 0), max: Date.UTC(2031, 0) })
  .map((ms) => ms - (ms % 1000));
const state = fc.record({
  startMs: instantMs,
  minutes: fc.integer({ min: 1, max: 720 }),
  title: text,
  hostName: fc.option(text),
  location: fc.option(
    fc.record({
      kind: fc.constantFrom(...locationKinds),
      location: fc.option(text),
      joinUrl: fc.option(fc.oneof(fc.webUrl(), text)),
    }),
  ),
});
const booking = fc.record({
  calendarUid: fc.uuid(),
  states: fc.array(state, { minLength: 5, maxLength: 5 }),
});

test(
  'over 1,000 bookings (made, changed three times, canceled), another parser reads one event that keeps its name and moves on',
  { timeout: 60_000 },
  () => {
    fc.assert(
      fc.property(booking, ({ calendarUid, states }) => {
        const uids = new Set<string>();
        let lastSequence = -1;
        states.forEach((each, sequence) => {
          const facts: BookingFacts = sampleFacts({
            calendarUid,
            sequence,
            title: each.title,
            hostName: each.hostName,
            location: each.location,
            startTime: new Date(each.startMs).toISOString(),
            endTime: new Date(each.startMs + each.minutes * 60_000).toISOString(),
          });
          const canceled = sequence === states.length - 1;
          const { calendar, event } = read(
            calendarFile(facts, { ...options, status: canceled ? 'CANCELLED' : 'CONFIRMED' }),
          );
          expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
          expect(event.component.getFirstPropertyValue('status')).toBe(
            canceled ? 'CANCELLED' : 'CONFIRMED',
          );
          expect(event.startDate.zone).toBe(ICAL.Timezone.utcTimezone);
          expect(event.startDate.toJSDate().toISOString()).toBe(facts.startTime);
          expect(event.endDate.toJSDate().toISOString()).toBe(facts.endTime);
          expect(event.sequence).toBeGreaterThan(lastSequence);
          lastSequence = event.sequence;
          uids.add(event.uid);
          const known = new Set([
            'uid',
            'sequence',
            'dtstamp',
            'dtstart',
            'dtend',
            'summary',
            'location',
            'description',
            'url',
            'status',
          ]);
          expect(event.component.getAllProperties().filter(({ name }) => !known.has(name))).toEqual(
            [],
          );
        });
        expect([...uids]).toEqual([`${calendarUid}@book.example.com`]);
      }),
      { numRuns: 1000 },
    );
  },
);
