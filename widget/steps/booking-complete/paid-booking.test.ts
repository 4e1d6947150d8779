import { expect } from 'chai';
import type { Booking } from '../../flow/state.ts';
import { expectAccessible } from '../../test/accessible.ts';
import { until } from '../../test/mount.ts';
import { LaterBackend } from '../test/later-backend.ts';
import { booked, price, reserved } from '../test/paid-session.ts';
import { Visitor } from '../test/visit.ts';

const UNTIL = '2026-11-18T13:45:00.000Z';

const open = async (booking: Partial<Booking>, title = 'You’re booked'): Promise<Visitor> => {
  const backend = new LaterBackend();
  backend.change({ price, ...booking });
  const visitor = new Visitor(backend, { booking: { id: 'b1', token: 'token' } });
  await visitor.heading(title);
  return visitor;
};

describe('a paid booking', () => {
  it('says what was paid and until when it is refunded', async () => {
    const visitor = await open({ ...booked, refundUntil: UNTIL });
    expect(visitor.text).to.include('€49 paid');
    expect(visitor.text).to.match(/Full refund until Wed,? 18 Nov.*14:45\. The same links/);
    await expectAccessible(visitor.element);
  });

  it('says that the money is reserved as long as it is, and when it is paid', async () => {
    const visitor = await open({ ...booked, paymentStatus: 'authorized' });
    expect(visitor.text).to.include('€49 reserved on your card, charged in a moment');
    visitor.backend.change({ paymentStatus: 'paid' });
    await visitor.wait(() => visitor.text.includes('€49 paid'));
    expect(visitor.text).to.include('Full refund any time before it starts.');
  });

  const ends: [string, Partial<Booking>, string, RegExp][] = [
    [
      'refunded',
      { paymentStatus: 'refunding' },
      'This booking is canceled',
      /€49 is on its way back/,
    ],
    ['back', { paymentStatus: 'refunded' }, 'This booking is canceled', /The €49 was refunded/],
    [
      'stuck',
      { paymentStatus: 'refund_failed' },
      'This booking is canceled',
      /Someone will look at it/,
    ],
    [
      'kept, and why',
      { paymentStatus: 'paid', refundUntil: UNTIL },
      'This booking is canceled',
      /€49 is not refunded: it was canceled after Wed,? 18 Nov.*14:45/,
    ],
    [
      'released before it was charged',
      { paymentStatus: 'released' },
      'This booking is canceled',
      /Nothing was charged: the €49 reserved on your card is released/,
    ],
    [
      'never asked for',
      { paymentStatus: 'released', calendlyEventId: null },
      '14:45 is free for others again',
      /Nothing was charged, and your details are kept/,
    ],
  ];
  for (const [what, payment, title, sentence] of ends) {
    it(`that is canceled says that its money is ${what}`, async () => {
      const visitor = await open(
        { ...booked, status: 'canceled', canceledBy: 'invitee', ...payment },
        title,
      );
      expect(visitor.text).to.match(sentence);
      expect(visitor.text.match(/charged|refunded|back;|refund of/g)).to.have.length(1);
      await expectAccessible(visitor.element);
    });
  }
});

describe('canceling a paid booking', () => {
  it('refunds it, and says so before and after', async () => {
    const visitor = await open({ ...booked, refundUntil: UNTIL });
    visitor.backend.cancel = () => {
      visitor.backend.change({
        status: 'canceled',
        canceledBy: 'invitee',
        paymentStatus: 'refunding',
      });
      return visitor.backend.current();
    };
    await visitor.press('Cancel booking');
    await visitor.arrive('Cancel this booking?');
    expect(visitor.text).to.include('You get the full €49 back');
    await expectAccessible(visitor.element);
    await visitor.press('Cancel and refund €49');
    await visitor.arrive('This booking is canceled');
    expect(visitor.text).to.include('The €49 is on its way back');
    visitor.backend.change({ paymentStatus: 'refund_failed' });
    await visitor.wait(() => visitor.text.includes('Someone will look at it'));
  });

  it('says that it is too late for a refund before anything is lost', async () => {
    const visitor = await open({ ...booked, refundUntil: '2026-11-10T09:29:59.000Z' });
    expect(visitor.text).to.include('Canceling brings no refund any more.');
    await visitor.press('Cancel booking');
    await visitor.heading('Cancel this booking?');
    expect(visitor.text).to.match(
      /too late for a refund\. The €49 could be refunded until .*10:29/,
    );
    expect(visitor.has('Cancel without a refund')).to.equal(true);
    expect(visitor.has('Cancel and refund €49')).to.equal(false);
    await expectAccessible(visitor.element);
  });

  it('of one seat in a group says what comes back before it goes on to Calendly', async () => {
    const visitor = await open({ ...booked, refundUntil: UNTIL });
    const continueUrl = 'https://calendly.com/cancellations/x';
    visitor.backend.cancel = () =>
      Response.json({ success: true, booking: { ...visitor.backend.booking, continueUrl } });
    await visitor.press('Cancel booking');
    await visitor.press('Cancel and refund €49');
    await visitor.heading('One last step on Calendly');
    expect(visitor.text).to.include('You get the full €49 back');
  });

  it('that is only reserved releases it', async () => {
    const visitor = await open({
      ...booked,
      paymentStatus: 'authorized',
      refundUntil: '2026-11-10T09:00:00.000Z',
    });
    await visitor.press('Cancel booking');
    await visitor.heading('Cancel this booking?');
    expect(visitor.text).to.include('the €49 reserved on your card is released');
    expect(visitor.text).not.to.include('too late');
  });
});

describe('a paid booking that its invitee finishes on Calendly', () => {
  it('says when the money is taken, and can be given up together with it', async () => {
    const visitor = await open(
      {
        ...reserved,
        status: 'awaiting_invitee',
        continueUrl: 'https://calendly.com/x',
        calendlyEventId: null,
      },
      'One last step on Calendly',
    );
    expect(visitor.text).to.include('€49 is reserved on your card, and charged only once');
    await expectAccessible(visitor.element);
    visitor.backend.cancel = () => {
      visitor.backend.change({
        status: 'canceled',
        canceledBy: 'invitee',
        paymentStatus: 'releasing',
        continueUrl: null,
      });
      return visitor.backend.current();
    };
    await visitor.press('Give the time back');
    await visitor.heading('14:45 is free for others again');
    expect(visitor.backend.sent('/cancel')).to.have.length(1);
  });
});

describe('moving a paid booking', () => {
  it('costs nothing more', async () => {
    const visitor = await open(booked);
    await visitor.press('Reschedule');
    const day = await until(() =>
      visitor.root.querySelector<HTMLElement>('.free[data-day="2026-11-20"]'),
    );
    day.click();
    await until(() => visitor.text.includes('Friday 20 November'));
    (await until(() => visitor.root.querySelector<HTMLElement>('button.time'))).click();
    (await until(() => visitor.root.querySelector<HTMLElement>('.go'))).click();
    await visitor.heading('Check and move');
    expect(visitor.text).to.include('Nothing more to pay.');
    expect(visitor.text).not.to.include('Pay and book');
  });
});
