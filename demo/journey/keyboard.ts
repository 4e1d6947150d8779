import type { Locator, Page } from 'playwright-core';

/** Somebody with no pointer, who looks where the focus is before they press the next key. */
export interface KeyboardVisitor {
  press(key: string): Promise<void>;
  type(text: string): Promise<void>;
  /** The focus has come to this. */
  arrive(at: Locator): Promise<void>;
  /** Presses Tab until the focus is on this. */
  tabTo(wanted: Locator): Promise<void>;
  /** What has the focus among these. */
  focused(among: Locator): Locator;
}

/** A page with more stops than this has lost its visitor. */
const mostPresses = 40;

export function byKeyboard(page: Page): KeyboardVisitor {
  const focused = (among: Locator): Locator => among.and(page.locator('*:focus'));
  return {
    focused,
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    arrive: (at) => focused(at).waitFor(),
    async tabTo(wanted) {
      for (let presses = 0; presses < mostPresses; presses += 1) {
        await page.keyboard.press('Tab');
        if ((await focused(wanted).count()) > 0) return;
      }
      throw new Error(`${wanted.toString()} cannot be reached with Tab.`);
    },
  };
}
