import { expect } from 'chai';
import { expectAccessible } from '../test/accessible.ts';
import { sessionType, someSlots } from '../test/fixtures.ts';
import { find, findByText, mount, until } from '../test/mount.ts';
import { createStubBackend, json } from '../test/stub-backend.ts';

const textOf = ({ shadowRoot }: { shadowRoot: ShadowRoot }, selector: string) =>
  shadowRoot.querySelector(selector)?.textContent.replace(/\s+/g, ' ').trim() ?? '';

/** What the console was told while `work` ran. */
const warningsIn = async (work: () => Promise<void>): Promise<string[]> => {
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (sentence: string) => warnings.push(sentence);
  try {
    await work();
  } finally {
    console.warn = warn;
  }
  return warnings;
};

describe('an attribute', () => {
  it('may hold anything: the visitor sees the calendar, the developer one warning each', async () => {
    const bad = {
      'time-zone': 'Mars/Olympus',
      lang: 'not a language!',
      'hour-cycle': '25',
      theme: 'neon',
      mode: 'sideways',
      server: 'ftp://book.example.com',
    };
    const warnings = await warningsIn(async () => {
      for (let copy = 0; copy < 2; copy += 1) {
        const element = mount(createStubBackend(), { attributes: bad });
        await find(element, 'button.time');
        expect(textOf(element, '#month')).not.to.equal('');
      }
    });
    expect(warnings.toSorted()).to.deep.equal(
      Object.entries(bad)
        .map(([name, value]) => `<booking-calendar> cannot use ${name}="${value}".`)
        .toSorted(),
    );
  });

  it('is read again when it changes', async () => {
    const element = mount(createStubBackend(), { attributes: { 'hour-cycle': '24' } });
    await find(element, 'button.time');
    expect(textOf(element, 'button.time')).to.equal('09:00');
    element.setAttribute('hour-cycle', '12');
    await until(() => /^0?9:00.am$/i.test(textOf(element, 'button.time')));
    element.setAttribute('time-zone', 'Asia/Tokyo');
    await until(() => textOf(element, '.zone-line').startsWith('Tokyo'));
    element.setAttribute('lang', 'de');
    await until(() => textOf(element, '#day') === 'Donnerstag, 12. November');
  });

  it('for another session starts again', async () => {
    const backend = createStubBackend({
      sessionTypes: [sessionType(), sessionType({ id: 'intro', title: 'Intro call' })],
    });
    const element = mount(backend);
    await until(() => textOf(element, '.title') === 'Pricing workshop');
    element.setAttribute('session-type', 'intro');
    await until(() => textOf(element, '.title') === 'Intro call');
  });
});

