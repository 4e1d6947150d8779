import { expect } from 'chai';
import { expectAccessible } from '../../test/accessible.ts';
import { NOW, sessionType, slot, someSlots } from '../../test/fixtures.ts';
import { find, findByText, mount, until } from '../../test/mount.ts';
import { createStubBackend, json, refusal } from '../../test/stub-backend.ts';

type Element = ReturnType<typeof mount>;

const texts = ({ shadowRoot }: Element, selector: string): string[] =>
  [...shadowRoot.querySelectorAll(selector)].map(({ textContent }) =>
    textContent.replace(/\s+/g, ' ').trim(),
  );
const day = (element: Element, name: string) => find(element, `[data-day="${name}"]`);
const timesOf = (element: Element) => texts(element, 'button.time');
const announced = ({ shadowRoot }: Element) =>
  shadowRoot.querySelector('[role=status]')?.textContent ?? '';
const loaded = (element: Element) => find(element, '[role=grid][aria-busy=false]');

describe('a visitor who chooses a time', () => {
  it('sees the first free day with its times', async () => {
    const element = mount(createStubBackend());
    await find(element, 'button.time');
    expect(texts(element, '#month')).to.deep.equal(['November 2026']);
    expect(texts(element, '#day')).to.deep.equal(['Thursday 12 November']);
    expect(timesOf(element)).to.deep.equal(['09:00']);
    expect(texts(element, '.zone-line')[0]).to.contain('Berlin time, UTC+1');
    await expectAccessible(element);
  });

  it('hears how many days are free, and each day’s name says how many times', async () => {
    const element = mount(createStubBackend());
    await until(() => announced(element) === 'November 2026, 3 days with free times.');
    expect((await day(element, '2026-11-19')).ariaLabel).to.equal('Thursday 19 November, 7 times');
    expect((await day(element, '2026-11-12')).ariaLabel).to.equal('Thursday 12 November, 1 time');
    expect((await day(element, '2026-11-20')).ariaLabel).to.equal('Friday 20 November, no times');
    expect((await day(element, '2026-11-10')).ariaLabel).to.equal(
      'Tuesday 10 November, today, no times',
    );
    expect((await day(element, '2026-11-10')).getAttribute('aria-current')).to.equal('date');
  });

  it('finds the times of a day by morning, afternoon and evening', async () => {
    const element = mount(createStubBackend());
    await find(element, 'button.time');
    (await day(element, '2026-11-19')).click();
    await until(() => timesOf(element).length === 7);
    expect(texts(element, '.groups h3')).to.deep.equal(['Morning', 'Afternoon', 'Evening']);
    expect(texts(element, 'ul[aria-labelledby=morning] .time')).to.deep.equal([
      '09:00',
      '10:15',
      '11:30',
    ]);
    expect(texts(element, 'ul[aria-labelledby=evening] .time')).to.deep.equal(['18:30']);
  });

  it('chooses a time, is taken to Continue, and can take it back', async () => {
    const element = mount(createStubBackend());
    const events: string[] = [];
    element.addEventListener('booking-slot-select', ({ slot: { startTime } }) =>
      events.push(startTime),
    );
    const time = await find(element, 'button.time');
    time.click();
    const go = await until(() => {
      const { activeElement } = element.shadowRoot;
      return activeElement?.matches('.go') && activeElement;
    });
    expect(go.ariaLabel).to.equal('Continue with 09:00');
    expect(time.ariaPressed).to.equal('true');
    expect(events).to.deep.equal(['2026-11-12T08:00:00.000Z']);
    expect(element.selectedSlot?.startTime).to.equal('2026-11-12T08:00:00.000Z');
    expect(texts(element, '.when')[0]).to.match(/Thu,? 12 Nov,? 09:00/);
    await expectAccessible(element);
    time.click();
    await until(() => element.shadowRoot.querySelector('.go') === null);
    expect(element.selectedSlot).to.equal(null);
    expect(texts(element, '.when')).to.deep.equal(['No time chosen yet']);
  });

  it('is told how few seats of a group session are left', async () => {
    const element = mount(
      createStubBackend({
        sessionTypes: [sessionType({ kind: 'group' })],
        slots: [slot('2026-11-19T08:00', 9), slot('2026-11-19T09:00', 3), slot('2026-11-19T10:00')],
      }),
    );
    await find(element, 'button.time');
    expect(timesOf(element)).to.deep.equal(['09:00', '10:003 seats left', '11:001 seat left']);
  });

  it('sees which of two equal times is meant when an hour happens twice', async () => {
    const backend = createStubBackend({
      slots: [slot('2026-11-01T04:30'), slot('2026-11-01T05:30'), slot('2026-11-01T06:30')],
      answer: ({ path, query }) =>
        path.endsWith('available-times') && !query.has('from')
          ? json(200, {
              sessionType: sessionType(),
              slots: backend.slots,
              stale: false,
              from: '2026-10-25T00:00:00Z',
              to: '2026-11-25T00:00:00Z',
            })
          : undefined,
    });
    const element = mount(backend, { attributes: { 'time-zone': 'America/New_York' } });
    await find(element, 'button.time');
    expect(timesOf(element)).to.deep.equal(['00:30', '01:30UTC-4', '01:30UTC-5']);
  });

  it('reads the offset of that day, not of today', async () => {
    const element = mount(
      createStubBackend({ slots: [slot('2026-11-12T08:00'), slot('2027-04-01T08:00')] }),
    );
    await find(element, 'button.time');
    while (texts(element, '#month')[0] !== 'April 2027') {
      (await findByText(element, 'Next month')).click();
      await new Promise(requestAnimationFrame);
    }
    await until(() => timesOf(element).length === 1);
    expect(texts(element, '.zone-line')[0]).to.contain('Berlin time, UTC+2');
    expect(timesOf(element)).to.deep.equal(['10:00']);
  });

  it('pages to another month, whose times come by themselves', async () => {
    const backend = createStubBackend();
    const element = mount(backend);
    await find(element, 'button.time');
    (await findByText(element, 'Next month')).click();
    await until(() => texts(element, '#month')[0] === 'December 2026');
    await until(() => announced(element) === 'December 2026, 1 day with free times.');
    expect(texts(element, '#day')).to.deep.equal(['Wednesday 2 December']);
    const ranges = backend
      .requestsTo('available-times')
      .map(({ query }) => [query.get('from'), query.get('to')]);
    expect(ranges[0]).to.deep.equal([null, null]);
    // Nothing is asked for twice.
    expect(new Set(ranges.map(String)).size).to.equal(ranges.length);
  });

  it('cannot page before this month', async () => {
    const element = mount(createStubBackend());
    await find(element, 'button.time');
    const previous = await findByText(element, 'Previous month');
    expect(previous.ariaDisabled).to.equal('true');
    previous.click();
    await element.updateComplete;
    expect(texts(element, '#month')).to.deep.equal(['November 2026']);
  });

  it('is led on when a month has nothing', async () => {
    const element = mount(createStubBackend({ slots: someSlots.slice(-2) }));
    await until(() => texts(element, '#month')[0] === 'December 2026');
    (await findByText(element, 'Previous month')).click();
    const show = await findByText(element, 'Show 2 December');
    expect(texts(element, '#day')).to.deep.equal(['No time in November']);
    expect(texts(element, '.empty p')[0]).to.equal('The next free day is Wednesday 2 December.');
    await expectAccessible(element);
    show.click();
    await until(() => timesOf(element).length === 2);
  });

  it('is led to Calendly when there is nothing at all', async () => {
    const element = mount(createStubBackend({ slots: [] }));
    const link = await findByText(element, 'Open Calendly');
    expect(link).to.have.property('href', 'https://calendly.com/ines/workshop');
    expect(texts(element, '.empty p')[0]).to.contain('Ines Almeida’s Calendly page shows when');
    await expectAccessible(element);
  });

  it('is told that times are some minutes old', async () => {
    const element = mount(createStubBackend({ isStale: true }));
    await find(element, '.notice');
    expect(texts(element, '.notice')[0]).to.contain('from a few minutes ago');
    await expectAccessible(element);
  });
});

