import { expect } from 'chai';
import type { Booking } from '../../flow/state.ts';
import { expectAccessible } from '../../test/accessible.ts';
import { until } from '../../test/mount.ts';
import { refusal } from '../../test/stub-backend.ts';
import { aBooking, LaterBackend } from '../test/later-backend.ts';
import { Visitor } from '../test/visit.ts';

const open = (booking: Partial<Booking> = {}, backend = new LaterBackend()): Visitor => {
  backend.booking = aBooking(booking);
  return new Visitor(backend, { booking: { id: 'b1', token: 'token' } });
};

describe('a booking', () => {
  it('that was just made has the focus on its outcome, and says where the invitation goes', async () => {
    const visitor = await new Visitor().toConfirm();
    await visitor.press('Book');
    await visitor.arrive('You’re booked');
    expect(visitor.said).to.equal('You’re booked');
    expect(visitor.text).to.include('The invitation is on its way to ada@example.com.');
    await expectAccessible(visitor.element);
  });

  it('that is opened by its link takes no focus from the page', async () => {
    const visitor = open();
    await visitor.heading('You’re booked');
    expect(document.activeElement).to.equal(document.body);
    expect(visitor.backend.sent('/b1')[0]?.headers.get('authorization')).to.equal('Bearer token');
  });

  const outcomes: [string, Partial<Booking>, string, RegExp][] = [
    [
      'host',
      { status: 'canceled', canceledBy: 'host', cancelReason: 'A cold.' },
      'This booking is canceled',
      /Ines Almeida canceled it\.[^]*A cold\./,
    ],
    [
      'invitee',
      { status: 'canceled', canceledBy: 'invitee' },
      'This booking is canceled',
      /You canceled it/,
    ],
    [
      'request to cancel',
      { cancelRequested: true },
      'Canceling this booking',
      /Calendly is being told/,
    ],
    ['expiry', { status: 'expired' }, 'Not finished in time', /14:45 is free for others again/],
    [
      'lost race',
      { status: 'rejected', rejection: 'slot_taken' },
      '14:45 could not be booked',
      /Someone booked it first/,
    ],
    [
      'refusal',
      { status: 'rejected', rejection: 'refused' },
      '14:45 could not be booked',
      /Calendly did not take it/,
    ],
    ['move', { status: 'rescheduled' }, 'This booking was moved', /in your e-mail/],
    ['payment', { status: 'awaiting_payment' }, 'Not paid yet', /14:45 is held/],
  ];
  for (const [what, booking, title, text] of outcomes) {
    it(`tells of its ${what}`, async () => {
      const visitor = open(booking);
      await visitor.heading(title);
      expect(visitor.text).to.match(text);
      expect(visitor.has('Cancel booking')).to.equal(false);
      await expectAccessible(visitor.element);
    });
  }

  it('that was moved elsewhere is followed with the same token', async () => {
    const backend = new LaterBackend();
    const moved = aBooking({ id: 'b9' });
    backend.read = ({ path }) => {
      backend.booking = path.endsWith('/b9')
        ? moved
        : aBooking({ status: 'rescheduled', rescheduledTo: 'b9' });
      return backend.current();
    };
    const visitor = open({}, backend);
    await visitor.heading('You’re booked');
    expect(backend.sent('/b9')[0]?.headers.get('authorization')).to.equal('Bearer token');
  });

  it('that nobody knows, or that nobody could be asked about, has a way on', async () => {
    const backend = new LaterBackend();
    backend.read = () => refusal(404, 'booking_not_found');
    const missing = open({}, backend);
    await missing.heading('This booking was not found');
    await expectAccessible(missing.element);

    const dead = new LaterBackend();
    dead.read = () => Promise.reject(new TypeError('no network'));
    const visitor = open({}, dead);
    await visitor.heading('The booking did not load');
    dead.read = () => dead.current();
    await visitor.press('Try again');
    await visitor.heading('You’re booked');
  });

  it('goes into the calendar of the visitor’s choice', async () => {
    const visitor = open();
    await visitor.heading('You’re booked');
    const link = (name: string) => visitor.button(name) as HTMLAnchorElement;
    const google = new URL(link('Google (opens in a new tab)').href);
    expect(google.searchParams.get('text')).to.equal('Pricing workshop with Ines Almeida');
    expect(google.searchParams.get('location')).to.equal('https://meet.google.com/abc');
    expect(link('Outlook (opens in a new tab)').hostname).to.equal('outlook.live.com');

    await until(() => link('Apple, .ics').href.startsWith('blob:'));
    expect(link('Apple, .ics')).to.include({ download: 'booking.ics', type: 'text/calendar' });
    const file = await fetch(link('Apple, .ics').href);
    expect(file.headers.get('content-type')).to.match(/^text\/calendar/);
    expect(await file.text()).to.match(/^BEGIN:VCALENDAR/);
    const asked = visitor.backend.sent('/calendar.ics')[0];
    expect(asked?.headers.get('authorization')).to.equal('Bearer token');
  });

  it('lets the file be asked for again when it did not load', async () => {
    const backend = new LaterBackend();
    backend.calendarFile = () => new Response('<html>', { status: 502 });
    const visitor = open({}, backend);
    await until(
      () => backend.sent('/calendar.ics').length > 0 && visitor.text.includes('did not load'),
    );
    backend.calendarFile = () => new Response('BEGIN:VCALENDAR\r\n');
    await visitor.press('Apple, .ics');
    await until(() =>
      (visitor.button('Apple, .ics') as HTMLAnchorElement).href?.startsWith('blob:'),
    );
  });

  it('offers the link to join, also when it comes late, without disturbing the visitor', async () => {
    const backend = new LaterBackend();
    const location = { kind: 'zoom_conference', location: null, joinUrl: null } as const;
    const visitor = open({ location }, backend);
    await visitor.heading('You’re booked');
    expect(visitor.text).to.include('appears here, too');
    await visitor.press('Cancel booking');

    backend.booking = aBooking({ location: { ...location, joinUrl: 'https://zoom.us/j/1' } });
    const asked = backend.sent('/b1').length;
    await visitor.wait(() => backend.sent('/b1').length > asked);
    await visitor.heading('Cancel this booking?');
    await visitor.press('Keep it');
    await visitor.heading('You’re booked');
    const join = visitor.button('Join on Zoom (opens in a new tab)') as HTMLAnchorElement;
    expect(join.href).to.equal('https://zoom.us/j/1');
  });

  it('never offers a script as the link to join', async () => {
    const visitor = open({
      location: { kind: 'custom', location: '<b>here</b>', joinUrl: 'javascript:alert(1)' },
      title: '<img src=x onerror=alert(1)>',
      hostName: '{title}',
    });
    await visitor.heading('You’re booked');
    const links = [...visitor.root.querySelectorAll<HTMLAnchorElement>('a[href]')];
    expect(links.filter(({ protocol }) => !/^(https:|blob:)$/.test(protocol))).to.deep.equal([]);
    expect(visitor.root.querySelector('img, .step b')).to.equal(null);
  });
});

