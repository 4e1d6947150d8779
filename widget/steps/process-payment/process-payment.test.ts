import { expect } from 'chai';
import { until } from '../../test/mount.ts';
import {
  booked,
  CHECKOUT,
  comeBackTo,
  paid,
  reserved,
  sellingBackend,
  Tab,
} from '../test/paid-session.ts';
import type { Visitor } from '../test/visit.ts';

const stepsOf = ({ element }: Visitor): string[] => {
  const steps: string[] = [];
  element.addEventListener('booking-step-change', ({ step }) => steps.push(step));
  return steps;
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
    expect(tab.backend.sent('/confirm')).to.have.length(1);

    // A reload shows it again, and tells nobody again.
    const again = tab.load();
    again.element.addEventListener('booking-confirmed', () => expect.fail('Told twice.'));
    await again.heading('You’re booked');
  });

  it('that is charged first says so', async () => {
    const tab = new Tab(sellingBackend({ capture: 'before_booking' }));
    const visitor = await tab.pay();
    tab.backend.change(paid);
    await visitor.wait(() => visitor.text.includes('Payment received, booking your time'));
    expect(visitor.text).to.include('€49 paid');
  });
});
