import { expect } from 'chai';
import { expectAccessible } from '../../test/accessible.ts';
import { until } from '../../test/mount.ts';
import { refusal } from '../../test/stub-backend.ts';
import {
  booked,
  CHECKOUT,
  comeBackTo,
  HOLD_END,
  paid,
  reserved,
  sellingBackend,
  Tab,
} from '../test/paid-session.ts';
import { slots } from '../test/later-backend.ts';
import type { Visitor } from '../test/visit.ts';

const stepsOf = ({ element }: Visitor): string[] => {
  const steps: string[] = [];
  element.addEventListener('booking-step-change', ({ step }) => steps.push(step));
  return steps;
};

/** Back on the page by a reload or the browser's back button: nothing leaves by itself. */
const again = async (tab: Tab): Promise<Visitor> => {
  const visitor = tab.load();
  await visitor.heading('Not paid yet');
  return visitor;
};

describe('a session with a price', () => {
  it('is held, paid on Stripe’s page, and booked when the visitor is back', async () => {
    const tab = new Tab();
    const before = tab.load();
    const steps = stepsOf(before);
    await before.toConfirm();
    await before.press('Pay and book €49');
    await before.arrive('14:45 is held for you');
    await until(() => before.left.length > 0);
    expect(before.left).to.deep.equal([CHECKOUT]);
    expect(steps).to.deep.equal(['ENTER_DETAILS', 'CONFIRM_BOOKING', 'PROCESS_PAYMENT']);
    expect(before.text).to.include('Opening payment, €49');
    expect(tab.backend.confirmRequest.returnUrl).to.equal(location.href);

    const streams = tab.backend.startStreaming();
    tab.backend.change(reserved);
    const address = location.href;
    comeBackTo('b1', '#booking-calendar=token');
    const after = tab.load();
    const stepsAfter = stepsOf(after);
    const confirmed: string[] = [];
    after.element.addEventListener('booking-confirmed', ({ booking }) =>
      confirmed.push(booking.id),
    );
    await after.heading('Payment approved, booking your time');
    expect(location.href).to.equal(address);
    expect(confirmed).to.deep.equal([]);

    await until(() => streams.length > 0);
    streams[0]?.send(tab.backend.change(booked));
    await after.heading('You’re booked');
    await until(() => confirmed.length > 0);
    expect(confirmed).to.deep.equal(['b1']);
    expect(stepsAfter).to.deep.equal(['PROCESS_PAYMENT', 'BOOKING_COMPLETE']);
    expect(tab.backend.sent('/confirm')).to.have.length(1);

    // A reload shows it again, and tells nobody again.
    const later = tab.load();
    later.element.addEventListener('booking-confirmed', () => expect.fail('Told twice.'));
    await later.heading('You’re booked');
  });

  it('waits for the payment page when that takes its time, and opens it then', async () => {
    const tab = new Tab();
    const streams = tab.backend.startStreaming();
    tab.backend.change({ checkoutUrl: null });
    const visitor = await tab.pay();
    expect(visitor.find('.work').innerText).to.include('Opening payment, €49');
    expect(visitor.find('.work').ariaDisabled).to.equal('true');
    await expectAccessible(visitor.element);
    expect(visitor.left).to.deep.equal([]);
    await until(() => streams.length > 0);
    streams[0]?.send(tab.backend.change({ checkoutUrl: CHECKOUT }));
    await until(() => visitor.left.length > 0);
    expect(visitor.left).to.deep.equal([CHECKOUT]);
  });

  it('offers the way by hand when nothing opens by itself', async () => {
    const visitor = await new Tab().pay();
    await until(() => visitor.left.length > 0);
    await visitor.wait(() => visitor.has('Go to payment, €49'));
    expect(visitor.text).to.include('did not open by itself');
    expect((visitor.button('Go to payment, €49') as HTMLAnchorElement).href).to.equal(CHECKOUT);
    await expectAccessible(visitor.element);
  });

  it('never leaves for an address that is no web page', async () => {
    const tab = new Tab();
    tab.backend.change({ checkoutUrl: 'javascript:alert(1)' });
    const visitor = await tab.pay();
    await visitor.wait(() => visitor.text.includes('did not open by itself'));
    expect(visitor.left).to.deep.equal([]);
    expect(visitor.root.querySelector('a[href^="javascript"]')).to.equal(null);
  });

  it('is paid once by a visitor who presses twice', async () => {
    const tab = new Tab();
    const visitor = await tab.load().toConfirm();
    const button = visitor.button('Pay and book €49');
    button.click();
    button.click();
    await visitor.heading('14:45 is held for you');
    await until(() => visitor.left.length > 0);
    expect(tab.backend.sent('/confirm')).to.have.length(1);
    expect(visitor.left).to.have.length(1);
  });

  it('goes on with the same booking after a reload or the back button, and stays on the page', async () => {
    const tab = new Tab();
    await tab.pay();
    const visitor = await again(tab);
    expect(visitor.text).to.include('Nothing was charged. 14:45 is held until 10:55.');
    expect(visitor.root.querySelector('.title')?.textContent).to.include('Pricing workshop');
    visitor.time.pass(60_000);
    await visitor.drawn();
    expect(visitor.left).to.deep.equal([]);
    await expectAccessible(visitor.element);
    expect(tab.backend.sent('/confirm')).to.have.length(1);

    visitor.button('Go to payment, €49').addEventListener('click', (event) => {
      event.preventDefault();
    });
    await visitor.press('Go to payment, €49');
    expect(visitor.text).to.include('Opening payment, €49');
  });

  it('is there again as it was left when the browser kept the page', async () => {
    const tab = new Tab();
    const streams = tab.backend.startStreaming();
    const visitor = await tab.pay();
    await until(() => visitor.left.length > 0 && streams.length > 0);
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await until(() => streams[0]?.isCanceled);
    tab.backend.change({ paymentDeclined: true });
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await visitor.heading('The card was declined');
    await until(() => streams.length === 2);
    expect(visitor.left).to.have.length(1);
    streams[1]?.send(tab.backend.change(reserved));
    await visitor.heading('Payment approved, booking your time');
  });

  it('says that the card was declined, and how to go on', async () => {
    const tab = new Tab();
    await tab.pay();
    tab.backend.change({ paymentDeclined: true });
    comeBackTo('b1');
    const visitor = tab.load();
    await visitor.heading('The card was declined');
    expect(visitor.text).to.include('Nothing was charged.');
    expect(visitor.text).to.include('14:45 is still held for you.');
    expect((visitor.button('Try again, €49') as HTMLAnchorElement).href).to.equal(CHECKOUT);
    await expectAccessible(visitor.element);

    await visitor.press('Choose another time');
    await until(() => visitor.root.querySelector('[role=grid]'));
    expect(tab.backend.sent('/cancel')).to.have.length(1);
    // What was typed is kept, and the next booking is another one.
    const keyBefore = tab.backend.sent('/confirm')[0]?.headers.get('idempotency-key');
    await visitor.toDetails();
    expect(visitor.field('Name').value).to.equal('Ada Okafor');
    await visitor.press('Continue');
    await visitor.heading('Check and book');
    await visitor.press('Pay and book €49');
    await until(() => tab.backend.sent('/confirm').length === 2);
    expect(tab.backend.sent('/confirm')[1]?.headers.get('idempotency-key')).not.to.equal(keyBefore);
  });
});