describe('canceling', () => {
  it('asks first, with a way back', async () => {
    const visitor = open();
    await visitor.heading('You’re booked');
    await visitor.press('Cancel booking');
    await visitor.arrive('Cancel this booking?');
    await expectAccessible(visitor.element);
    await visitor.press('Keep it');
    await visitor.arrive('You’re booked');
    expect(visitor.backend.sent('/cancel')).to.deep.equal([]);
  });

  it('is done once, with a word for the host, and told to the page', async () => {
    const visitor = open();
    const told: string[] = [];
    visitor.element.addEventListener('booking-canceled', ({ booking }) => told.push(booking.id));
    await visitor.heading('You’re booked');
    await visitor.press('Cancel booking');
    await visitor.fill('A word for', ' I have a cold. ');
    const button = visitor.button('Cancel booking');
    button.focus();
    button.click();
    button.click();
    expect(visitor.focused).to.equal(button);
    await visitor.arrive('This booking is canceled');
    expect(visitor.backend.sent('/cancel').map(({ body }) => body)).to.deep.equal([
      { reason: 'I have a cold.' },
    ]);
    expect(visitor.text).to.include('I have a cold.');
    await until(() => told.length > 0);
    expect(told).to.deep.equal(['b1']);
    await visitor.press('Book another time');
    await until(() => visitor.root.querySelector('[role=grid]'));
  });

  it('can be tried again when nobody answered, with the word kept', async () => {
    const backend = new LaterBackend();
    const { cancel } = backend;
    backend.cancel = () => Promise.reject(new TypeError('no network'));
    const visitor = open({}, backend);
    await visitor.heading('You’re booked');
    await visitor.press('Cancel booking');
    await visitor.fill('A word for', 'Sorry');
    await visitor.press('Cancel booking');
    await until(() => visitor.text.includes('nothing is canceled twice'));
    expect(visitor.said).to.include('nothing is canceled twice');
    await expectAccessible(visitor.element);
    backend.cancel = cancel;
    await visitor.press('Cancel booking');
    await visitor.heading('This booking is canceled');
    expect(visitor.text).to.include('Sorry');
  });

  it('waits for Calendly when that takes its time', async () => {
    const backend = new LaterBackend();
    backend.cancel = () => {
      backend.booking = aBooking({ cancelRequested: true });
      return backend.current();
    };
    const visitor = open({}, backend);
    await visitor.heading('You’re booked');
    await visitor.press('Cancel booking');
    await visitor.press('Cancel booking');
    await visitor.heading('Canceling this booking');
    backend.booking = aBooking({ status: 'canceled', canceledBy: 'invitee' });
    await visitor.wait(() => visitor.text.includes('This booking is canceled'));
    await visitor.heading('This booking is canceled');
  });

  it('of one seat in a group ends on Calendly’s own page', async () => {
    const backend = new LaterBackend();
    backend.cancel = () => {
      const booking = aBooking({ continueUrl: 'https://calendly.com/cancellations/x' });
      return Response.json({ success: true, booking });
    };
    const visitor = open({}, backend);
    await visitor.heading('You’re booked');
    await visitor.press('Cancel booking');
    await visitor.press('Cancel booking');
    await visitor.heading('One last step on Calendly');
    expect(visitor.find<HTMLAnchorElement>('a.solid').href).to.equal(
      'https://calendly.com/cancellations/x',
    );
    await expectAccessible(visitor.element);
    backend.booking = aBooking({ status: 'canceled', canceledBy: 'invitee' });
    await visitor.wait(() => visitor.text.includes('This booking is canceled'));
    await visitor.heading('This booking is canceled');
  });
});

