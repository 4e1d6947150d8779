import { describe, expect, test } from 'vitest';
import { exampleEventType } from '../availability/calendar.example.ts';
import type { BookingConfirmRequest } from '../contract/booking.ts';
import type { LocationKind, Question, SessionLocation } from '../contract/session-type.ts';
import { fit } from './fit.ts';

type Wish = Parameters<typeof fit>[0];

const place = (kind: LocationKind, location: string | null = null): SessionLocation => ({
  kind,
  location,
  additionalInfo: null,
});
const question = (text: string, part: Partial<Question> = {}): Question => ({
  question: text,
  type: 'string',
  position: 0,
  required: false,
  choices: [],
  includeOther: false,
  ...part,
});
const fitted = (wish: Wish, part: Parameters<typeof exampleEventType>[0]) =>
  fit(wish, exampleEventType({ locations: [], questions: [], ...part }));

const street = place('physical', 'Lausitzer Straße 12 ');
const harbor = place('physical', 'Am Hafen 3');

describe('where to meet', () => {
  const rows: [
    what: string,
    offered: SessionLocation[],
    wish: BookingConfirmRequest['location'],
    outcome:
      | { kind: LocationKind; location?: string }
      | null
      | 'location.kind'
      | 'location.location',
  ][] = [
    ['nothing where there is nothing to choose', [], undefined, null],
    [
      'nothing where there is nothing to choose, whatever is sent',
      [],
      { kind: 'zoom_conference' },
      null,
    ],
    ['the only one, unasked', [place('zoom_conference')], undefined, { kind: 'zoom_conference' }],
    [
      'the only one with its text',
      [harbor],
      undefined,
      { kind: 'physical', location: 'Am Hafen 3' },
    ],
    [
      'the only one with its own text, whatever is sent with it',
      [harbor],
      { kind: 'physical', location: 'My place' },
      { kind: 'physical', location: 'Am Hafen 3' },
    ],
    ['not one that is not offered', [harbor], { kind: 'zoom_conference' }, 'location.kind'],
    [
      'one of several has to be chosen',
      [harbor, place('zoom_conference')],
      undefined,
      'location.kind',
    ],
    [
      'the chosen one of several',
      [harbor, place('zoom_conference')],
      { kind: 'zoom_conference' },
      { kind: 'zoom_conference' },
    ],
    [
      'no text for a conference, which makes its own',
      [place('zoom_conference')],
      { kind: 'zoom_conference', location: 'https://evil.example' },
      { kind: 'zoom_conference' },
    ],
    [
      'one of two addresses has to be chosen',
      [street, harbor],
      { kind: 'physical' },
      'location.location',
    ],
    [
      'no third address',
      [street, harbor],
      { kind: 'physical', location: 'Elsewhere' },
      'location.location',
    ],
    [
      'the chosen address as the host wrote it, to the last space',
      [street, harbor],
      { kind: 'physical', location: 'Lausitzer Straße 12' },
      { kind: 'physical', location: 'Lausitzer Straße 12 ' },
    ],
    ['a custom place with no text', [place('custom')], { kind: 'custom' }, { kind: 'custom' }],
    [
      'a number to be called on',
      [place('outbound_call')],
      { kind: 'outbound_call', location: '+49 (30) 901-820' },
      { kind: 'outbound_call', location: '+49 (30) 901-820' },
    ],
    ['a number is needed', [place('outbound_call')], undefined, 'location.location'],
    [
      'a number with digits',
      [place('outbound_call')],
      { kind: 'outbound_call', location: 'call me' },
      'location.location',
    ],
    [
      'a place of the invitee',
      [place('ask_invitee'), harbor],
      { kind: 'ask_invitee', location: 'Café am Ufer' },
      { kind: 'ask_invitee', location: 'Café am Ufer' },
    ],
    [
      'a place of the invitee has to be told',
      [place('ask_invitee')],
      { kind: 'ask_invitee' },
      'location.location',
    ],
    [
      'no number for a call to the host',
      [place('inbound_call', '+49 30 1')],
      undefined,
      { kind: 'inbound_call' },
    ],
  ];
  test.each(rows)('%s', (_, locations, location, outcome) => {
    const result = fitted(location ? { location } : {}, { locations });
    if (typeof outcome === 'string') {
      expect(result).toEqual({ fits: false, fields: { [outcome]: expect.any(String) } });
    } else {
      expect(result).toMatchObject({ fits: true, location: outcome });
    }
  });
});

