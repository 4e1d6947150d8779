import { expect } from 'chai';
import '../flow/later-steps.ts';
import { sessionType, slot, someSlots, NOW } from '../test/fixtures.ts';
import { find, mount, until } from '../test/mount.ts';
import { createStubBackend, json, type Request } from '../test/stub-backend.ts';

/** What the page and its console hear while the widget is given what it cannot use. */
const heard = { exceptions: [] as string[], warnings: [] as string[], errors: [] as unknown[] };
const { warn, error } = console;

const hear = (event: ErrorEvent | PromiseRejectionEvent): void => {
  heard.exceptions.push(event instanceof ErrorEvent ? event.message : String(event.reason));
};

beforeEach(() => {
  Object.assign(heard, { exceptions: [], warnings: [], errors: [] });
  window.addEventListener('error', hear);
  window.addEventListener('unhandledrejection', hear);
  console.warn = (sentence: string) => heard.warnings.push(sentence);
  console.error = (given: unknown) => heard.errors.push(given);
});

afterEach(async () => {
  Object.assign(console, { warn, error });
  // A rejection is told a task later.
  await new Promise((resolve) => setTimeout(resolve));
  window.removeEventListener('error', hear);
  window.removeEventListener('unhandledrejection', hear);
  expect(heard.exceptions).to.deep.equal([]);
  expect(heard.errors).to.deep.equal([]);
});

const cyclic: Record<string, unknown> = {};
cyclic['itself'] = cyclic;
const throwing = () => {
  throw new Error('A trap of the page.');
};
const badValues: Readonly<Record<string, unknown>> = {
  number: 7,
  nothing: null,
  missing: undefined,
  truth: true,
  symbol: Symbol('page'),
  'big number': 7n,
  function: () => 'text',
  list: [1, null],
  record: { id: 7, name: {}, startTime: 9, other: [], continue: 7, one: Symbol('one') },
  cyclic,
  'record without a prototype': Object.create(null),
  proxy: new Proxy({}, { get: throwing, has: throwing, ownKeys: throwing }),
  'getter that throws': Object.defineProperty({}, 'name', { enumerable: true, get: throwing }),
  'long text': 'x'.repeat(100_000),
  'half a character': '\ud800',
  markup: '<img src=x onerror=alert(1)>',
};
const names = [
  'server',
  'sessionType',
  'lang',
  'timeZone',
  'hourCycle',
  'theme',
  'disabled',
  'messages',
  'selectedSlot',
  'mode',
  'name',
  'email',
  'returnUrl',
  'authToken',
  'prefill',
  'tracking',
  'booking',
];

/** The calendar, or a heading that says why there is none, with something to press. */
const wayOn = async (element: { readonly shadowRoot: ShadowRoot }): Promise<void> => {
  await until(() => element.shadowRoot.querySelector('h2')?.textContent.trim());
  await until(() => element.shadowRoot.querySelector('button, a[href]'));
};

describe('a property', () => {
  for (const name of names) {
    it(`may be of any type before and after the element is on the page: ${name}`, async function tell() {
      this.timeout(30_000);
      for (const value of Object.values(badValues)) {
        const backend = createStubBackend();
        const element = mount(backend);
        Object.assign(element, { [name]: value });
        await element.updateComplete;
        const before = document.createElement('booking-calendar');
        before.environment = element.environment;
        Object.assign(before, { sessionType: 'workshop', lang: 'en-GB', [name]: value });
        element.parentElement?.append(before);
        await before.updateComplete;
        await wayOn(element);
        await wayOn(before as typeof element);
        element.parentElement?.remove();
      }
    });
  }

  it('of the wrong type is one warning', async () => {
    for (let copy = 0; copy < 2; copy += 1) {
      const element = mount(createStubBackend());
      Object.assign(element, { name: Symbol('x'), prefill: 12.5 });
      await find(element, 'button.time');
    }
    const own = heard.warnings.filter((sentence) => /cannot use (name|prefill)/.test(sentence));
    expect(own.length).to.be.lessThan(3);
  });
});

