import type { Dictionary } from '../i18n/texts.ts';

/** The texts of another language than English; none where there is no such language. */
export type LoadTexts = (locale: string, withLaterSteps: boolean) => Promise<Dictionary>;

/** Everything of the world that the widget touches, so that a test can give another one. */
export interface Environment {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since the Unix epoch. */
  now(): number;
  readonly wait?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
  /** Leaves the page for another one. */
  readonly leave?: ((url: string) => void) | undefined;
  /** Calls back when the page has nothing better to do. */
  whenIdle(work: () => void): void;
  /** Undefined where the browser or the visitor blocks it. */
  readonly localStorage: Storage | undefined;
  readonly sessionStorage: Storage | undefined;
  readonly loadTexts: LoadTexts;
}

// Reading the property alone throws where storage is blocked.
const storage = (name: 'localStorage' | 'sessionStorage'): Storage | undefined => {
  try {
    return globalThis[name];
  } catch {
    return undefined;
  }
};

export const browserEnvironment = (): Environment => ({
  fetch: (...request) => globalThis.fetch(...request),
  now: () => Date.now(),
  whenIdle: (work) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: 2000 });
    else setTimeout(work, 200);
  },
  localStorage: storage('localStorage'),
  sessionStorage: storage('sessionStorage'),
  loadTexts: async (...request) => (await import('../i18n/load-texts.ts')).loadTexts(...request),
});