describe('the time that is held', () => {
  it('can be given back', async () => {
    const tab = new Tab();
    const { backend } = tab;
    backend.cancel = () => {
      backend.change({
        status: 'canceled',
        canceledBy: 'invitee',
        paymentStatus: 'releasing',
        checkoutUrl: null,
        holdExpiresAt: null,
      });
      return backend.current();
    };
    await tab.pay();
    const visitor = await again(tab);
    const button = visitor.button('Give the time back');
    button.focus();
    button.click();
    button.click();
    await visitor.arrive('14:45 is free for others again');
    expect(visitor.text).to.include('Nothing was charged');
    expect(backend.sent('/cancel')).to.have.length(1);
    expect(backend.sent('/cancel')[0]?.headers.get('authorization')).to.equal('Bearer token');
    await expectAccessible(visitor.element);
    await visitor.press('Book another time');
    await until(() => visitor.root.querySelector('[role=grid]'));
    // A reload does not bring it back.
    const later = tab.load();
    await until(() => later.element.shadowRoot?.querySelector('[role=grid]'));
  });

  it('stays held when nobody can be told, and the visitor knows it', async () => {
    const tab = new Tab();
    tab.backend.cancel = () => Promise.reject(new TypeError('no network'));
    await tab.pay();
    const visitor = await again(tab);
    const errors: string[] = [];
    visitor.element.addEventListener('booking-error', ({ code }) => errors.push(code));
    await visitor.press('Give the time back');
    await until(() => visitor.text.includes('could not be given back'));
    expect(visitor.said).to.include('could not be given back');
    expect(visitor.has('Go to payment, €49')).to.equal(true);
    await until(() => errors.length > 0);
    expect(errors).to.deep.equal(['unreachable']);
    await expectAccessible(visitor.element);
  });

  it('is booked when it was paid in the very moment that it was given back', async () => {
    const tab = new Tab();
    const { backend } = tab;
    await tab.pay();
    const visitor = await again(tab);
    backend.cancel = () => {
      backend.change(reserved);
      return refusal(409, 'booking_not_changeable');
    };
    await visitor.press('Give the time back');
    await visitor.heading('Payment approved, booking your time');
  });

  it('is counted down, and spoken of at ten, five and one minutes only', async () => {
    const tab = new Tab();
    await tab.pay();
    const visitor = await again(tab);
    const clock = visitor.find('[role=timer]');
    expect(clock.innerText).to.equal('25:00');
    expect(clock.hasAttribute('aria-live')).to.equal(false);
    expect(visitor.text).to.include('Held until 10:55');
    const { left } = visitor.find('.hold b').getBoundingClientRect();
    const spoken: string[] = [];
    const clockTimes = ['24:59', '10:01', '10:00', '09:59', '09:00', '05:01', '05:00', '04:59'];
    for (const time of [...clockTimes, '01:01', '01:00', '00:59', '00:01', '00:00']) {
      const [minutes = 0, seconds = 0] = time.split(':').map(Number);
      const shortlyBefore = Date.parse(HOLD_END) - (minutes * 60 + seconds + 2) * 1000;
      visitor.time.pass(Math.max(0, shortlyBefore - visitor.time.now()));
      await until(() => {
        if (clock.innerText !== time) visitor.time.pass(200);
        return clock.innerText === time;
      });
      await visitor.drawn();
      if (visitor.said !== spoken.at(-1)?.slice(6)) spoken.push(`${time} ${visitor.said}`);
      const now = visitor.find('.hold b').getBoundingClientRect();
      expect(now.left).to.equal(left);
    }
    expect(spoken.filter((said) => said.includes('left'))).to.deep.equal([
      '10:00 10 minutes left to pay.',
      '05:00 5 minutes left to pay.',
      '01:00 1 minute left to pay.',
    ]);
  });

  it('is over when the backend says so, not when the clock does', async () => {
    const tab = new Tab();
    await tab.pay();
    const visitor = await again(tab);
    const asked = tab.backend.sent('/b1').length;
    visitor.time.pass(24.9 * 60_000);
    await visitor.wait(() => visitor.text.includes('The hold is ending.'));
    await until(() => tab.backend.sent('/b1').length > asked);
    expect(visitor.has('Go to payment, €49')).to.equal(true);
    tab.backend.change({
      status: 'expired',
      paymentStatus: 'releasing',
      checkoutUrl: null,
      holdExpiresAt: null,
    });
    await visitor.wait(() => visitor.text.includes('The hold has ended'));
    expect(visitor.text).to.include('Nothing was charged, and your details are kept.');
    await until(() => visitor.has('Try 14:45 again'));
    await expectAccessible(visitor.element);

    // Paid in the last second after all: late money is a normal path.
    tab.backend.change(reserved);
    await visitor.wait(() => visitor.text.includes('Payment approved, booking your time'));
    tab.backend.change(booked);
    await visitor.wait(() => visitor.text.includes('You’re booked'));
  });

  it('can be tried again once it is free, as another booking', async () => {
    const tab = new Tab();
    await tab.pay();
    const key = tab.backend.sent('/confirm')[0]?.headers.get('idempotency-key');
    tab.backend.change({ status: 'expired', paymentStatus: 'released', checkoutUrl: null });
    const visitor = tab.load();
    await visitor.heading('The hold has ended');
    await until(() => visitor.has('Try 14:45 again'));
    tab.backend.change({ status: 'awaiting_payment', checkoutUrl: CHECKOUT });
    await visitor.press('Try 14:45 again');
    await visitor.heading('Check and book');
    expect(visitor.text).to.include('Ada Okafor');
    await visitor.press('Pay and book €49');
    await until(() => tab.backend.sent('/confirm').length === 2);
    const [, second] = tab.backend.sent('/confirm');
    expect(second?.headers.get('idempotency-key')).not.to.equal(key);
    expect(tab.backend.confirmRequest.timeSlot).to.deep.include({
      startTime: slots[1]?.startTime,
      schedulingUrl: slots[1]?.schedulingUrl,
    });
  });
});