describe('an answer', () => {
  const one = question('Q', { type: 'single_select', choices: ['A', 'B '] });
  const many = question('Q', { type: 'multi_select', choices: ['A', 'B', 'C'] });
  const rows: [what: string, asked: Question, answer: string, taken: string | null][] = [
    ['is one line', question('Q'), 'Prices', 'Prices'],
    ['is not several lines where one is asked for', question('Q'), 'a\nb', null],
    ['is several lines where they are asked for', question('Q', { type: 'text' }), 'a\nb', 'a\nb'],
    [
      'is a phone number',
      question('Q', { type: 'phone_number' }),
      '+49 30 901820',
      '+49 30 901820',
    ],
    ['is no phone number', question('Q', { type: 'phone_number' }), 'none', null],
    [
      'is a phone number without a second line',
      question('Q', { type: 'phone_number' }),
      '+49\n30',
      null,
    ],
    ['is a choice', one, 'A', 'A'],
    ['is a choice as the host wrote it', one, 'B', 'B '],
    ['is no choice', one, 'a', null],
    ['is a text of its own where that is allowed', { ...one, includeOther: true }, 'Z', 'Z'],
    ['is several choices', many, 'A\nC', 'A\nC'],
    ['is several choices and none of its own', many, 'A\nZ', null],
    ['is one text of its own besides', { ...many, includeOther: true }, 'A\nZ', 'A\nZ'],
    ['is not two texts of its own', { ...many, includeOther: true }, 'Y\nZ', null],
  ];
  test.each(rows)('%s', (_, asked, answer, taken) => {
    const result = fitted({ answers: [{ question: 'Q', answer }] }, { questions: [asked] });
    expect(result).toMatchObject(
      taken === null
        ? { fits: false, fields: { 'answers.0.answer': expect.any(String) } }
        : { fits: true, answers: [{ question: 'Q', answer: taken }] },
    );
  });

  test('is needed where the host says so, and an empty one is none', () => {
    const questions = [question('Q', { required: true })];
    for (const answers of [undefined, [], [{ question: 'Q', answer: '' }]]) {
      expect(fitted(answers ? { answers } : {}, { questions })).toEqual({
        fits: false,
        fields: { 'answers[Q]': 'Please answer this one.' },
      });
    }
  });

  test('belongs to a question that is asked, byte for byte, and only once', () => {
    const questions = [question('Q ')];
    const answers = [
      { question: 'Q', answer: 'x' },
      { question: 'Q ', answer: 'y' },
      { question: 'Q ', answer: 'z' },
    ];
    expect(fitted({ answers }, { questions })).toEqual({
      fits: false,
      fields: {
        'answers.0.question': expect.any(String),
        'answers.2.question': expect.any(String),
      },
    });
  });

  test('is told in the order of the questions', () => {
    const questions = [question('First'), question('Second')];
    const answers = [
      { question: 'Second', answer: '2' },
      { question: 'First', answer: '1' },
    ];
    expect(fitted({ answers }, { questions })).toMatchObject({
      answers: [
        { question: 'First', answer: '1' },
        { question: 'Second', answer: '2' },
      ],
    });
  });

  test('to a question with a strange name is an answer like any other', () => {
    const questions = [question('__proto__', { required: true }), question('constructor')];
    const answers = [{ question: '__proto__', answer: 'x' }];
    expect(fitted({ answers }, { questions })).toMatchObject({ fits: true, answers });
    expect(fitted({}, { questions })).toMatchObject({
      fields: { 'answers[__proto__]': 'Please answer this one.' },
    });
  });
});

describe('notes', () => {
  test('go to the first open question that is not answered, for Calendly has no other place for them', () => {
    const questions = [
      question('Topic', { type: 'text' }),
      question('Company'),
      question('More', { type: 'text', required: true }),
    ];
    const answers = [{ question: 'Topic', answer: 'Prices' }];
    expect(fitted({ notes: 'Hello', answers }, { questions })).toEqual({
      fits: true,
      location: null,
      answers: [...answers, { question: 'More', answer: 'Hello' }],
      notes: null,
    });
  });

  test('that no question can carry are kept, for a mail to the host', () => {
    expect(fitted({ notes: 'Hello' }, { questions: [question('Company')] })).toMatchObject({
      answers: [],
      notes: 'Hello',
    });
    expect(fitted({ notes: '' }, {})).toMatchObject({ notes: null });
  });
});