describe('a visitor with a keyboard', () => {
  const press = (element: Element, key: string, more: KeyboardEventInit = {}): void => {
    const target = element.shadowRoot.activeElement;
    target?.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }),
    );
  };
  const focused = ({ shadowRoot }: Element) => shadowRoot.activeElement as HTMLElement | null;
  const focusedDay = (element: Element, name: string) =>
    until(() => focused(element)?.dataset['day'] === name);

  const start = async (options: Parameters<typeof mount>[1] = {}) => {
    const element = mount(createStubBackend(), options);
    await find(element, 'button.time');
    await loaded(element);
    (await day(element, '2026-11-12')).focus();
    return element;
  };

  it('has one stop in the grid, on the selected day', async () => {
    const element = await start();
    const stops = element.shadowRoot.querySelectorAll('[role=gridcell][tabindex="0"]');
    expect([...stops].map((stop) => (stop as HTMLElement).dataset['day'])).to.deep.equal([
      '2026-11-12',
    ]);
  });

  it('moves by day, week, edge of the week, month and year', async () => {
    const element = await start();
    const moves: [key: string, to: string, more?: KeyboardEventInit][] = [
      ['ArrowRight', '2026-11-13'],
      ['ArrowDown', '2026-11-20'],
      ['ArrowLeft', '2026-11-19'],
      ['ArrowUp', '2026-11-12'],
      ['Home', '2026-11-09'],
      ['End', '2026-11-15'],
      ['PageDown', '2026-12-15'],
      ['PageUp', '2026-11-15'],
      ['PageDown', '2027-11-15', { shiftKey: true }],
      ['PageUp', '2026-11-15', { shiftKey: true }],
    ];
    for (const [key, to, more] of moves) {
      press(element, key, more);
      await focusedDay(element, to);
    }
    expect(texts(element, '#month')).to.deep.equal(['November 2026']);
  });

  it('crosses into the next month, but not before this one', async () => {
    const element = await start();
    (await day(element, '2026-11-30')).focus();
    press(element, 'ArrowRight');
    await focusedDay(element, '2026-12-01');
    press(element, 'ArrowLeft');
    await focusedDay(element, '2026-11-30');
    (await day(element, '2026-11-01')).focus();
    press(element, 'ArrowLeft');
    press(element, 'ArrowRight');
    await focusedDay(element, '2026-11-02');
  });

  it('reaches days without times, which do nothing', async () => {
    const element = await start();
    press(element, 'ArrowLeft');
    await focusedDay(element, '2026-11-11');
    press(element, 'Enter');
    await element.updateComplete;
    expect(texts(element, '#day')).to.deep.equal(['Thursday 12 November']);
  });

  it('goes from the day to its times with Enter, and back with Escape', async () => {
    const element = await start();
    press(element, 'ArrowRight');
    await focusedDay(element, '2026-11-13');
    press(element, 'Enter');
    await until(() => focused(element)?.matches('.time'));
    expect(texts(element, '#day')).to.deep.equal(['Friday 13 November']);
    expect(focused(element)?.textContent).to.contain('09:00');
    press(element, 'Escape');
    await focusedDay(element, '2026-11-13');
  });

  it('moves the other way where people read from right to left', async () => {
    const element = await start({ attributes: { lang: 'ar-EG' }, dir: 'rtl' });
    press(element, 'ArrowLeft');
    await focusedDay(element, '2026-11-13');
    // The week begins on Saturday.
    press(element, 'Home');
    await focusedDay(element, '2026-11-07');
  });

  it('leaves keys alone that belong to the browser', async () => {
    const element = await start();
    const event = new KeyboardEvent('keydown', {
      key: 'ArrowLeft',
      altKey: true,
      bubbles: true,
      cancelable: true,
    });
    focused(element)?.dispatchEvent(event);
    expect(event.defaultPrevented).to.equal(false);
  });

  it('chooses another time zone in place', async () => {
    const element = await start();
    (await findByText(element, 'Change the time zone')).click();
    const field = await find<HTMLInputElement>(element, '[role=combobox]');
    await until(() => focused(element) === field);
    await expectAccessible(element);
    field.value = 'tokyo';
    field.dispatchEvent(new Event('input'));
    await until(() => texts(element, '[role=option]').length === 1);
    expect(texts(element, '[role=option]')[0]).to.equal('Tokyo18:30, UTC+9');
    press(element, 'Enter');
    await until(() => texts(element, '.zone-line')[0]?.startsWith('Tokyo time, UTC+9'));
    expect(timesOf(element)).to.deep.equal(['17:00']);
    await until(() => focused(element)?.matches('[part~=change-zone]'));
  });

  it('closes the zones with Escape and keeps the zone', async () => {
    const element = await start();
    (await findByText(element, 'Change the time zone')).click();
    const field = await find<HTMLInputElement>(element, '[role=combobox]');
    await until(() => focused(element) === field);
    press(element, 'Escape');
    await until(() => element.shadowRoot.querySelector('[role=combobox]') === null);
    expect(texts(element, '.zone-line')[0]).to.contain('Berlin');
  });
});