describe('once it is paid', () => {
  it('shows how far the booking is', async () => {
    const tab = new Tab();
    await tab.pay();
    tab.backend.change(reserved);
    const visitor = tab.load();
    await visitor.heading('Payment approved, booking your time');
    const steps = [...visitor.root.querySelectorAll<HTMLElement>('.progress-list li')];
    expect(steps.map(({ ariaCurrent }) => ariaCurrent)).to.deep.equal([null, 'step', null]);
    expect(steps.map(({ innerText }) => innerText.split('\n')[0])).to.deep.equal([
      '€49 reserved on your card',
      'Booking 14:45 with Ines Almeida',
      'Card charged, invitation sent',
    ]);
    expect(visitor.text).to.include('Not charged yet');
    await expectAccessible(visitor.element);

    await visitor.wait(() => visitor.text.includes('You are charged only if it works'));
    expect(visitor.said).to.include('You are charged only if it works');
  });

  it('says so where the card is charged first', async () => {
    const tab = new Tab(sellingBackend({ capture: 'before_booking' }));
    await tab.pay();
    tab.backend.change(paid);
    const visitor = tab.load();
    await visitor.heading('Payment received, booking your time');
    expect(visitor.text).to.include('€49 paid');
    expect(visitor.text).not.to.include('reserved');
    await expectAccessible(visitor.element);
    await visitor.wait(() => visitor.text.includes('your money goes back'));
  });

  it('that the slot was lost leads to the nearest free times, and the money back', async () => {
    const tab = new Tab();
    await tab.pay();
    const key = tab.backend.sent('/confirm')[0]?.headers.get('idempotency-key');
    tab.backend.change({
      ...reserved,
      status: 'rejected',
      rejection: 'slot_taken',
      paymentStatus: 'releasing',
    });
    const visitor = tab.load();
    visitor.element.addEventListener('booking-confirmed', () => expect.fail('Not booked.'));
    await visitor.heading('14:45 could not be booked');
    expect(visitor.text).to.include('Someone booked it while you were paying.');
    expect(visitor.text).to.include(
      'Nothing was charged: the €49 reserved on your card is released',
    );
    expect(visitor.root.querySelector('.facts')?.textContent).to.include('No time chosen yet');
    await until(() => visitor.text.includes('The nearest free times'));
    await expectAccessible(visitor.element);
    const times = [...visitor.root.querySelectorAll<HTMLElement>('.nearest')];
    expect(times.map(({ innerText }) => innerText.replaceAll(/\s+/g, ' '))).to.deep.equal([
      '09:00 Thu 19 Nov',
      '10:15 Fri 20 Nov',
    ]);

    tab.backend.change({
      status: 'awaiting_payment',
      paymentStatus: 'open',
      checkoutUrl: CHECKOUT,
    });
    times[1]?.click();
    await visitor.arrive('Check and book');
    expect(visitor.text).to.match(/Friday,? 20 November 2026/);
    expect(visitor.text).to.include('ada@example.com');
    await visitor.press('Pay and book €49');
    await until(() => tab.backend.sent('/confirm').length === 2);
    expect(tab.backend.sent('/confirm')[1]?.headers.get('idempotency-key')).not.to.equal(key);
    await until(() => visitor.left.length > 0);
  });

  it('says where the money is while it is on its way back', async () => {
    const tab = new Tab();
    await tab.pay();
    tab.backend.change({
      ...paid,
      status: 'rejected',
      rejection: 'refused',
      paymentStatus: 'refunding',
    });
    const visitor = tab.load();
    await visitor.heading('14:45 could not be booked');
    expect(visitor.text).to.include('Calendly did not take it.');
    expect(visitor.text).to.include('The €49 is on its way back');
    await until(() => visitor.text.includes('The nearest free times'));
    const asked = tab.backend.sent('/available-times').length;
    tab.backend.change({ paymentStatus: 'refunded' });
    await visitor.wait(() => visitor.text.includes('The €49 was refunded'));
    // The times stay where they are.
    expect(visitor.text).to.include('The nearest free times');
    expect(tab.backend.sent('/available-times')).to.have.length(asked);
  });

  it('leads to all times where none are near, or none can be had', async () => {
    const tab = new Tab();
    await tab.pay();
    tab.backend.change({
      ...reserved,
      status: 'rejected',
      rejection: 'slot_taken',
      paymentStatus: 'released',
    });
    tab.backend.times = () => refusal(503, 'scheduling_unavailable');
    const visitor = tab.load();
    await until(() => visitor.has('Choose a time'));
    await expectAccessible(visitor.element);
    tab.backend.times = () => undefined;
    await visitor.press('Choose a time');
    await until(() => visitor.root.querySelector('[role=grid]'));
  });
});

