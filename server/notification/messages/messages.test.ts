import { describe, expect, test } from 'vitest';
import { paymentStatuses } from '../../contract/booking.ts';
import { mailKinds } from '../notification.ts';
import { hostileTexts } from '../test/hostile-texts.ts';
import { sampleFacts } from '../test/sample-facts.ts';
import { renderMessage } from './messages.ts';

const decode = (html: string): string =>
  html
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');

/** The words of the body, and the address of every link whose text is not the address itself. */
const wordsOf = (html: string): string[] =>
  decode(
    html
      .replace(/^[^]*<body/, '<body')
      .replace(/<a [^>]*href="([^"]*)"[^>]*>([^<]*)<\/a>/g, (_, url, label) =>
        url === label ? `${label} ` : `${label} ${url} `,
      )
      .replace(/<[^>]+>/g, ' '),
  )
    .split(/\s+/)
    .filter(Boolean);

describe('every message', () => {
  test.each(mailKinds)('%s says the same in text and in HTML', (kind) => {
    const { text, html } = renderMessage(
      kind,
      sampleFacts({
        previousStartTime: '2026-11-30T09:00:00.000Z',
        canceledBy: 'host',
        cancelReason: 'I am ill.\nSorry <3',
        notes: 'I can’t hear well.\n\nPlease speak up & slowly.',
      }),
    );
    expect(wordsOf(html)).toEqual(text.replace(/^>/gm, ' ').split(/\s+/).filter(Boolean));
  });

  test.each(mailKinds.flatMap((kind) => paymentStatuses.map((status) => [kind, status] as const)))(
    '%s says the same in text and in HTML when its payment is %s',
    (kind, paymentStatus) => {
      for (const refundUntil of [null, '2026-11-30T15:00:00.000Z']) {
        const { text, html } = renderMessage(
          kind,
          sampleFacts({ paymentStatus, refundUntil, notes: 'A note.' }),
        );
        expect(wordsOf(html)).toEqual(text.replace(/^>/gm, ' ').split(/\s+/).filter(Boolean));
      }
    },
  );

  test.each(mailKinds)('%s does not speak of money where there was none', (kind) => {
    const { text } = renderMessage(
      kind,
      sampleFacts({ price: null, paymentStatus: 'not_required', notes: 'A note.' }),
    );
    expect(text).not.toMatch(/€|pa(?:y|id)|charge|refund|card|bank/i);
  });

  test.each(mailKinds)('%s names nobody in its subject, yet the session and the day', (kind) => {
    const { subject } = renderMessage(kind, sampleFacts({ notes: 'Hello' }));
    expect(subject).toContain('Intro call');
    expect(subject).toContain('Tuesday 1 December 2026');
    expect(subject).not.toMatch(/ada|lovelace|ines|kaya|example/i);
  });

  test.each(mailKinds)('%s loads nothing and runs nothing', (kind) => {
    const { html } = renderMessage(kind, sampleFacts({ notes: 'Hello' }));
    expect(html).not.toMatch(
      /<(?:img|script|link|iframe|object|form|svg)\b|url\(|@import|\son\w+=/i,
    );
  });

  test.each(hostileTexts)('is not moved by hostile words, number %#', (hostile) => {
    const quiet = (kind: (typeof mailKinds)[number]) =>
      renderMessage(
        kind,
        sampleFacts({
          canceledBy: 'host',
          cancelReason: 'x',
          notes: 'x',
          location: { kind: 'custom', location: 'x', joinUrl: null },
        }),
      );
    for (const kind of mailKinds) {
      const { subject, text, html } = renderMessage(
        kind,
        sampleFacts({
          title: hostile,
          hostName: hostile,
          name: hostile,
          email: hostile,
          guests: [hostile],
          location: { kind: 'custom', location: hostile, joinUrl: null },
          canceledBy: 'host',
          cancelReason: hostile,
          notes: hostile,
        }),
      );
      expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      expect(subject.length).toBeLessThan(150);
      expect((subject + text + html).isWellFormed()).toBe(true);
      expect(text).not.toMatch(/[^\P{Cc}\n]/u);
      // Not a tag more than with harmless text, but for the line breaks of what they wrote.
      const tags = (markup: string) =>
        [...markup.matchAll(/<\/?[a-z!][^>]*>/gi)]
          .map(([tag]) => tag)
          .filter((tag) => tag !== '<br>');
      expect(tags(html)).toEqual(tags(quiet(kind).html));
    }
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'https://ok.example@evil.example/',
    '" onclick="x',
  ])('links to http and https only, not to %s', (address) => {
    for (const kind of mailKinds) {
      const { html, text } = renderMessage(
        kind,
        sampleFacts({
          manageUrl: address,
          location: { kind: 'zoom_conference', location: null, joinUrl: address },
        }),
      );
      expect(html).not.toContain('href=');
      expect(text).not.toContain(address);
    }
  });
});

describe('a confirmation', () => {
  test('holds everything in one place', () => {
    expect(renderMessage('booking-confirmed', sampleFacts()).text).toBe(`You’re booked

Hello Ada Lovelace,

Here is your session in one place.

What
  Intro call with Ines Kaya

When
  Tuesday 1 December 2026, 16:00–16:30
  Berlin time, UTC+1

Where
  Zoom
  https://zoom.example/j/1?pwd=2

Guests
  charles@example.com

Price
  €49
  Paid

Change or cancel
  https://book.example.com/bookings/b1#token=abc_DEF-123

Calendly sends the calendar invitation. If it does not reach your calendar, the attached file adds this time to it.

The link above is yours alone: whoever has it can change or cancel this booking.
`);
  });

  test('leaves out what there is not', () => {
    const { text } = renderMessage(
      'booking-confirmed',
      sampleFacts({ hostName: null, guests: [], price: null, location: null }),
    );
    expect(text).not.toMatch(/Where|Guests|Price| with /);
  });

  test.each([
    ['paid', '€49\n  Paid'],
    ['authorized', '€49\n  Reserved on your card, and charged now that the time is yours'],
    // What never stands beside a confirmed booking is not put into words.
    ...(['open', 'releasing', 'released', 'refunding', 'refunded', 'refund_failed'] as const).map(
      (status) => [status, '€49'] as const,
    ),
  ] as const)('whose payment is %s tells the price, and how it is paid', (paymentStatus, price) => {
    const { text } = renderMessage('booking-confirmed', sampleFacts({ paymentStatus }));
    expect(text).toContain(`Price\n  ${price}\n\nChange or cancel`);
  });

  test('tells where to find a conference link that is still to come', () => {
    const { text } = renderMessage(
      'booking-confirmed',
      sampleFacts({ location: { kind: 'google_conference', location: null, joinUrl: null } }),
    );
    expect(text).toContain('Google Meet; the link will be on the page of your booking');
  });

  test.each([
    ['outbound_call', '+49 30 1234', 'By phone; you are called on +49 30 1234'],
    ['outbound_call', 'https://evil.example', 'By phone; you are called'],
    ['inbound_call', '+1 555 0100', 'By phone; you call +1 555 0100'],
    ['physical', 'Unter den Linden 1\nBerlin', 'Unter den Linden 1 Berlin'],
    ['ask_invitee', 'Café Einstein', 'Café Einstein'],
    ['ask_invitee', 'cheap pills: evil.example', 'The place that you named'],
  ] as const)(
    'says in words where a session by %s takes place (%j)',
    (kind, location, expected) => {
      const { text } = renderMessage(
        'booking-confirmed',
        sampleFacts({ location: { kind, location, joinUrl: null } }),
      );
      expect(text).toContain(`Where\n  ${expected}\n`);
    },
  );

  test('carries nobody’s advertising: what the invitee typed is not repeated when it holds a link', () => {
    const { text, html } = renderMessage(
      'booking-confirmed',
      sampleFacts({ name: 'Win at evil.example', notes: 'Buy at evil.example' }),
    );
    expect(text + html).not.toContain('evil');
    expect(text).toContain('Hello,');
  });
});

describe('a cancellation', () => {
  test.each([
    ['host', 'Ines Kaya had to cancel this session.', true],
    ['invitee', 'As you asked, your session is canceled.', false],
    [null, 'This session will not take place.', false],
  ] as const)(
    'by %s says so, and gives the host’s reason only',
    (canceledBy, sentence, withReason) => {
      const { text } = renderMessage(
        'booking-canceled',
        sampleFacts({ canceledBy, cancelReason: 'I am ill.' }),
      );
      expect(text).toContain(sentence);
      expect(text.includes('> I am ill.')).toBe(withReason);
    },
  );
});

/** What a mail says between the greeting and the facts. */
const openingOf = (text: string): string[] =>
  text.slice(text.indexOf('Hello'), text.indexOf('\n\nWhat\n')).split('\n\n').slice(1);

const released = 'Nothing was charged: the €49 reserved on your card is released.';
const refunded = 'The €49 you paid is on its way back to you. Banks take 5 to 10 days to show it.';
const refundFailed =
  'The refund of the €49 you paid did not go through. Somebody looks at it by hand.';
const broughtBack = [
  ['not_required', []],
  ['open', []],
  ['authorized', []],
  ['releasing', [released]],
  ['released', [released]],
  ['refunding', [refunded]],
  ['refunded', [refunded]],
  ['refund_failed', [refundFailed]],
] as const;

test('what becomes of the money is told for every payment status', () => {
  const told = new Set<string>(['paid', ...broughtBack.map(([status]) => status)]);
  expect(paymentStatuses.filter((status) => !told.has(status))).toEqual([]);
});

describe('a cancellation of what was to be paid', () => {
  test.each(broughtBack)('says what comes back when its payment is %s', (paymentStatus, money) => {
    const { text } = renderMessage(
      'booking-canceled',
      sampleFacts({ canceledBy: 'host', paymentStatus, refundUntil: '2026-11-30T15:00:00.000Z' }),
    );
    expect(openingOf(text)).toEqual(['Ines Kaya had to cancel this session.', ...money]);
  });

  test('too late for a refund says until when there was one, in the invitee’s own time', () => {
    const { text } = renderMessage(
      'booking-canceled',
      sampleFacts({
        canceledBy: 'invitee',
        paymentStatus: 'paid',
        refundUntil: '2026-11-30T15:00:00.000Z',
      }),
    );
    expect(openingOf(text)).toEqual([
      'As you asked, your session is canceled.',
      'We are sorry that the €49 you paid cannot be refunded any more: that was possible until Monday 30 November 2026, 16:00 (Berlin time, UTC+1). After that, a time kept for you can hardly be offered to anybody else.',
    ]);
  });

  test('without such a moment claims none', () => {
    const { text } = renderMessage('booking-canceled', sampleFacts({ paymentStatus: 'paid' }));
    expect(openingOf(text).slice(1)).toEqual(['The €49 you paid is not refunded.']);
  });
});

describe('a booking that came to nothing', () => {
  const lost = 'The time you chose could not be booked after all, so nothing is booked.';
  const wayOn = 'You can choose another time with the link below.';

  test.each(broughtBack)(
    'says what becomes of the money when its payment is %s, and leads to other times',
    (paymentStatus, money) => {
      const { text } = renderMessage('booking-rejected', sampleFacts({ paymentStatus }));
      expect(openingOf(text)).toEqual([lost, ...money, wayOn]);
      expect(text).toContain(
        'Choose another time\n  https://book.example.com/bookings/b1#token=abc_DEF-123\n',
      );
    },
  );

  test('promises no link that it does not have', () => {
    const { text } = renderMessage('booking-rejected', sampleFacts({ manageUrl: 'javascript:0' }));
    expect(text).not.toContain('link');
  });

  test('and was to be a move leaves what was booked before', () => {
    const { text } = renderMessage(
      'booking-rejected',
      sampleFacts({ previousStartTime: '2026-11-30T09:00:00.000Z' }),
    );
    expect(text).toContain('What you had booked before stays as it was.');
    expect(text).not.toContain('nothing is booked');
  });
});

describe('a move', () => {
  test.each(['paid', 'authorized'] as const)('takes a payment that is %s along', (status) => {
    const { text } = renderMessage('booking-rescheduled', sampleFacts({ paymentStatus: status }));
    expect(openingOf(text)).toEqual([
      'Your session has a new time.',
      'Your payment stays with it: there is nothing more to pay.',
    ]);
  });

  test('names the new time and the old one, each with the offset of its day', () => {
    const { text, subject } = renderMessage(
      'booking-rescheduled',
      sampleFacts({
        startTime: '2026-10-26T15:00:00.000Z',
        endTime: '2026-10-26T15:30:00.000Z',
        previousStartTime: '2026-10-23T14:00:00.000Z',
      }),
    );
    expect(subject).toBe('Moved: Intro call, now Monday 26 October 2026');
    expect(text).toContain('New time\n  Monday 26 October 2026, 16:00–16:30\n  Berlin time, UTC+1');
    expect(text).toContain('Was\n  Friday 23 October 2026, 16:00–16:30\n  Berlin time, UTC+2');
  });
});

describe('a note to the host', () => {
  test('brings the note whole, says whose it is, and gives no power over the booking', () => {
    const { text, html } = renderMessage(
      'note-to-host',
      sampleFacts({ notes: 'First line\nsecond https://my.example/cv' }),
    );
    expect(text).toContain('> First line\n> second https://my.example/cv');
    expect(text).toContain('Ada Lovelace\n  ada@example.com');
    expect(text).toContain('Tuesday 1 December 2026, 15:00–15:30, UTC');
    expect(text + html).not.toContain('token');
  });
});