describe('moving', () => {
  const toMove = async (backend = new LaterBackend()): Promise<Visitor> => {
    const visitor = open({}, backend);
    await visitor.heading('You’re booked');
    await visitor.press('Reschedule');
    const day = await until(() =>
      visitor.root.querySelector<HTMLElement>('.free[data-day="2026-11-20"]'),
    );
    day.click();
    await until(() => visitor.text.includes('Friday 20 November'));
    (await until(() => visitor.root.querySelector<HTMLElement>('button.time'))).click();
    (await until(() => visitor.root.querySelector<HTMLElement>('.go'))).click();
    await visitor.heading('Check and move');
    return visitor;
  };

  it('shows the new time and the old one, asks for nothing else, and books the new one', async () => {
    const visitor = await toMove();
    expect(visitor.find('s').innerText).to.match(/Thursday,? 19 November 2026.*14:45/);
    expect(visitor.text).to.match(/Friday,? 20 November 2026/);
    expect(visitor.text).to.include('Ada Okafor');
    await expectAccessible(visitor.element);

    const button = visitor.find('.work');
    expect(button.innerText).to.match(/^Move to Fri,? 20 Nov.*10:15/);
    button.click();
    button.click();
    await visitor.arrive('Moved to Friday');
    expect(visitor.text).to.include('The old time is free again');
    const [sent, ...more] = visitor.backend.sent('/reschedule');
    expect(more).to.deep.equal([]);
    expect(sent?.headers.get('idempotency-key')).to.match(/^b1-/);
    await expectAccessible(visitor.element);
  });

  it('goes back to the times without having moved anything', async () => {
    const visitor = await toMove();
    await visitor.press('Back');
    await until(() => visitor.root.querySelector('[role=grid]'));
    expect(visitor.backend.sent('/reschedule')).to.deep.equal([]);
  });

  it('of one seat in a group ends on Calendly’s own page', async () => {
    const backend = new LaterBackend();
    backend.reschedule = () =>
      Response.json({
        success: true,
        booking: aBooking({ continueUrl: 'https://calendly.com/reschedulings/x' }),
      });
    const visitor = await toMove(backend);
    visitor.find('.work').click();
    await visitor.heading('One last step on Calendly');
    expect(visitor.text).to.include('you move it on Calendly’s own page');
    expect(visitor.find<HTMLAnchorElement>('a.solid').href).to.include('/reschedulings/');
  });

  it('that comes too late leads back to the booking', async () => {
    const backend = new LaterBackend();
    backend.reschedule = () => refusal(409, 'booking_not_changeable');
    const visitor = await toMove(backend);
    visitor.find('.work').click();
    await until(() => visitor.text.includes('can no longer be changed here'));
    await visitor.press('Show the booking');
    await visitor.heading('You’re booked');
  });
});
