import { expect } from 'chai';
import { expectAccessible } from '../../test/accessible.ts';
import { until } from '../../test/mount.ts';
import { refusal } from '../../test/stub-backend.ts';
import { aBooking, LaterBackend, question, slots } from '../test/later-backend.ts';
import { Visitor } from '../test/visit.ts';

/** An answer that comes when the test wants it to. */
const later = () => Promise.withResolvers<Response>();

describe('the price of a session', () => {
  const price = { amount: 4900, currency: 'eur' };
  const paidSession = async (changes: ConstructorParameters<typeof LaterBackend>[0] = {}) =>
    new Visitor(
      new LaterBackend({ price, capture: 'after_booking', refundUntilHours: 24, ...changes }),
    ).toConfirm();

  it('stands in the summary, in its row and on the button, with the rule of refunds', async () => {
    const visitor = await paidSession();
    expect(visitor.root.querySelector('.facts .price')?.textContent.trim()).to.equal('€49');
    expect(visitor.find('.work').innerText).to.include('Pay and book €49');
    expect(visitor.text).to.match(/Full refund until Wed,? 18 Nov.*14:45\./);
    expect(visitor.text).to.include('Moving to another time stays free.');
    expect(visitor.text).to.include('Your card is charged only once the time is yours.');
    const described = visitor.find('.work').getAttribute('aria-describedby') ?? '';
    expect(visitor.root.getElementById(described)?.innerText).to.include('Stripe’s page');
    await expectAccessible(visitor.element);
  });

  it('says it when the card is charged first, and when there is always a refund', async () => {
    const visitor = await paidSession({ capture: 'before_booking', refundUntilHours: null });
    expect(visitor.text).to.include('If the time cannot be booked, your money goes back.');
    expect(visitor.text).to.include('Full refund any time before it starts.');
  });

  it('says when there is no refund any more before anything is paid', async () => {
    const visitor = await paidSession({ refundUntilHours: 24 * 14 });
    expect(visitor.text).to.include('The price is not refunded.');
    expect(visitor.text).to.match(/A refund was possible until Thu,? 5 Nov.*14:45\./);
  });

  it('is that of the currency’s own minor unit', async () => {
    const visitor = await paidSession({ price: { amount: 4900, currency: 'jpy' } });
    expect(visitor.find('.work').innerText).to.include('Pay and book JP¥4,900');
  });

  it('is never avoided by Calendly’s own page', async () => {
    const visitor = await paidSession();
    visitor.backend.confirm = () => refusal(503, 'scheduling_unavailable');
    visitor.find('.work').click();
    await until(() => visitor.text.includes('The calendar did not answer just now.'));
    expect(visitor.root.querySelector('a[href*="calendly.com"]')).to.equal(null);
  });
});