describe('an attribute', () => {
  const attributes = [
    'server',
    'session-type',
    'lang',
    'time-zone',
    'hour-cycle',
    'theme',
    'mode',
    'name',
    'email',
    'return-url',
  ];
  for (const name of attributes) {
    it(`may be anything, and may be taken away: ${name}`, async function tell() {
      this.timeout(30_000);
      for (const value of ['', ' ', 'null', '\0', '☃', 'x'.repeat(10_000), '"><script>', '../..']) {
        const element = mount(createStubBackend());
        await find(element, 'button.time');
        element.setAttribute(name, value);
        await element.updateComplete;
        element.removeAttribute(name);
        await element.updateComplete;
        await wayOn(element);
        element.parentElement?.remove();
      }
      expect(
        heard.warnings.filter((sentence) => sentence.includes('"null".')),
      ).to.have.length.lessThan(2);
    });
  }
});

const times = (changes: object = {}) => ({
  sessionType: sessionType(),
  slots: someSlots,
  stale: false,
  from: NOW,
  to: '2026-12-11T09:30:00.000Z',
  ...changes,
});

describe('a backend that answers', () => {
  const about = (changes: object) =>
    json(200, times({ sessionType: { ...sessionType(), ...changes } }));
  const nonsense: Readonly<Record<string, () => Response>> = {
    HTML: () => new Response('<h1>Hello</h1>', { headers: { 'content-type': 'text/html' } }),
    nothing: () => new Response(''),
    'nothing, and says so': () => new Response(null, { status: 204 }),
    'half of it': () => new Response(JSON.stringify(times()).slice(0, 200)),
    null: () => json(200, null),
    'a list': () => json(200, []),
    'an error page': () => new Response('<h1>502</h1>', { status: 502 }),
    'an error of another kind': () => json(500, { error: { nested: true } }),
    'a host without a name': () => about({ host: {} }),
    'a host that is a number': () => about({ host: { name: 7 } }),
    'no host and no price': () => about({ host: undefined, price: undefined }),
    'a price in no currency': () => about({ price: { amount: 4900, currency: 'euros' } }),
    'a price that is text': () => about({ price: '49' }),
    'places that are none': () => about({ locations: [null] }),
    'a place of no kind': () => about({ locations: [{ kind: 7 }] }),
    'questions that are none': () => about({ questions: [null, 7] }),
    'a title that is a list': () => about({ title: ['x'] }),
    'a window of no time': () => json(200, times({ from: 'now', to: 'later' })),
    'a window in the year 200000': () => json(200, times({ to: '+200000-01-01T00:00:00Z' })),
  };
  for (const [what, answer] of Object.entries(nonsense)) {
    it(`${what}: a sentence for the visitor, one warning for the developer`, async () => {
      const server = `https://${what.toLowerCase().replaceAll(/\W/g, '-')}.example.com/`;
      const element = mount(createStubBackend({ answer }), { attributes: { server } });
      const retry = await find(element, '[part~=retry]');
      expect(element.shadowRoot.querySelector('h2.outcome')?.textContent.trim()).to.equal(
        'The free times did not load',
      );
      retry.click();
      await element.updateComplete;
      await find(element, '[part~=retry]');
      expect(heard.warnings).to.deep.equal([
        `<booking-calendar> cannot use what ${server} answers.`,
      ]);
    });
  }

  it('with a body that never ends: the visitor is told when the time is over', async () => {
    const { timeout } = AbortSignal;
    const overs: AbortController[] = [];
    AbortSignal.timeout = () => {
      const over = new AbortController();
      overs.push(over);
      return over.signal;
    };
    const backend = createStubBackend();
    const element = mount({
      fetch: (_, init) => {
        const body = new ReadableStream({
          start: (controller) =>
            init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason)),
        });
        return Promise.resolve(new Response(body));
      },
    });
    await until(() => element.shadowRoot.querySelector('[aria-busy=true]') && overs.length > 0);
    for (const over of overs) over.abort(new DOMException('Over.', 'TimeoutError'));
    await find(element, '[part~=retry]');
    AbortSignal.timeout = timeout;
    element.environment = { ...element.environment, fetch: backend.fetch };
    (await find(element, '[part~=retry]')).click();
    await find(element, 'button.time');
  });
});

