import { expect } from 'chai';
import { expectAccessible } from '../../test/accessible.ts';
import { createStorage, until } from '../../test/mount.ts';
import { refusal } from '../../test/stub-backend.ts';
import { booked, comeBackTo, reserved, sellingBackend, Tab, unpaid } from '../test/paid-session.ts';

const blocked = { environment: { localStorage: undefined, sessionStorage: undefined } };

describe('a visitor who comes back from the payment page', () => {
  it('unpaid, finds the time held, and is asked for nothing again', async () => {
    const tab = new Tab();
    await tab.pay();
    comeBackTo('b1');
    const visitor = tab.load();
    await visitor.heading('Not paid yet');
    expect(location.search).not.to.include('booking-calendar');
    expect(visitor.left).to.deep.equal([]);
    expect(visitor.has('Give the time back')).to.equal(true);
  });

  it('before the backend has heard of the payment, is not told that it is unpaid', async () => {
    const tab = new Tab();
    await tab.pay();
    comeBackTo('b1', '#booking-calendar=token');
    const visitor = tab.load();
    await visitor.heading('Checking your payment');
    expect(visitor.has('Go to payment, €49')).to.equal(false);
    await expectAccessible(visitor.element);
    tab.backend.change(reserved);
    await visitor.wait(() => visitor.text.includes('Payment approved'));
  });

  it('and whose payment nobody hears of, can pay after all', async () => {
    const tab = new Tab();
    await tab.pay();
    comeBackTo('b1', '#booking-calendar=token');
    const visitor = tab.load();
    await visitor.heading('Checking your payment');
    await visitor.wait(() => visitor.has('Go to payment, €49'));
    expect(visitor.text).to.include('If you have paid, the answer also comes by e-mail.');
    await expectAccessible(visitor.element);
  });

  it('into another tab, finds the booking by what all tabs share, and only there', async () => {
    const localStorage = createStorage();
    const backend = sellingBackend();
    await new Tab(backend, localStorage).pay();
    backend.change(booked);
    // A tab that comes for itself has nothing to do with it.
    const stranger = new Tab(backend, localStorage).load();
    await until(() => stranger.element.shadowRoot?.querySelector('[role=grid]'));

    comeBackTo('b1', '#/a/page/of/a/router');
    const other = new Tab(backend, localStorage);
    const visitor = other.load();
    await visitor.heading('You’re booked');
    expect(location.hash).to.equal('#/a/page/of/a/router');
    expect(location.search).not.to.include('booking-calendar');
    // From now on it is this tab's own; the token is not left lying about.
    const kept = Array.from({ length: localStorage.length }, (_, index) =>
      localStorage.getItem(localStorage.key(index) ?? ''),
    );
    expect(kept.join()).not.to.include('token');
    await other.load().heading('You’re booked');
  });

  it('an hour later, sees how it stands by then', async () => {
    const ends = [
      [booked, 'You’re booked'],
      [{ ...unpaid, status: 'expired', paymentStatus: 'released' }, 'The hold has ended'],
      [
        { ...reserved, status: 'rejected', rejection: 'slot_taken', paymentStatus: 'released' },
        '14:45 could not be booked',
      ],
      [
        { ...booked, status: 'canceled', canceledBy: 'host', paymentStatus: 'refunded' },
        'This booking is canceled',
      ],
    ] as const;
    for (const [booking, title] of ends) {
      const tab = new Tab();
      await tab.pay();
      tab.backend.change(booking);
      const now = () => Date.parse('2026-11-10T10:30:00Z');
      comeBackTo('b1', '#booking-calendar=token');
      await tab.load({}, { environment: { now } }).heading(title);
    }
  });

  it('is not followed by what another visitor of the computer left open', async () => {
    const localStorage = createStorage();
    await new Tab(sellingBackend(), localStorage).pay();
    const later = { environment: { now: () => Date.parse('2026-11-10T15:00:00Z') } };
    comeBackTo('b1');
    const visitor = new Tab(sellingBackend(), localStorage).load({}, later);
    await visitor.heading('Back from the payment page');
  });

  it('into a browser without storage, finds the booking by the address', async () => {
    const tab = new Tab();
    tab.backend.change(booked);
    comeBackTo('b1', '#booking-calendar=token');
    const visitor = tab.load({}, blocked);
    const told: string[] = [];
    visitor.element.addEventListener('booking-confirmed', ({ booking }) => told.push(booking.id));
    await visitor.heading('You’re booked');
    await until(() => told.length > 0);
    expect(tab.backend.sent('/b1')[0]?.headers.get('authorization')).to.equal('Bearer token');
    expect(location.hash).to.equal('');
  });

  it('into a browser without storage and without a token, is told to wait for the mail', async () => {
    comeBackTo('b1', '#/router');
    const visitor = new Tab().load({}, blocked);
    await visitor.heading('Back from the payment page');
    expect(visitor.text).to.include('The answer comes by e-mail');
    expect(visitor.backend.sent('/b1')).to.deep.equal([]);
    expect(location.hash).to.equal('#/router');
    await expectAccessible(visitor.element);
    await visitor.press('Choose a time');
    await until(() => visitor.root.querySelector('[role=grid]'));
  });

  it('with a token that opens nothing, has a way on', async () => {
    const tab = new Tab();
    tab.backend.read = () => refusal(404, 'booking_not_found');
    comeBackTo('b7', '#booking-calendar=old');
    const visitor = tab.load();
    await visitor.heading('This booking was not found');
    await visitor.press('Book another time');
    await until(() => visitor.root.querySelector('[role=grid]'));
  });

  it('onto the booking’s own page, which knows no token any more, goes on there', async () => {
    const tab = new Tab();
    const booking = { id: 'b1', token: 'token' };
    await tab.load({ booking }).heading('Not paid yet');
    comeBackTo('b1');
    const empty = { id: 'b1', token: '' };
    await tab.load({ booking: empty }).heading('Not paid yet');
    await tab.load({ booking: empty }).heading('Not paid yet');
  });
});

