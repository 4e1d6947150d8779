import '../booking-calendar.ts';
import type { Environment } from '../flow/environment.ts';
import { NOW } from './fixtures.ts';
import type { StubBackend } from './stub-backend.ts';

/** A Storage of its own for every test; given to two elements it is two tabs, or a reload. */
export const createStorage = (): Storage => {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    clear: () => values.clear(),
  };
};

export interface MountOptions {
  readonly attributes?: Readonly<Record<string, string>>;
  readonly environment?: Partial<Environment>;
  readonly width?: number;
  readonly dir?: string;
}

type Tag = 'booking-calendar' | 'booking-slot-picker';
type Mounted<T extends Tag> = HTMLElementTagNameMap[T] & { readonly shadowRoot: ShadowRoot };

/** Puts the element on the page as a stranger's markup would. */
export const mount = <T extends Tag = 'booking-calendar'>(
  backend: Pick<StubBackend, 'fetch'>,
  { attributes = {}, environment = {}, width = 960, dir = 'ltr' }: MountOptions = {},
  tag: T = 'booking-calendar' as T,
): Mounted<T> => {
  const page = document.createElement('div');
  page.className = 'stage';
  page.style.width = `${width}px`;
  page.dir = dir;
  const element = document.createElement(tag);
  const given = {
    server: 'https://book.example.com',
    'session-type': 'workshop',
    'time-zone': 'Europe/Berlin',
    lang: 'en-GB',
    ...attributes,
  };
  for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
  element.environment = {
    fetch: backend.fetch,
    now: () => Date.parse(NOW),
    whenIdle: (work) => queueMicrotask(work),
    // Nobody waits in a test, unless it says so.
    wait: () => new Promise(() => undefined),
    localStorage: createStorage(),
    sessionStorage: createStorage(),
    ...environment,
  };
  page.append(element);
  document.body.append(page);
  return element as Mounted<T>;
};

afterEach(() => {
  for (const page of document.querySelectorAll('.stage')) page.remove();
});

/** Waits for what a visitor would wait for, frame by frame; the runner's own limit ends a wait in vain. */
export const until = async <T>(look: () => T | null | undefined | false): Promise<T> => {
  for (;;) {
    const seen = look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    await new Promise(requestAnimationFrame);
  }
};

export const find = <E extends HTMLElement = HTMLElement>(
  { shadowRoot }: { readonly shadowRoot: ShadowRoot },
  selector: string,
): Promise<E> => until(() => shadowRoot.querySelector<E>(selector));

/** A button, link or cell by what a visitor reads on it. */
export const findByText = (
  { shadowRoot }: { readonly shadowRoot: ShadowRoot },
  text: string | RegExp,
): Promise<HTMLElement> =>
  until(() =>
    [...shadowRoot.querySelectorAll<HTMLElement>('button, a, h2, [role=gridcell]')].find(
      (element) => {
        const name = (element.ariaLabel ?? element.textContent ?? '').replace(/\s+/g, ' ').trim();
        const isThere = element.getClientRects().length > 0;
        return isThere && (typeof text === 'string' ? name === text : text.test(name));
      },
    ),
  );