describe('a backend that lies about times', () => {
  const HOUR = 3_600_000;
  const lies: Readonly<Record<string, () => unknown[]>> = {
    'ends before starts': () => [{ ...slot('2026-11-19T10:00'), endTime: '2026-11-19T09:00:00Z' }],
    'ends at its start': () => [{ ...slot('2026-11-19T10:00'), endTime: '2026-11-19T10:00:00Z' }],
    past: () => [slot('2020-01-01T10:00'), slot('1999-12-31T23:30')],
    'before the calendar': () => [{ ...slot('2026-11-19T10:00'), startTime: '0001-01-01T00:00Z' }],
    'far away': () => [slot('2150-06-01T10:00'), slot('2999-12-31T22:00')],
    'after the calendar': () => [
      { startTime: '+010000-01-01T00:00:00Z', endTime: '+010000-01-01T01:00:00Z' },
      { startTime: '+275760-09-12T00:00:00Z', endTime: '+275760-09-13T00:00:00Z' },
    ],
    'the same again': () => [slot('2026-11-19T10:00'), slot('2026-11-19T10:00')],
    'of no type': () => [7, null, 'soon', { startTime: {}, endTime: [] }],
    'with seats of no number': () => [
      { ...slot('2026-11-19T10:00'), inviteesRemaining: 'many', schedulingUrl: null },
      { ...slot('2026-11-19T11:00'), inviteesRemaining: -5 },
    ],
  };
  for (const [what, slots] of Object.entries(lies)) {
    it(`${what}: a calendar, or a sentence, and nothing twice`, async () => {
      const answer = ({ path, query }: Request) =>
        path.endsWith('/available-times')
          ? json(200, { ...times({ slots: slots() }), ...Object.fromEntries(query) })
          : undefined;
      const element = mount(createStubBackend({ answer }));
      await until(() => element.shadowRoot.querySelector('[aria-busy=false]'));
      await wayOn(element);
      const starts = [...element.shadowRoot.querySelectorAll<HTMLElement>('[data-start]')].map(
        ({ dataset }) => dataset['start'],
      );
      expect(new Set(starts).size).to.equal(starts.length);
    });
  }

  it('ten thousand of them are shown, and one can be chosen', async () => {
    const start = Date.parse('2026-11-12T00:00:00Z');
    const slots = Array.from({ length: 10_000 }, (_, index) => {
      const at = start + index * (HOUR / 30);
      return {
        startTime: new Date(at).toISOString(),
        endTime: new Date(at + HOUR).toISOString(),
        schedulingUrl: '',
        inviteesRemaining: 1,
      };
    });
    const element = mount(createStubBackend({ slots }));
    (await find(element, 'button.time')).click();
    await find(element, '.go');
  });
});

describe('what a page says of itself', () => {
  it('is sent only as far as it can be: nothing else is a reason not to book', async () => {
    const { readTracking } = await import('../flow/read-tracking.ts');
    expect(
      readTracking({ utm_source: 'a', utm_medium: 7, utm_term: 'x'.repeat(999), more: 1 }),
    ).to.deep.equal({ utm_source: 'a', utm_term: 'x'.repeat(255) });
    for (const nothing of [null, undefined, 7, 'x', [], { utm_source: '\ud800' }]) {
      expect(readTracking(nothing)).to.equal(undefined);
    }
  });
});
