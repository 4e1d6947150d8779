import { expect } from 'chai';
import type { Details, SessionType } from '../../flow/state.ts';
import { sessionType as workshop } from '../../test/fixtures.ts';
import { question } from '../test/later-backend.ts';
import { checkField, fieldsOf, type FieldName } from './check-details.ts';

const details = (more: Partial<Details> = {}): Details => ({
  name: 'Ada',
  email: 'ada@example.com',
  answers: {},
  guests: [],
  notes: '',
  ...more,
});
const check = (
  name: FieldName,
  more: Partial<Details>,
  sessionType: SessionType = workshop(),
): string | undefined => checkField(name, details(more), sessionType)?.key;

describe('the check of a field', () => {
  const emails: [string, string | undefined][] = [
    ['', 'emailMissing'],
    ['   ', 'emailMissing'],
    ['ada', 'emailAtMissing'],
    ['ada@', 'emailPartMissing'],
    [' ada@ ', 'emailPartMissing'],
    ['@example.com', 'emailStartMissing'],
    ['ada@example', 'emailWrong'],
    ['ada@@example.com', 'emailWrong'],
    ['ada b@example.com', 'emailWrong'],
    ['ada@example.com\u0000', 'emailWrong'],
    [`${'a'.repeat(250)}@example.com`, 'emailWrong'],
    [' ada@example.com ', undefined],
    ['ada+tag@sub.example.co.uk', undefined],
  ];
  for (const [email, problem] of emails) {
    it(`finds ${problem ?? 'nothing'} in the e-mail address ${JSON.stringify(email.slice(0, 30))}`, () => {
      expect(check('email', { email })).to.equal(problem);
    });
  }

  const names: [string, string | undefined][] = [
    ['', 'nameMissing'],
    [' \t ', 'nameMissing'],
    ['Ada\u0007', 'charactersWrong'],
    ['Ada \ud800', 'charactersWrong'],
    ['a'.repeat(101), 'tooLong'],
    ['a'.repeat(100), undefined],
    ['<script>alert(1)</script>', undefined],
    ['عائشة', undefined],
  ];
  for (const [name, problem] of names) {
    it(`finds ${problem ?? 'nothing'} in the name ${JSON.stringify(name.slice(0, 30))}`, () => {
      expect(check('name', { name })).to.equal(problem);
    });
  }

  it('says by how much a text is too long', () => {
    const problem = checkField('notes', details({ notes: 'a'.repeat(2003) }), workshop());
    expect(problem).to.deep.equal({ key: 'tooLong', parameters: { count: 3 } });
  });

  it('wants required answers only, in the words of their kind', () => {
    const kinds = ['string', 'text', 'phone_number', 'single_select', 'multi_select'] as const;
    const missing = kinds.map((type) => {
      const asked = workshop({
        questions: [question('Q', { type, required: true, choices: ['A'] })],
      });
      const free = workshop({ questions: [question('Q', { type, choices: ['A'] })] });
      expect(check('answer0', {}, free), type).to.equal(undefined);
      expect(check('answer0', { answers: { Q: 'A 123456' } }, asked), type).to.equal(
        type === 'phone_number' ? 'phoneWrong' : undefined,
      );
      return check('answer0', { answers: { Q: ' ' } }, asked);
    });
    expect(missing).to.deep.equal([
      'answerMissing',
      'answerMissing',
      'answerMissing',
      'choiceMissing',
      'choicesMissing',
    ]);
  });

  it('knows a phone number as the server does', () => {
    const phone = workshop({ questions: [question('P', { type: 'phone_number' })] });
    const wrong = (text: string) => check('answer0', { answers: { P: text } }, phone);
    expect(wrong('+49 (151) 2345-6789')).to.equal(undefined);
    expect(wrong('030/123.45')).to.equal(undefined);
    expect(wrong('1234')).to.equal('phoneWrong');
    expect(wrong('call me')).to.equal('phoneWrong');
  });

  it('asks for a place, and for what the place needs', () => {
    const places = workshop({
      locations: [
        { kind: 'physical', location: 'A', additionalInfo: null },
        { kind: 'physical', location: 'B', additionalInfo: null },
        { kind: 'outbound_call', location: null, additionalInfo: null },
        { kind: 'ask_invitee', location: null, additionalInfo: null },
      ],
    });
    expect(check('location', {}, places)).to.equal('placeChoiceMissing');
    expect(check('location', { location: { kind: 'physical', location: 'C' } }, places)).to.equal(
      'placeChoiceMissing',
    );
    expect(check('location', { location: { kind: 'physical', location: 'B' } }, places)).to.equal(
      undefined,
    );
    const call = { kind: 'outbound_call', location: '' } as const;
    expect(fieldsOf(places, details({ location: call }))).to.include('place');
    expect(check('place', { location: call }, places)).to.equal('phoneMissing');
    expect(check('place', { location: { ...call, location: 'no' } }, places)).to.equal(
      'phoneWrong',
    );
    const own = { kind: 'ask_invitee', location: ' ' } as const;
    expect(check('place', { location: own }, places)).to.equal('placeMissing');
  });

  it('names the guests that are no addresses, and takes ten at most', () => {
    const problem = checkField('guests', details({ guests: ['a@b.co', 'x', 'y'] }), workshop());
    expect(problem).to.deep.equal({ key: 'guestsWrong', parameters: { guests: 'x, y' } });
    const many = Array.from({ length: 11 }, (_, index) => `g${index}@example.com`);
    expect(check('guests', { guests: many })).to.equal('guestsTooMany');
  });

  it('answers nothing for questions that are called like a part of every object', () => {
    for (const text of ['constructor', '__proto__', 'toString']) {
      const asked = workshop({ questions: [question(text, { required: true })] });
      expect(check('answer0', {}, asked), text).to.equal('answerMissing');
      const answers = { [text]: 'yes' };
      expect(check('answer0', { answers }, asked), text).to.equal(undefined);
    }
  });
});