describe('a visitor while life happens', () => {
  it('sees a skeleton of the final size', async () => {
    const backend = createStubBackend({ answer: () => new Promise<Response>(() => undefined) });
    const element = mount(backend);
    const grid = await find(element, '[role=grid]');
    expect(grid.ariaBusy).to.equal('true');
    expect(announced(element)).to.equal('Loading times for November.');
    expect(element.getBoundingClientRect().height).to.equal(600);
    await expectAccessible(element);
  });

  it('sees nothing move when the times come', async () => {
    for (const width of [960, 640, 360]) {
      const answers: (() => void)[] = [];
      const backend = createStubBackend({
        answer: () =>
          new Promise<undefined>((resolve) => {
            answers.push(() => resolve(undefined));
          }) as unknown as undefined,
      });
      const element = mount(backend, { width });
      const places = () =>
        ['.frame', '.summary', '.month', '[role=grid]', '.times'].map((selector) => {
          const {
            top,
            left,
            width: wide,
            height,
          } = element.shadowRoot.querySelector(selector)!.getBoundingClientRect();
          return `${selector} ${[left, top, wide, height].map(Math.round).join()}`;
        });
      await find(element, '[role=grid]');
      const before = places();
      backend.answer = undefined;
      for (const answer of answers) answer();
      await find(element, 'button.time');
      expect(places(), `${width}`).to.deep.equal(before);
      element.remove();
    }
  });

  it('can try again when the backend cannot be reached', async () => {
    const backend = createStubBackend({ answer: () => Promise.reject(new TypeError('offline')) });
    const element = mount(backend);
    const errors: string[] = [];
    element.addEventListener('booking-error', ({ code }) => errors.push(code));
    const again = await findByText(element, 'Try again');
    expect(texts(element, '.outcome')).to.deep.equal(['The free times did not load']);
    expect(errors).to.deep.equal(['unreachable']);
    await find(element, 'booking-trouble');
    await expectAccessible(element);
    backend.answer = undefined;
    again.click();
    (await findByText(element, 'Try again').catch(() => null))?.click();
    await find(element, 'button.time');
  });

  it('is tried again for by itself after a while', async () => {
    let wake: (() => void) | undefined;
    const backend = createStubBackend({ answer: () => Promise.reject(new TypeError('offline')) });
    const element = mount(backend, {
      environment: {
        wait: () =>
          new Promise((resolve) => {
            wake = resolve;
          }),
      },
    });
    await until(() => wake !== undefined);
    backend.answer = undefined;
    wake?.();
    await find(element, 'button.time');
  });

  it('is told when the session does not exist, and what does', async () => {
    const element = mount(createStubBackend(), { attributes: { 'session-type': 'nothing' } });
    const way = await findByText(element, 'See what can be booked');
    expect(texts(element, '.outcome')).to.deep.equal(['This session cannot be booked here']);
    await expectAccessible(element);
    way.click();
    (await find(element, '.session-type')).click();
    await find(element, 'button.time');
  });

  it('can try again when only one month did not load', async () => {
    const backend = createStubBackend();
    const element = mount(backend);
    await loaded(element);
    backend.answer = () => refusal(503, 'scheduling_unavailable');
    (await find(element, '[data-day="2026-11-12"]')).focus();
    element.shadowRoot.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'PageDown', shiftKey: true, bubbles: true }),
    );
    const again = await findByText(element, 'Try again');
    expect(texts(element, '.empty p')[0]).to.contain('The times for November did not load.');
    backend.answer = undefined;
    again.click();
    await until(() => texts(element, '.empty p')[0]?.startsWith('There are no later times'));
  });

  it('loses a slot to somebody else while away, and is told', async () => {
    const backend = createStubBackend();
    let minutes = 0;
    const now = () => Date.parse(NOW) + minutes * 60_000;
    const element = mount(backend, { environment: { now } });
    await find(element, 'button.time');
    (await day(element, '2026-11-19')).click();
    (await find(element, '[data-start="2026-11-19T13:45:00.000Z"]')).click();
    await find(element, '.go');
    // The rest of the flow is there, and listens.
    await until(() => backend.requestsTo('available-times').length > 1);
    backend.slots = someSlots.filter(({ startTime }) => startTime !== '2026-11-19T13:45:00.000Z');
    const leave = (hidden: boolean): void => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    };
    leave(true);
    minutes = 10;
    leave(false);
    Reflect.deleteProperty(document, 'hidden');
    await until(
      () => texts(element, '.notice')[0] === '14:45 was just taken. These are still free.',
    );
    expect(timesOf(element)).to.have.length(6);
    expect(announced(element)).to.equal('14:45 was just taken. These are still free.');
    expect(element.selectedSlot).to.equal(null);
    await expectAccessible(element);
  });

  it('shows what a stranger typed as text', async () => {
    const evil = '<img src=x onerror="window.pwned=1">';
    const element = mount(
      createStubBackend({
        sessionTypes: [
          sessionType({
            title: evil,
            description: '<script>window.pwned=1</script>',
            host: { name: '"><svg onload=window.pwned=1>' },
            locations: [{ kind: 'custom', location: evil, additionalInfo: null }],
            schedulingUrl: 'javascript:window.pwned=1',
          }),
        ],
        slots: [],
      }),
    );
    await find(element, '.empty p');
    expect(texts(element, '.title')).to.deep.equal([evil]);
    expect(element.shadowRoot.querySelector('img, script, a[href^=javascript]')).to.equal(null);
    expect(window).not.to.have.property('pwned');
  });
});