describe('the page that is come back to', () => {
  it('keeps its router’s state and fragment, and every byte of its query', async () => {
    const before = location.href;
    const tab = new Tab();
    await tab.pay();
    const state = { key: 'router', idx: 3 };
    const search = `${location.search}&q=a+b%20c&&x=%e4#!/book?step=2`;
    history.replaceState(state, '', search);
    const { href } = location;
    history.replaceState(state, '', search.replace('#', '&booking-calendar=b1#'));
    const entries = history.length;
    await tab.load().heading('Not paid yet');
    expect(location.href).to.equal(href);
    expect(history.state).to.deep.equal(state);
    expect(history.length).to.equal(entries);
    history.replaceState(null, '', before);
  });

  it('with several calendars gives the visitor back to the one they came from', async () => {
    const intro = { attributes: { 'session-type': 'intro' } };
    const tab = new Tab();
    await tab.pay();
    comeBackTo('b1');
    const others = [tab.open({}, intro), tab.open(), tab.open({}, intro)] as const;
    await others[1].heading('Not paid yet');
    await until(() => others[0].element.shadowRoot?.querySelector('booking-trouble'));
    await until(() => others[2].element.shadowRoot?.querySelector('booking-trouble'));
  });

  it('with several calendars and no memory gives them to the first', async () => {
    const backend = sellingBackend();
    comeBackTo('b1', '#booking-calendar=token');
    const tab = new Tab(backend);
    const [first, second] = [tab.open({}, blocked), tab.open({}, blocked)];
    await first.heading('Checking your payment');
    await until(() => second.element.shadowRoot?.querySelector('[role=grid]'));
  });

  it('with an element about another booking leaves that alone', async () => {
    const tab = new Tab();
    await tab.pay();
    comeBackTo('b1');
    const visitor = tab.load({ booking: { id: 'b2', token: 'other' } });
    await until(() => tab.backend.sent('/b2').length > 0);
    expect(location.search).to.include('booking-calendar=b1');
    visitor.element.remove();
  });

  it('is this one, or the one that the page says; what is no address is said once', async () => {
    const warnings: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => void warnings.push(text);
    const returnUrlOf = async (given: string): Promise<string | undefined> => {
      const tab = new Tab();
      await tab.pay({ returnUrl: given });
      return tab.backend.confirmRequest.returnUrl;
    };
    try {
      const here = location.href;
      const cases: [string, string][] = [
        ['', here],
        ['https://site.example/thanks?a=1#x', 'https://site.example/thanks?a=1#x'],
        ['/thanks', new URL('/thanks', document.baseURI).href],
        ['javascript:alert(1)', here],
        ['http://', here],
      ];
      for (const [given, sent] of cases) expect(await returnUrlOf(given)).to.equal(sent);
      expect(warnings).to.have.length(2);
      expect(warnings[0]).to.include('return-url="javascript:alert(1)"');
      await returnUrlOf('http://');
      expect(warnings).to.have.length(2);
    } finally {
      console.warn = warn;
    }
  });
});

describe('two tabs', () => {
  it('make one booking and one payment of the same intention', async () => {
    const localStorage = createStorage();
    const backend = sellingBackend();
    const tabs = [new Tab(backend, localStorage), new Tab(backend, localStorage)] as const;
    const visitors = await Promise.all(tabs.map((tab) => tab.load().toConfirm()));
    for (const visitor of visitors) {
      await visitor.press('Pay and book €49');
      await visitor.heading('14:45 is held for you');
    }
    const keys = backend.sent('/confirm').map(({ headers }) => headers.get('idempotency-key'));
    expect(new Set(keys).size).to.equal(1);
  });

  it('see the same end', async () => {
    const localStorage = createStorage();
    const backend = sellingBackend();
    const streams = backend.startStreaming();
    const first = await new Tab(backend, localStorage).pay();
    await until(() => streams.length === 1);
    comeBackTo('b1');
    const second = new Tab(backend, localStorage).load();
    await second.heading('Not paid yet');
    await until(() => streams.length === 2);
    backend.change(booked);
    for (const stream of streams) stream.send(backend.booking);
    await first.heading('You’re booked');
    await second.heading('You’re booked');
  });
});