describe('the element', () => {
  it('asks for the times before it has drawn anything, and once', async () => {
    const backend = createStubBackend();
    let calls = 0;
    const element = mount({
      fetch: (...request) => {
        calls += 1;
        return backend.fetch(...request);
      },
    });
    expect(calls).to.equal(1);
    expect(element.shadowRoot.querySelector('.frame')).to.equal(null);
    await find(element, 'button.time');
    const first = backend.requestsTo('available-times').filter(({ query }) => !query.has('from'));
    expect(first).to.have.length(1);
  });

  it('asks again for an answer that came to nothing when it is put back on the page', async () => {
    const backend = createStubBackend();
    const element = mount(backend);
    const stage = element.parentElement;
    element.remove();
    await new Promise(requestAnimationFrame);
    stage?.append(element);
    await find(element, 'button.time');
  });

  it('keeps what was chosen when it is moved within the page', async () => {
    const backend = createStubBackend();
    const element = mount(backend);
    (await find(element, 'button.time')).click();
    await find(element, '.go');
    const { length } = backend.requests.filter(({ query }) => !query.has('from'));
    document.querySelector('.stage')?.prepend(element);
    await new Promise(requestAnimationFrame);
    expect(element.selectedSlot).not.to.equal(null);
    expect(backend.requests.filter(({ query }) => !query.has('from'))).to.have.length(length);
  });

  it('does not take the focus of the page when it appears', async () => {
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    await find(mount(createStubBackend()), 'button.time');
    expect(document.activeElement).to.equal(field);
    field.remove();
  });

  it('opens on a slot that the page chose', async () => {
    const element = mount(createStubBackend());
    element.selectedSlot = { ...someSlots[8]! };
    await find(element, '.go');
    expect(textOf(element, '#day')).to.equal('Thursday 19 November');
    expect(element.selectedSlot.startTime).to.equal('2026-11-19T13:45:00.000Z');
  });

  it('takes properties of any type without a throw', async () => {
    const element = mount(createStubBackend());
    Object.assign(element, {
      selectedSlot: 7,
      prefill: null,
      tracking: 'x',
      booking: { id: 7 },
      messages: { continue: 'Weiter' },
      authToken: 7,
    });
    (await find(element, 'button.time')).click();
    expect(textOf(element, '.go')).to.equal('');
    await until(() => textOf(element, '.go') === 'Weiter');
  });

  it('can be disabled: nothing in it can be reached', async () => {
    const element = mount(createStubBackend(), { attributes: { disabled: '' } });
    const frame = await find(element, '.frame');
    await find(element, 'button.time');
    expect(frame.inert).to.equal(true);
  });

  it('is harmless when its script is loaded a second time', async () => {
    const { define } = await import('./define.ts');
    class Another extends HTMLElement {}
    define('booking-calendar', Another);
    expect(customElements.get('booking-calendar')).not.to.equal(Another);
  });

  it('has no style attribute, which a strict page would refuse', async () => {
    const element = mount(createStubBackend());
    await find(element, 'button.time');
    expect(element.shadowRoot.querySelector('[style], style')).to.equal(null);
  });

  it('survives a backend that answers nonsense', async () => {
    const nonsense = [
      new Response('<h1>Hello</h1>', { headers: { 'content-type': 'text/html' } }),
      new Response(''),
      json(200, null),
      json(200, { sessionType: {}, slots: 'many' }),
      json(200, []),
      json(500, { error: { nested: true } }),
    ];
    for (const answer of nonsense) {
      const element = mount(createStubBackend({ answer: () => answer.clone() }));
      await findByText(element, 'The free times did not load');
    }
  });

  it('posts what Calendly’s own embed posts, to its own page alone', async () => {
    const names: string[] = [];
    const listen = ({ data, origin }: MessageEvent): void => {
      const { event } = data as { event?: string };
      if (event?.startsWith('calendly.')) names.push(event);
      expect(origin).to.equal(window.location.origin);
    };
    window.addEventListener('message', listen);
    const element = mount(createStubBackend());
    (await find(element, 'button.time')).click();
    await until(() => names.includes('calendly.date_and_time_selected'));
    await until(() => names.includes('calendly.page_height'));
    expect(names.filter((name) => name === 'calendly.event_type_viewed')).to.have.length(1);
    window.removeEventListener('message', listen);
  });
});

describe('without a session type', () => {
  const sessionTypes = [
    sessionType({ id: 'b', title: 'Second', category: 'Workshops', displayOrder: 2 }),
    sessionType({
      id: 'a',
      title: 'First',
      category: 'First steps',
      displayOrder: 1,
      price: { amount: 4900, currency: 'eur' },
    }),
  ];

  it('the visitor chooses by category, and can choose again', async () => {
    const element = mount(createStubBackend({ sessionTypes }), {
      attributes: { 'session-type': '' },
    });
    await find(element, '.session-type');
    const titles = () =>
      [...element.shadowRoot.querySelectorAll('.session-type b:first-child')].map(
        ({ textContent }) => textContent.trim(),
      );
    expect(titles().filter((title) => title !== '€49' && title !== 'Free')).to.deep.equal([
      'First',
      'Second',
    ]);
    expect(
      [...element.shadowRoot.querySelectorAll('h3')].map(({ textContent }) => textContent.trim()),
    ).to.deep.equal(['First steps', 'Workshops']);
    await expectAccessible(element);
    (await find(element, '.session-type')).click();
    await until(() => textOf(element, '.title') === 'First');
    await find(element, 'button.time');
    // Whoever chose with the keyboard is not left at the end of the page.
    await until(() => element.shadowRoot.activeElement?.matches('[data-heading]'));
    (await findByText(element, 'Choose another session')).click();
    await find(element, '.session-type');
  });

  it('is told when there is nothing to book', async () => {
    const element = mount(createStubBackend({ sessionTypes: [] }), {
      attributes: { 'session-type': '' },
    });
    await findByText(element, 'Nothing can be booked at the moment');
  });
});

describe('<booking-slot-picker>', () => {
  it('gives the page a slot and goes no further', async () => {
    const element = mount(createStubBackend(), { width: 640 }, 'booking-slot-picker');
    const chosen = new Promise<string>((resolve) => {
      element.addEventListener('booking-slot-select', ({ slot, sessionType: type, timeZone }) =>
        resolve([slot.startTime, type.id, timeZone].join(' ')),
      );
    });
    (await find(element, 'button.time')).click();
    expect(await chosen).to.equal('2026-11-12T08:00:00.000Z workshop Europe/Berlin');
    expect(element.selectedSlot?.startTime).to.equal('2026-11-12T08:00:00.000Z');
    expect(element.shadowRoot.querySelector('.go, .summary, .bar')).to.equal(null);
    await expectAccessible(element);
  });
});
