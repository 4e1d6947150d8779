import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timesSoldTwice } from '../panel/promises.ts';
import { exampleAccount } from './account.example.ts';

/** Whatever people do, in whatever order. */
const act = fc.record({
  what: fc.constantFrom('book', 'book', 'book', 'cancel-invitee', 'cancel-event', 'move', 'wait'),
  type: fc.constantFrom(
    'intro-call',
    'pricing-workshop',
    'on-site-visit',
    'studio-hours',
    'project-kick-off',
    'quick-question',
    'walk-and-talk',
  ),
  pick: fc.nat(30),
});

test(
  'no seat is given twice and no host is in two meetings, whatever people do',
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        const { sandbox, clock } = exampleAccount();
        for (const { what, type, pick } of acts) {
          const invitees = sandbox.state.invitees.filter(({ status }) => status === 'active');
          const invitee = invitees[pick % invitees.length];
          const event = sandbox.state.events.find(({ uri }) => uri === invitee?.event);
          const free = sandbox.freeTimes(event && what === 'move' ? event.event_type : type, 4);
          const start = free[pick % free.length];
          if (what === 'book' && start) sandbox.bookAsStranger(type, start);
          if (what === 'cancel-invitee' && invitee) sandbox.cancelAsInvitee(invitee.uri);
          if (what === 'cancel-event' && event) sandbox.cancelAsHost(event.uri);
          if (what === 'move' && invitee && start) sandbox.rescheduleAsInvitee(invitee.uri, start);
          if (what === 'wait') await clock.advance(60 * 60_000);
        }
        expect(timesSoldTwice(sandbox.state)).toBe(0);
        for (const event of sandbox.state.events) {
          const active = sandbox.state.invitees.some(
            ({ event: uri, status }) => uri === event.uri && status === 'active',
          );
          expect(event.status).toBe(active ? 'active' : 'canceled');
        }
      }),
      { numRuns: 60 },
    );
  },
);

test('a time sold twice would be noticed', () => {
  const { sandbox } = exampleAccount();
  sandbox.bookAsStranger('intro-call', '2026-11-24T09:00:00Z');
  const event = sandbox.state.events.at(-1);
  if (event) sandbox.state.events.push({ ...event, uri: `${event.uri}-again` });
  expect(timesSoldTwice(sandbox.state)).toBe(1);
});

test('the hour that the clocks skip is not offered, the one they repeat only once', () => {
  const rules = [
    { type: 'wday' as const, wday: 'sunday' as const, intervals: [{ from: '01:00', to: '04:00' }] },
  ];
  const starts = (now: string, day: string): string[] => {
    const { sandbox } = exampleAccount({ now, seed: { schedule: rules, lived: false } });
    return sandbox
      .freeTimes('walk-and-talk')
      .filter((start) => start.startsWith(day))
      .map((start) => start.slice(11, 16));
  };
  // Berlin: on 28 March 2027 two o'clock is three; on 31 October 2027 three o'clock is two again.
  expect(starts('2027-03-20T08:00:00Z', '2027-03-28')).toEqual(['00:00', '00:30', '01:00']);
  expect(starts('2027-10-25T08:00:00Z', '2027-10-31')).toEqual(['00:00', '00:30', '02:00']);
});
