import { expect } from 'chai';
import { slot } from '../test/fixtures.ts';
import { createStorage, find, findByText, mount, until } from '../test/mount.ts';
import { createStubBackend, refusal, type StubBackend } from '../test/stub-backend.ts';

type Element = ReturnType<typeof mount>;

/** A browser's tab: a reload keeps the session, another tab shares only what all tabs share. */
const createBrowser = (backend: StubBackend) => {
  const localStorage = createStorage();
  return {
    openTab() {
      const sessionStorage = createStorage();
      let element: Element | undefined;
      return {
        load(environment: NonNullable<Parameters<typeof mount>[1]>['environment'] = {}) {
          element?.remove();
          element = mount(backend, {
            environment: { localStorage, sessionStorage, ...environment },
          });
          return element;
        },
      };
    },
  };
};

const toDetails = async (element: Element, start = '2026-11-19T13:45:00.000Z') => {
  await find(element, 'button.time');
  (await find(element, `[data-day="${start.slice(0, 10)}"]`)).click();
  (await find(element, `[data-start="${start}"]`)).click();
  (await find(element, '.go')).click();
  return find<HTMLInputElement>(element, 'input[name=name]');
};

const type = async (element: Element, name: string, value: string): Promise<void> => {
  const field = await find<HTMLInputElement>(element, `input[name=${name}]`);
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
};

const toConfirm = async (element: Element, email = 'ada@example.com') => {
  await toDetails(element);
  await type(element, 'name', 'Ada Okafor');
  await type(element, 'email', email);
  (await findByText(element, 'Continue')).click();
  return find(element, '[part~=book]');
};

const booked = (element: Element) => findByText(element, /^You’re booked/);
const keys = (backend: StubBackend) =>
  backend.requestsTo('confirm').map(({ headers }) => headers.get('idempotency-key'));

// Unbundled, the later steps are many small files; whoever asks first would wait for all of them.
before(async function load() {
  this.timeout(30_000);
  await import('./later-steps.ts');
});