describe('the confirmation', () => {
  it('says everything once more, and what can be changed', async () => {
    const visitor = await new Visitor(
      new LaterBackend({
        questions: [question('Company')],
        locations: [
          { kind: 'outbound_call', location: null, additionalInfo: null },
          { kind: 'physical', location: 'Here', additionalInfo: 'Third floor' },
        ],
      }),
      {
        prefill: {
          answers: { Company: 'Okafor' },
          notes: 'See you',
          guests: ['tom@example.com'],
          location: { kind: 'outbound_call', location: '+49 30 123456' },
        },
      },
    ).toConfirm();

    const terms = [...visitor.root.querySelectorAll<HTMLElement>('dt')];
    expect(terms.map(({ innerText }) => innerText)).to.deep.equal([
      'When',
      'Where',
      'Who',
      'Answers',
      'Notes',
      'Price',
      'Canceling',
    ]);
    expect(visitor.text).to.match(/Thursday,? 19 November 2026/);
    expect(visitor.text).to.include('14:45–15:45');
    expect(visitor.text).to.include('Berlin time, UTC+1');
    expect(visitor.text).to.include('You are called on +49 30 123456.');
    expect(visitor.text).to.include('ada@example.com, with tom@example.com');
    expect(visitor.text).to.include('1 answer');
    expect(visitor.text).to.include('Free');
    await visitor.arrive('Check and book');
    await expectAccessible(visitor.element);

    expect(visitor.text).not.to.include('Okafor & Co');
    await visitor.press('Show the answers');
    expect(visitor.button('Hide the answers').ariaExpanded).to.equal('true');
    expect(visitor.text).to.include('Company');
    await expectAccessible(visitor.element);

    await visitor.press('Change your details');
    await visitor.heading('Your details');
    expect(visitor.field('Name').value).to.equal('Ada Okafor');
  });

  it('leads back to the times, and forward again with everything kept', async () => {
    const visitor = await new Visitor().toConfirm();
    await visitor.press('Change the time');
    await visitor.toDetails();
    expect(visitor.field('E-mail').value).to.equal('ada@example.com');
  });

  it('books once, however often the button is pressed', async () => {
    const backend = new LaterBackend();
    const answer = later();
    backend.confirm = () => answer.promise;
    const visitor = await new Visitor(backend).toConfirm();
    const button = visitor.button('Book');
    button.focus();
    const { width } = button.getBoundingClientRect();
    button.click();
    button.click();
    await visitor.drawn();
    button.click();
    await until(() => backend.sent('/confirm').length > 0);

    expect(button.ariaDisabled).to.equal('true');
    expect(button.innerText.trim()).to.equal('Booking');
    expect(button.getBoundingClientRect().width).to.equal(width);
    expect(visitor.focused).to.equal(button);
    expect(visitor.said).to.equal('Booking');
    await expectAccessible(visitor.element);

    await visitor.press('Change the time');
    answer.resolve(backend.confirmed());
    await visitor.arrive('You’re booked');
    expect(backend.sent('/confirm')).to.have.length(1);
  });

  it('tries again under the same key when nobody answered', async () => {
    const backend = new LaterBackend();
    backend.confirm = () => Promise.reject(new TypeError('no network'));
    const visitor = await new Visitor(backend).toConfirm();
    await visitor.press('Book');
    await until(() => visitor.text.includes('nothing is booked twice'));
    expect(visitor.said).to.include('nothing is booked twice');
    await expectAccessible(visitor.element);

    backend.confirm = () => backend.confirmed();
    await visitor.press('Book');
    await visitor.heading('You’re booked');
    const keys = backend.sent('/confirm').map(({ headers }) => headers.get('idempotency-key'));
    expect(keys).to.have.length(2);
    expect(new Set(keys).size).to.equal(1);
  });

  const refusals: [string, number, RegExp, string[]][] = [
    ['too_many_requests', 429, /Wait a minute, then try again/, []],
    [
      'scheduling_unavailable',
      503,
      /did not answer just now/,
      ['Book on Calendly’s page (opens in a new tab)'],
    ],
    [
      'scheduling_refused',
      502,
      /could not be booked just now/,
      ['Choose another time', 'Book on Calendly’s page (opens in a new tab)'],
    ],
    ['sign_in_required', 401, /Sign in to book this one/, []],
    [
      'session_type_not_found',
      404,
      /cannot be booked any more/,
      ['Book on Calendly’s page (opens in a new tab)'],
    ],
    [
      'idempotency_key_reused',
      409,
      /The server says idempotency_key_reused/,
      ['Choose another time'],
    ],
  ];
  for (const [code, status, sentence, ways] of refusals) {
    it(`says what happened and what to do after ${code}`, async () => {
      const backend = new LaterBackend();
      backend.confirm = () => refusal(status, code);
      const visitor = await new Visitor(backend).toConfirm();
      await visitor.press('Book');
      await until(() => sentence.test(visitor.text));
      expect(visitor.said).to.match(sentence);
      for (const way of ways) expect(visitor.has(way), way).to.equal(true);
      expect(visitor.button('Book').ariaDisabled).to.equal('false');
      await expectAccessible(visitor.element);
    });
  }

  it('goes back to the times that are still free when the slot was taken', async () => {
    const backend = new LaterBackend();
    backend.confirm = () => refusal(409, 'slot_taken', { slots: [slots[0]] });
    const visitor = await new Visitor(backend).toConfirm();
    await visitor.press('Book');
    await until(() => visitor.text.includes('14:45 was just taken.'));
  });
});

