import { expect } from 'chai';
import { expectAccessible } from '../../test/accessible.ts';
import { until } from '../../test/mount.ts';
import { refusal } from '../../test/stub-backend.ts';
import { question, LaterBackend } from '../test/later-backend.ts';
import { Visitor } from '../test/visit.ts';

const QUESTIONS = [
  question('Company'),
  question('What is it about?', { type: 'text', required: true }),
  question('Your phone', { type: 'phone_number' }),
  question('How did you hear of us?', {
    type: 'single_select',
    required: true,
    choices: ['A friend', 'The newsletter'],
    includeOther: true,
  }),
  question('What shall we work on?', {
    type: 'multi_select',
    choices: ['Pricing', 'Packages, and more', 'Hiring'],
    includeOther: true,
  }),
];

const withQuestions = (): LaterBackend => {
  const backend = new LaterBackend({ questions: QUESTIONS });
  return backend;
};

describe('the details', () => {
  it('begin at their heading, and are accessible', async () => {
    const visitor = await new Visitor(withQuestions()).toDetails();
    await visitor.arrive('Your details');
    expect(visitor.said).to.equal('Your details');
    await expectAccessible(visitor.element);
  });

  it('tell the browser what to fill in and which keys to show', async () => {
    const visitor = await new Visitor(withQuestions()).toDetails();
    expect(visitor.field('Name').autocomplete).to.equal('name');
    expect(visitor.field('E-mail')).to.include({
      autocomplete: 'email',
      type: 'email',
      inputMode: 'email',
      autocapitalize: 'none',
    });
    expect(visitor.field('Your phone')).to.include({ autocomplete: 'tel', type: 'tel' });
  });

  it('say "optional" in words, and what is required to assistive technology', async () => {
    const visitor = await new Visitor(withQuestions()).toDetails();
    const labels = [...visitor.root.querySelectorAll<HTMLElement>('.entry-label')];
    const optional = labels.filter(({ innerText }) => innerText.includes('optional'));
    expect(
      optional.map(({ innerText }) => innerText.split(/\s*optional/)[0]?.trim()),
    ).to.deep.equal(['Company', 'Your phone', 'Guests', 'Notes']);
    expect(visitor.field('Name').ariaRequired).to.equal('true');
    expect(visitor.field('Company').ariaRequired).to.equal(null);
  });

  it('say what is wrong once a field is left, and not before', async () => {
    const visitor = await new Visitor().toDetails();
    await visitor.fill('E-mail', 'ada@');
    expect(visitor.text).not.to.include('Please');

    await visitor.leave('E-mail');

    expect(visitor.problem('E-mail')).to.equal('Please add the part after the @.');
    expect(visitor.field('E-mail').ariaInvalid).to.equal('true');
    expect(visitor.said).to.equal('Please add the part after the @.');
    await expectAccessible(visitor.element);

    await visitor.fill('E-mail', 'ada@e');
    expect(visitor.problem('E-mail')).to.equal('');
    expect(visitor.field('E-mail').ariaInvalid).to.equal(null);
  });

  it('do not scold for a field that was only passed', async () => {
    const visitor = await new Visitor().toDetails();
    visitor.field('Name').focus();
    await visitor.leave('Name');
    expect(visitor.problem('Name')).to.equal('');
  });

  it('do not move anything away while it is pressed', async () => {
    const visitor = await new Visitor().toDetails();
    await visitor.fill('E-mail', 'ada@');
    const press = (type: string) =>
      visitor
        .field('Notes')
        .dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true }));
    press('pointerdown');
    visitor.field('Notes').focus();
    await visitor.drawn();
    expect(visitor.problem('E-mail')).to.equal('');
    press('pointerup');
    await until(() => visitor.problem('E-mail') === 'Please add the part after the @.');
  });

  it('lead to the first wrong field on Continue, with all that is wrong said', async () => {
    const visitor = await new Visitor(withQuestions()).toDetails();
    await visitor.fill('E-mail', 'ada@');
    await visitor.press('Continue');

    expect(visitor.focused).to.equal(visitor.field('Name'));
    expect(visitor.problem('Name')).to.equal('Please tell us your name.');
    expect(visitor.problem('E-mail')).to.equal('Please add the part after the @.');
    expect(visitor.problem('What is it about?')).to.equal('Please answer this.');
    expect(visitor.text).to.include('Please choose one.');
    expect(visitor.said).to.equal('4 fields need a look. Please tell us your name.');
    expect(visitor.backend.sent('/confirm')).to.deep.equal([]);
    await expectAccessible(visitor.element);
  });

  it('are sent as they were answered, every kind of question', async () => {
    const visitor = await new Visitor(withQuestions()).toDetails();
    await visitor.fill('Name', ' Ada Okafor ');
    await visitor.fill('E-mail', 'ada@example.com');
    await visitor.fill('Company', 'Okafor & Co');
    await visitor.fill('What is it about?', 'One line\nand another');
    await visitor.fill('Your phone', '+49 151 2345 6789');
    await visitor.choose('Other');
    await visitor.fill('Other: How did you hear of us?', 'A talk in Lisbon');
    await visitor.choose('Hiring');
    await visitor.choose('Packages, and more');
    const others = [...visitor.root.querySelectorAll<HTMLInputElement>('[type="checkbox"]')];
    others.at(-1)?.click();
    await visitor.drawn();
    await visitor.fill('Other: What shall we work on?', 'Naming');
    await visitor.fill('Notes', 'See you');
    await visitor.press('Continue');
    await visitor.heading('Check and book');
    await visitor.press('Book');
    await visitor.heading('You’re booked');

    expect(visitor.backend.confirmRequest).to.deep.include({
      clientDetails: { name: 'Ada Okafor', email: 'ada@example.com', timezone: 'Europe/Berlin' },
      notes: 'See you',
      answers: [
        { question: 'Company', answer: 'Okafor & Co' },
        { question: 'What is it about?', answer: 'One line\nand another' },
        { question: 'Your phone', answer: '+49 151 2345 6789' },
        { question: 'How did you hear of us?', answer: 'A talk in Lisbon' },
        { question: 'What shall we work on?', answer: 'Packages, and more\nHiring\nNaming' },
      ],
    });
    expect(visitor.backend.confirmRequest).not.to.have.property('location');
    expect(visitor.backend.confirmRequest).not.to.have.property('guests');
  });

  it('keep every answer when the browser fills in all of them at once', async () => {
    const visitor = await new Visitor(withQuestions()).toDetails();
    for (const label of ['Name', 'E-mail', 'Company', 'What is it about?']) {
      const field = visitor.field(label);
      field.value = `${label}@example.com`;
      field.dispatchEvent(new InputEvent('input'));
    }
    visitor.field('Pricing').click();
    visitor.field('Hiring').click();
    visitor.field('A friend').click();
    await visitor.drawn();
    await visitor.fill('E-mail', 'ada@example.com');
    await visitor.press('Continue');
    await visitor.heading('Check and book');
    expect(visitor.text).to.include('4 answers');
    await visitor.press('Show the answers');
    expect(visitor.text).to.include('Pricing\nHiring');
  });

  it('want the words for a required "Other"', async () => {
    const visitor = await new Visitor(withQuestions()).toDetails();
    await visitor.choose('Other');
    await visitor.fill('Name', 'Ada');
    await visitor.fill('E-mail', 'ada@example.com');
    await visitor.fill('What is it about?', 'x');
    await visitor.press('Continue');
    expect(visitor.text).to.include('Please write your answer beside Other.');
    expect(visitor.focused).to.equal(visitor.field('Other: How did you hear of us?'));
  });

  it('let an optional choice be taken back', async () => {
    const backend = new LaterBackend({
      questions: [question('Which?', { type: 'single_select', choices: ['A', 'B'] })],
    });
    const visitor = await new Visitor(backend).toDetails();
    await visitor.choose('B');
    expect(visitor.field('B').checked).to.equal(true);
    await visitor.press('Clear: Which?');
    expect(visitor.field('B').checked).to.equal(false);
    expect(visitor.focused).to.equal(visitor.field('A'));
    expect(visitor.has('Clear: Which?')).to.equal(false);
  });

  it('keep everything when the visitor goes back for another time', async () => {
    const visitor = await new Visitor(withQuestions()).toDetails();
    await visitor.fill('Name', 'Ada');
    await visitor.choose('Other');
    await visitor.fill('Other: How did you hear of us?', 'A talk');
    await visitor.choose('Pricing');
    await visitor.press('Back');
    await visitor.toDetails();

    expect(visitor.field('Name').value).to.equal('Ada');
    expect(visitor.field('Other: How did you hear of us?').value).to.equal('A talk');
    expect(visitor.field('Pricing').checked).to.equal(true);
  });

  it('come filled in by the page, whatever nonsense the page gives', async () => {
    const visitor = await new Visitor(withQuestions(), {
      name: 'Ada',
      prefill: {
        email: 'ada@example.com',
        guests: ['tom@example.com', 7],
        answers: { Company: 'Okafor', 'Your phone': null },
        notes: { toString: () => 'no' },
      } as never,
    }).toDetails();
    expect(visitor.field('Name').value).to.equal('Ada');
    expect(visitor.field('E-mail').value).to.equal('ada@example.com');
    expect(visitor.field('Company').value).to.equal('Okafor');
    expect(visitor.field('Your phone').value).to.equal('');
    expect(visitor.field('Notes').value).to.equal('');
    expect(visitor.has('Remove tom@example.com')).to.equal(true);
  });

  it('show what the server does not take, at its field, and leave the rest alone', async () => {
    const backend = withQuestions();
    backend.confirm = () =>
      refusal(400, 'invalid_request', {
        fields: {
          'clientDetails.email': 'This mailbox does not exist.',
          'answers[Company]': 'Please answer this one.',
          'timeSlot.endTime': 'This is not how long it takes.',
        },
      });
    const visitor = await new Visitor(backend).toDetails();
    await visitor.fill('Name', 'Ada');
    await visitor.fill('E-mail', 'ada@example.com');
    await visitor.fill('What is it about?', 'x');
    await visitor.choose('A friend');
    await visitor.press('Continue');
    await visitor.heading('Check and book');
    await visitor.press('Book');
    await visitor.heading('Your details');

    expect(visitor.problem('E-mail')).to.equal('This mailbox does not exist.');
    expect(visitor.problem('Company')).to.equal('Please answer this one.');
    expect(visitor.text).to.include('This is not how long it takes.');
    expect(visitor.focused).to.equal(visitor.field('E-mail'));
    expect(visitor.field('Name').value).to.equal('Ada');
    await expectAccessible(visitor.element);

    const asked = backend.sent('/available-times').length;
    await visitor.press('Choose the time again');
    expect(backend.sent('/available-times').length).to.be.above(asked);
  });

  it('show hostile words as nothing but words', async () => {
    const evil = '<img src=x onerror="globalThis.wasHit = true"> {name} \u202E';
    const backend = new LaterBackend({
      title: evil,
      host: { name: evil },
      questions: [
        question(evil, { required: true }),
        question('__proto__', { type: 'single_select', choices: [evil, ''], includeOther: true }),
        question('constructor', { type: 'multi_select', choices: [evil] }),
      ],
      locations: [
        { kind: 'custom', location: evil, additionalInfo: evil },
        { kind: 'custom', location: 'javascript:alert(1)', additionalInfo: null },
      ],
    });
    const visitor = await new Visitor(backend).toDetails();
    await visitor.fill('Name', evil);
    await visitor.fill('E-mail', 'ada@example.com');
    for (const radio of visitor.root.querySelectorAll<HTMLElement>('.choice:first-child .tick')) {
      radio.click();
    }
    const [answer] = visitor.root.querySelectorAll<HTMLInputElement>('#field-answer0');
    if (answer !== undefined) {
      answer.value = evil;
      answer.dispatchEvent(new InputEvent('input'));
    }
    await visitor.press('Continue');
    await visitor.heading('Check and book');
    await visitor.press('Show the answers');
    expect(visitor.root.querySelector('img, script')).to.equal(null);
    expect(globalThis).not.to.have.property('wasHit');
    await visitor.press('Book');
    await visitor.heading('You’re booked');
    const { answers } = visitor.backend.confirmRequest;
    expect(answers?.map((given) => given.question)).to.deep.equal([
      evil,
      '__proto__',
      'constructor',
    ]);
  });
});