describe('a booking', () => {
  it('is made once, with what was typed, and told to the page once', async () => {
    const backend = createStubBackend();
    const element = createBrowser(backend).openTab().load();
    const steps: string[] = [];
    const confirmed: string[] = [];
    element.addEventListener('booking-step-change', ({ step }) => steps.push(step));
    element.addEventListener('booking-confirmed', ({ booking }) => confirmed.push(booking.email));
    (await toConfirm(element)).click();
    await booked(element);
    expect(steps).to.deep.equal(['ENTER_DETAILS', 'CONFIRM_BOOKING', 'BOOKING_COMPLETE']);
    await until(() => confirmed.length > 0);
    expect(confirmed).to.deep.equal(['ada@example.com']);
    expect(backend.requestsTo('confirm').map(({ body }) => body)).to.deep.equal([
      {
        sessionTypeId: 'workshop',
        timeSlot: {
          startTime: '2026-11-19T13:45:00.000Z',
          endTime: '2026-11-19T14:45:00.000Z',
          schedulingUrl: 'https://calendly.com/ines/workshop/2026-11-19T13:45',
        },
        clientDetails: {
          name: 'Ada Okafor',
          email: 'ada@example.com',
          timezone: 'Europe/Berlin',
        },
      },
    ]);
  });

  it('is one booking after a double click', async () => {
    const backend = createStubBackend();
    const element = createBrowser(backend).openTab().load();
    const button = await toConfirm(element);
    button.click();
    button.click();
    await booked(element);
    expect(backend.requestsTo('confirm')).to.have.length(1);
  });

  it('is one booking from two tabs', async () => {
    const backend = createStubBackend();
    const browser = createBrowser(backend);
    const first = browser.openTab().load();
    const second = browser.openTab().load();
    const buttons = [await toConfirm(first), await toConfirm(second)];
    for (const button of buttons) button.click();
    await Promise.all([booked(first), booked(second)]);
    expect(new Set(keys(backend)).size).to.equal(1);
    expect(backend.bookings.size).to.equal(1);
  });

  it('is one booking from a tab that goes on after the other has booked', async () => {
    const backend = createStubBackend();
    const browser = createBrowser(backend);
    const first = browser.openTab().load();
    const second = browser.openTab().load();
    (await toConfirm(first)).click();
    await booked(first);
    (await toConfirm(second)).click();
    await booked(second);
    expect(backend.bookings.size).to.equal(1);
  });

  it('is another one when the visitor comes again and means it', async () => {
    const backend = createStubBackend();
    const browser = createBrowser(backend);
    const tab = browser.openTab();
    const first = tab.load();
    (await toConfirm(first)).click();
    await booked(first);
    const later = { now: () => Date.parse('2026-11-10T10:00:00Z') };
    (await toConfirm(browser.openTab().load(later))).click();
    await until(() => backend.bookings.size === 2);
  });

  it('is found again after a reload in the middle of the request', async () => {
    let arrives: (() => void) | undefined;
    const backend = createStubBackend();
    const confirm = backend.fetch;
    // The request reaches the server; its answer never reaches the page.
    const lossy: typeof globalThis.fetch = async (input, init) => {
      const response = await confirm(input, init);
      if (init?.method !== 'POST') return response;
      arrives?.();
      return new Promise<Response>(() => undefined);
    };
    const tab = createBrowser(backend).openTab();
    const arrived = new Promise<void>((resolve) => {
      arrives = resolve;
    });
    (await toConfirm(tab.load({ fetch: lossy }))).click();
    await arrived;
    const again = tab.load();
    const confirmed: string[] = [];
    again.addEventListener('booking-confirmed', ({ booking }) => confirmed.push(booking.id));
    await booked(again);
    expect(new Set(keys(backend)).size).to.equal(1);
    expect(backend.requestsTo('confirm')).to.have.length(2);
    expect(backend.bookings.size).to.equal(1);
    // The page has not been told before.
    await until(() => confirmed.length > 0);
    expect(confirmed).to.deep.equal(['b1']);
  });

  it('is shown again after a reload, and not told again', async () => {
    const backend = createStubBackend();
    const tab = createBrowser(backend).openTab();
    const first = tab.load();
    (await toConfirm(first)).click();
    await booked(first);
    const again = tab.load();
    again.addEventListener('booking-confirmed', () => expect.fail('Told twice.'));
    await booked(again);
    expect(backend.requestsTo('confirm')).to.have.length(1);
  });

  it('is tried again with the same key after no answer', async () => {
    const backend = createStubBackend();
    const element = createBrowser(backend).openTab().load();
    const button = await toConfirm(element);
    backend.answer = ({ path }) =>
      path.endsWith('confirm') ? Promise.reject(new TypeError('offline')) : undefined;
    button.click();
    await find(element, '[part~=error], [role=alert]');
    backend.answer = undefined;
    (await find(element, '[part~=book]')).click();
    await booked(element);
    expect(new Set(keys(backend)).size).to.equal(1);
  });

  it('that did arrive stands, also when something was edited before the second try', async () => {
    const backend = createStubBackend();
    const element = createBrowser(backend).openTab().load();
    const button = await toConfirm(element);
    const bodies = new Map<string, string>();
    let isLost = true;
    backend.answer = ({ path, headers, body }) => {
      if (!path.endsWith('confirm')) return undefined;
      const key = headers.get('idempotency-key') ?? '';
      const sent = JSON.stringify(body);
      const before = bodies.get(key);
      bodies.set(key, before ?? sent);
      if (isLost) return Promise.reject(new TypeError('reset'));
      return before === sent ? undefined : refusal(409, 'idempotency_key_reused');
    };
    button.click();
    await find(element, '[part~=error], [role=alert]');
    isLost = false;
    (await find(element, '[part~=back]')).click();
    await type(element, 'name', 'Ada B. Okafor');
    (await findByText(element, 'Continue')).click();
    (await find(element, '[part~=book]')).click();
    await booked(element);
    expect([...backend.bookings.values()].map(({ name }) => name)).to.deep.equal(['Ada Okafor']);
  });
});

describe('what was typed', () => {
  it('survives a reload', async () => {
    const tab = createBrowser(createStubBackend()).openTab();
    const element = tab.load();
    await toDetails(element);
    await type(element, 'name', 'Ada Okafor');
    await type(element, 'email', 'ada@');
    const again = tab.load();
    const name = await toDetails(again);
    expect(name.value).to.equal('Ada Okafor');
    expect((await find<HTMLInputElement>(again, 'input[name=email]')).value).to.equal('ada@');
  });

  it('survives a lost slot', async () => {
    const backend = createStubBackend();
    const element = createBrowser(backend).openTab().load();
    const button = await toConfirm(element);
    backend.answer = ({ path }) =>
      path.endsWith('confirm')
        ? refusal(409, 'slot_taken', { slots: [slot('2026-11-19T15:00')] })
        : undefined;
    backend.slots = backend.slots.filter(
      ({ startTime }) => startTime !== '2026-11-19T13:45:00.000Z',
    );
    button.click();
    const notice = await find(element, '.times .notice');
    expect(notice.textContent).to.contain('14:45 was just taken.');
    backend.answer = undefined;
    const name = await toDetails(element, '2026-11-19T15:00:00.000Z');
    expect(name.value).to.equal('Ada Okafor');
  });

  it('is filled in by the page, and stays in the tab', async () => {
    const browser = createBrowser(createStubBackend());
    const element = browser.openTab().load();
    element.setAttribute('name', 'From the page');
    expect((await toDetails(element)).value).to.equal('From the page');
    await type(element, 'name', 'Typed');
    const other = browser.openTab().load();
    expect((await toDetails(other)).value).to.equal('');
  });

  it('is kept in memory where storage is blocked', async () => {
    const backend = createStubBackend();
    const element = createBrowser(backend)
      .openTab()
      .load({ localStorage: undefined, sessionStorage: undefined });
    (await toConfirm(element)).click();
    await booked(element);
  });
});