describe('a booking that is not settled yet', () => {
  const settling = async (backend: LaterBackend): Promise<Visitor> => {
    const visitor = await new Visitor(backend).toConfirm();
    await visitor.press('Book');
    return visitor;
  };

  it('says so, says more when it takes long, and turns to booked by itself', async () => {
    const backend = new LaterBackend();
    backend.booking = aBooking({ status: 'scheduling' });
    const visitor = await settling(backend);
    await visitor.arrive('Booking your time');
    expect(visitor.text).to.include('Booking 14:45 with Ines Almeida');
    await expectAccessible(visitor.element);

    expect(visitor.text).not.to.include('Still booking.');
    await visitor.wait(() => visitor.text.includes('Still booking.'));
    expect(visitor.said).to.equal('Still booking. The answer also comes by e-mail.');

    backend.booking = aBooking();
    await visitor.wait(() => visitor.text.includes('You’re booked'));
    await visitor.arrive('You’re booked');
  });

  it('tells the page once, when Calendly has it', async () => {
    const backend = new LaterBackend();
    backend.booking = aBooking({ status: 'scheduling' });
    const visitor = await new Visitor(backend).toConfirm();
    const told: string[] = [];
    visitor.element.addEventListener('booking-confirmed', ({ booking }) => told.push(booking.id));
    await visitor.press('Book');
    await visitor.heading('Booking your time');
    expect(told).to.deep.equal([]);
    backend.booking = aBooking();
    await visitor.wait(() => visitor.text.includes('You’re booked'));
    await visitor.heading('You’re booked');
    await visitor.wait(() => told.length > 0);
    for (let pass = 0; pass < 5; pass += 1) visitor.time.pass(60_000);
    expect(told).to.deep.equal(['b1']);
  });

  it('leads to Calendly for the last step, and notices when that is done', async () => {
    const backend = new LaterBackend();
    const continueUrl = 'https://calendly.com/d/abc?name=Ada';
    backend.booking = aBooking({ status: 'awaiting_invitee', continueUrl });
    const visitor = await settling(backend);
    await visitor.heading('One last step on Calendly');
    expect(visitor.text).to.match(/14:45 is yours once you finish there/);
    const link = visitor.find<HTMLAnchorElement>('a.solid');
    expect(link).to.include({ href: continueUrl, target: '_blank', rel: 'noopener' });
    await expectAccessible(visitor.element);

    backend.booking = aBooking();
    document.dispatchEvent(new Event('visibilitychange'));
    await visitor.heading('You’re booked');
  });

  it('never leads to a script', async () => {
    const backend = new LaterBackend();
    const continueUrl = 'javascript:alert(1)';
    backend.booking = aBooking({ status: 'awaiting_invitee', continueUrl });
    const visitor = await settling(backend);
    await visitor.heading('One last step on Calendly');
    expect(visitor.root.querySelector('.step a')).to.equal(null);
  });

  it('does not take the focus from another part of the page', async () => {
    const backend = new LaterBackend();
    backend.booking = aBooking({ status: 'scheduling' });
    const visitor = await settling(backend);
    await visitor.heading('Booking your time');
    const elsewhere = document.createElement('input');
    visitor.element.before(elsewhere);
    elsewhere.focus();
    backend.booking = aBooking();
    await visitor.wait(() => visitor.text.includes('You’re booked'));
    await visitor.heading('You’re booked');
    expect(document.activeElement).to.equal(elsewhere);
  });
});
