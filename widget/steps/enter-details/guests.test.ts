import { expect } from 'chai';
import { expectAccessible } from '../../test/accessible.ts';
import { refusal } from '../../test/stub-backend.ts';
import { LaterBackend } from '../test/later-backend.ts';
import { Visitor } from '../test/visit.ts';

const paste = async (visitor: Visitor, text: string): Promise<void> => {
  const data = new DataTransfer();
  data.setData('text', text);
  visitor.field('Guests').focus();
  visitor
    .field('Guests')
    .dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  await visitor.drawn();
};
const guests = (visitor: Visitor): string[] =>
  [...visitor.root.querySelectorAll('.chip bdi')].map((chip) => chip.textContent);

describe('guests', () => {
  it('are added with Enter, comma, or on leaving, and are sent', async () => {
    const visitor = await new Visitor().toDetails();
    await visitor.fill('Guests', 'tom@example.com');
    await visitor.keys('Enter');
    expect(visitor.said).to.equal('tom@example.com added, 1 guest.');
    await visitor.fill('Guests', 'eve@example.com,');
    await visitor.fill('Guests', 'kim@example.com');
    await visitor.leave('Guests');
    expect(guests(visitor)).to.deep.equal([
      'tom@example.com',
      'eve@example.com',
      'kim@example.com',
    ]);
    await expectAccessible(visitor.element);

    await visitor.fill('Name', 'Ada');
    await visitor.fill('E-mail', 'ada@example.com');
    await visitor.press('Continue');
    await visitor.heading('Check and book');
    expect(visitor.text).to.include(
      'ada@example.com, with tom@example.com, eve@example.com, kim@example.com',
    );
    await visitor.press('Book');
    await visitor.heading('You’re booked');
    expect(visitor.backend.confirmRequest.guests).to.have.length(3);
  });

  it('are removed by name, and the focus stays in the field', async () => {
    const visitor = await new Visitor(undefined, {
      prefill: { guests: ['tom@example.com', 'eve@example.com'] },
    }).toDetails();
    await visitor.press('Remove tom@example.com');
    expect(guests(visitor)).to.deep.equal(['eve@example.com']);
    expect(visitor.focused).to.equal(visitor.field('Guests'));
    expect(visitor.said).to.equal('Removed tom@example.com.');
  });

  it('are reached and removed with the keyboard alone', async () => {
    const visitor = await new Visitor(undefined, {
      prefill: { guests: ['tom@example.com', 'eve@example.com'] },
    }).toDetails();
    visitor.field('Guests').focus();
    await visitor.keys('Backspace', 'ArrowLeft');
    expect(visitor.focused?.ariaLabel).to.equal('Remove tom@example.com');
    await visitor.keys('Delete');
    expect(guests(visitor)).to.deep.equal(['eve@example.com']);
  });

  it('are taken out of whatever is pasted; the rest stays to be put right', async () => {
    const visitor = await new Visitor().toDetails();
    await paste(visitor, 'Tom <tom@example.com>; eve@example.com\nnot an address');
    expect(guests(visitor)).to.deep.equal(['tom@example.com', 'eve@example.com']);
    expect(visitor.field('Guests').value).to.equal('not, an, address');
    await visitor.leave('Guests');
    expect(visitor.problem('Guests')).to.equal(
      'Please check not, an, address: these are not e-mail addresses.',
    );
    await visitor.press('Continue');
    expect(visitor.text).to.include('Your details');
  });

  it('are ten at most, each once', async () => {
    const visitor = await new Visitor().toDetails();
    const twelve = Array.from({ length: 12 }, (_, index) => `g${index}@example.com`);
    await paste(visitor, ['G0@example.com', ...twelve].join(' '));
    expect(guests(visitor)).to.have.length(10);
    await visitor.leave('Guests');
    expect(visitor.field('Guests').value).to.equal('g10@example.com, g11@example.com');
    expect(visitor.problem('Guests')).to.equal('At most 10 guests, please.');
  });

  it('are told apart when the server does not like one of them', async () => {
    const backend = new LaterBackend();
    backend.confirm = () =>
      refusal(400, 'invalid_request', { fields: { 'guests.1': 'Please check this.' } });
    const visitor = await new Visitor(backend, {
      prefill: { guests: ['tom@example.com', 'eve@example.com'] },
    }).toConfirm();
    await visitor.press('Book');
    await visitor.heading('Your details');
    expect(visitor.problem('Guests')).to.equal('eve@example.com: Please check this.');
  });
});
