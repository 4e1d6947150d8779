import { expect } from 'chai';
import { LaterBackend, question } from './test/later-backend.ts';
import { until } from '../test/mount.ts';
import { Tab } from './test/paid-session.ts';
import { Visitor } from './test/visit.ts';
import { sendKeys } from '@web/test-runner-commands';

const type = (text: string): Promise<void> => sendKeys({ type: text });

describe('with the keyboard alone', () => {
  it('a visitor fills in, checks, books, and cancels', async function tell() {
    // Every key goes through the browser's own input, and comes back.
    this.timeout(20_000);
    const visitor = await new Visitor(
      new LaterBackend({
        questions: [
          question('Which?', { type: 'single_select', choices: ['A', 'B'], required: true }),
        ],
      }),
    ).toDetails();
    const focusedId = () => visitor.focused?.id;

    await visitor.arrive('Your details');
    await visitor.keys('Tab');
    expect(focusedId()).to.equal('field-name');
    await type('Ada Okafor');
    await visitor.keys('Tab');
    await type('ada@example');
    // Enter in a field is Continue.
    await visitor.keys('Enter');
    await until(() => visitor.problem('E-mail') !== '');
    expect(focusedId()).to.equal('field-email');
    await type('.com');
    await visitor.keys('Tab', 'ArrowDown');
    expect(visitor.field('B').checked).to.equal(true);
    await visitor.keys('Tab');
    await type('tom@example.com');
    await visitor.keys('Enter');
    expect(visitor.has('Remove tom@example.com')).to.equal(true);
    await visitor.keys('Tab', 'Tab', 'Enter');

    await visitor.arrive('Check and book');
    const names: (string | null | undefined)[] = [];
    for (let tab = 0; tab < 4; tab += 1) {
      await visitor.keys('Tab');
      names.push(visitor.focused?.ariaLabel ?? visitor.focused?.textContent.trim());
    }
    expect(names.slice(0, 3)).to.deep.equal([
      'Change the time',
      'Change your details',
      'Show the answers',
    ]);
    expect(visitor.focused?.classList.contains('work')).to.equal(true);
    await visitor.keys('Space');

    await visitor.arrive('You’re booked');
    expect(visitor.backend.confirmRequest).to.deep.include({
      answers: [{ question: 'Which?', answer: 'B' }],
      guests: ['tom@example.com'],
    });
    visitor.button('Cancel booking').focus();
    await visitor.keys('Enter');
    await visitor.arrive('Cancel this booking?');
    await visitor.keys('Tab');
    await type('Sorry');
    await visitor.keys('Tab', 'Enter');
    await visitor.arrive('This booking is canceled');
    expect(visitor.text).to.include('Sorry');
  });

  it('a visitor pays, changes their mind, and takes another time', async function tell() {
    this.timeout(20_000);
    const tab = new Tab();
    const { backend } = tab;
    const visitor = await tab.load().toConfirm();
    await visitor.arrive('Check and book');
    visitor.find('.work').focus();
    await visitor.keys('Enter');
    await visitor.arrive('14:45 is held for you');
    await visitor.wait(() => visitor.has('Go to payment, €49'));
    const focused = () => visitor.focused?.textContent.trim();
    visitor.find('[data-heading]').focus();
    await visitor.keys('Tab');
    expect(focused()).to.equal('Go to payment, €49');
    await visitor.keys('Tab');
    expect(focused()).to.equal('Give the time back');
    backend.cancel = () => {
      backend.change({ status: 'rejected', rejection: 'slot_taken', paymentStatus: 'released' });
      return backend.current();
    };
    await visitor.keys('Enter');
    await visitor.arrive('14:45 could not be booked');
    await until(() => visitor.root.querySelector('.nearest:not(.block)'));
    await visitor.keys('Tab', 'Tab', 'Space');
    await visitor.arrive('Check and book');
    expect(visitor.text).to.match(/Friday,? 20 November/);
  });
});