describe('a payment that cannot even begin', () => {
  it('books nothing, charges nothing, and is tried again as another booking', async () => {
    const tab = new Tab();
    const { confirm } = tab.backend;
    tab.backend.confirm = () => refusal(503, 'payments_unavailable');
    const visitor = await tab.load().toConfirm();
    const errors: string[] = [];
    visitor.element.addEventListener('booking-error', ({ code }) => errors.push(code));
    await visitor.press('Pay and book €49');
    await until(() => visitor.text.includes('Nothing was charged and nothing is booked.'));
    expect(visitor.said).to.include('could not be opened just now');
    expect(visitor.has('Choose another time')).to.equal(true);
    expect(visitor.text).not.to.include('Calendly');
    await expectAccessible(visitor.element);
    await until(() => errors.length > 0);
    expect(errors).to.deep.equal(['payments_unavailable']);

    tab.backend.confirm = confirm;
    await visitor.press('Pay and book €49');
    await visitor.heading('14:45 is held for you');
    const keys = tab.backend.sent('/confirm').map(({ headers }) => headers.get('idempotency-key'));
    expect(new Set(keys).size).to.equal(2);
  });

  it('says so when it is known only later', async () => {
    const tab = new Tab();
    const streams = tab.backend.startStreaming();
    tab.backend.change({ checkoutUrl: null });
    const visitor = await tab.pay();
    await until(() => streams.length > 0);
    streams[0]?.send(
      tab.backend.change({
        status: 'rejected',
        rejection: 'payment_unavailable',
        paymentStatus: 'released',
        holdExpiresAt: null,
      }),
    );
    await visitor.heading('The payment page did not open');
    expect(visitor.text.match(/Nothing was charged/g)).to.have.length(1);
    await until(() => visitor.has('Try 14:45 again'));
    await expectAccessible(visitor.element);
  });
});
