import { sendKeys } from '@web/test-runner-commands';
// Here already, so that no test waits for a hundred files of the chunk that a build makes of it.
import '../../flow/later-steps.ts';
import type { BookingCalendar } from '../../elements/booking-calendar.ts';
import { NOW } from '../../test/fixtures.ts';
import { mount, until, type MountOptions } from '../../test/mount.ts';
import { LaterBackend } from './later-backend.ts';

/** Time that passes only when a test says so. */
class ManualTime {
  #now = 0;
  #waits: { until: number; go: () => void }[] = [];

  readonly wait = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      this.#waits.push({ until: this.#now + ms, go: resolve });
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });

  readonly now = (): number => Date.parse(NOW) + this.#now;

  pass(ms: number): void {
    this.#now += ms;
    for (const { until: due, go } of this.#waits) if (due <= this.#now) go();
    this.#waits = this.#waits.filter(({ until: due }) => due > this.#now);
  }
}

/** One visitor at the widget. What they can see and press is found by its words. */
export class Visitor {
  readonly element: BookingCalendar;
  readonly backend: LaterBackend;
  readonly time = new ManualTime();
  /** The pages that the widget left for. */
  readonly left: string[] = [];

  constructor(
    backend = new LaterBackend(),
    given: Partial<BookingCalendar> = {},
    { environment, ...options }: MountOptions = {},
  ) {
    this.backend = backend;
    this.element = mount(backend, {
      environment: {
        wait: this.time.wait,
        now: this.time.now,
        leave: (url) => this.left.push(url),
        ...environment,
      },
      ...options,
    });
    Object.assign(this.element, given);
  }

  get root(): ShadowRoot {
    const { shadowRoot } = this.element;
    if (shadowRoot === null) throw new Error('The widget has not been drawn yet.');
    return shadowRoot;
  }

  get focused(): Element | null {
    return this.root.activeElement;
  }

  /** Everything of the widget that can be read. */
  get text(): string {
    return this.root.querySelector<HTMLElement>('.step')?.innerText ?? '';
  }

  /** What the live region said last. */
  get said(): string {
    return this.root.querySelector('[role="status"]')?.textContent.trim() ?? '';
  }

  find<E extends Element = HTMLElement>(selector: string): E {
    const found = this.root.querySelector<E>(selector);
    if (found === null) throw new Error(`Nothing matches ${selector}: ${this.text}`);
    return found;
  }

  button(name: string): HTMLElement {
    const all = [...this.root.querySelectorAll<HTMLElement>('.step :is(button, a)')];
    const found = all.find((one) => nameOf(one) === name);
    if (found === undefined) throw new Error(`No ${name} among ${all.map(nameOf).join(' | ')}`);
    return found;
  }

  has(name: string): boolean {
    const all = [...this.root.querySelectorAll<HTMLElement>('.step :is(button, a)')];
    return all.some((one) => nameOf(one) === name);
  }

  async press(name: string): Promise<void> {
    this.button(name).click();
    await this.drawn();
  }

  field(label: string): HTMLInputElement {
    const labels = [...this.root.querySelectorAll<HTMLLabelElement>('label')];
    const found = labels.find((one) => words(one.innerText).startsWith(label))?.control;
    const named = this.root.querySelector(`[aria-label="${CSS.escape(label)}"]`);
    const control = found ?? named;
    if (control instanceof HTMLInputElement) return control;
    if (control instanceof HTMLTextAreaElement) return control as unknown as HTMLInputElement;
    throw new Error(`No field ${label} in ${this.text}`);
  }

  async fill(label: string, text: string): Promise<void> {
    const field = this.field(label);
    field.focus();
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await this.drawn();
  }

  async leave(label: string): Promise<void> {
    this.field(label).blur();
    await this.drawn();
  }

  async choose(label: string): Promise<void> {
    this.field(label).click();
    await this.drawn();
  }

  async keys(...names: string[]): Promise<void> {
    for (const name of names) await sendKeys({ press: name });
    await this.drawn();
  }

  async drawn(): Promise<void> {
    await this.element.updateComplete;
    for (const step of this.root.querySelectorAll('.step')) {
      await (step as BookingCalendar).updateComplete;
    }
    await this.element.updateComplete;
  }

  /** The sentence at a field, when there is one. */
  problem(label: string): string {
    const field = this.field(label);
    const ids = (field.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);
    return ids.map((id) => words(this.root.getElementById(id)?.textContent ?? '')).join(' ');
  }

  async toDetails(): Promise<this> {
    const day = await until(() =>
      this.element.shadowRoot?.querySelector<HTMLElement>('.free[data-day="2026-11-19"]'),
    );
    day.click();
    const time = await until(() => this.root.querySelectorAll<HTMLElement>('button.time')[1]);
    if (time.ariaPressed !== 'true') time.click();
    (await until(() => this.root.querySelector<HTMLElement>('.go'))).click();
    await until(() => this.root.querySelector('booking-enter-details form'));
    await this.drawn();
    return this;
  }

  async toConfirm(): Promise<this> {
    await this.toDetails();
    await this.fill('Name', 'Ada Okafor');
    await this.fill('E-mail', 'ada@example.com');
    await this.press('Continue');
    await this.heading('Check and book');
    return this;
  }

  /** Lets time pass, five seconds with every frame, until what is promised is there. */
  async wait(look: () => boolean): Promise<void> {
    await until(() => {
      this.time.pass(5000);
      return look();
    });
  }

  /** The heading, once it is there and has the focus. */
  async arrive(text: string): Promise<void> {
    const heading = await this.heading(text);
    await until(() => this.focused === heading);
  }

  async heading(text: string): Promise<HTMLElement> {
    const found = await until(() => {
      const heading = this.root.querySelector<HTMLElement>('[data-heading]');
      return heading !== null && words(heading.textContent) === text && heading;
    });
    await this.drawn();
    return found;
  }
}

const words = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** The name as it is heard, near enough: what is hidden from sight counts, what is not drawn does not. */
const nameOf = (element: HTMLElement): string =>
  element.getAttribute('aria-label') ?? words(element.innerText);
