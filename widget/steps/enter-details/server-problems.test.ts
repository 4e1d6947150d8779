import { expect } from 'chai';
import { sessionType as workshop } from '../../test/fixtures.ts';
import { question } from '../test/later-backend.ts';
import { placeServerProblems } from './server-problems.ts';

const sessionType = workshop({
  questions: [question('First?'), question('Second [a.b]?'), question('Third?')],
  locations: [
    { kind: 'outbound_call', location: null, additionalInfo: null },
    { kind: 'zoom_conference', location: null, additionalInfo: null },
  ],
});
const details = {
  name: 'Ada',
  email: 'a@b.co',
  location: { kind: 'outbound_call', location: '1' } as const,
  answers: { 'First?': ' ', 'Second [a.b]?': 'yes', 'Third?': 'no' },
  guests: ['a@b.co', 'c@d.co'],
  notes: '',
};
const fieldOf = (path: string) => {
  const { byField, unplaced } = placeServerProblems({ [path]: 'No.' }, details, sessionType);
  return [...byField, ...unplaced.map((sentence) => ['nowhere', sentence])][0];
};

describe('a sentence of the server', () => {
  const paths: [string, string, string?][] = [
    ['clientDetails.name', 'name'],
    ['clientDetails.email', 'email'],
    ['notes', 'notes'],
    ['location', 'location'],
    ['location.kind', 'location'],
    ['location.location', 'place'],
    ['answers[First?]', 'answer0'],
    ['answers[Second [a.b]?]', 'answer1'],
    // The first question was not answered, so it was not sent.
    ['answers.0.answer', 'answer1'],
    ['answers.1', 'answer2'],
    ['guests', 'guests'],
    ['guests.1', 'guests', 'c@d.co: No.'],
    ['answers.7.answer', 'nowhere'],
    ['answers.0.question', 'nowhere'],
    ['answers[Gone?]', 'nowhere'],
    ['clientDetails.timezone', 'nowhere'],
    ['timeSlot.startTime', 'nowhere'],
    ['__proto__', 'nowhere'],
  ];
  for (const [path, field, sentence = 'No.'] of paths) {
    it(`about ${path} stands at ${field}`, () => {
      expect(fieldOf(path)).to.deep.equal([field, sentence]);
    });
  }
});
