import { expect } from 'chai';
import type axe from 'axe-core';
import 'axe-core';
import { sessionType } from '../test/fixtures.ts';
import { find, mount } from '../test/mount.ts';
import { createStubBackend } from '../test/stub-backend.ts';
import { confirmStyles } from '../steps/confirm-booking/confirm-booking.styles.ts';
import { chooseSessionTypeStyles } from '../steps/select-time/choose-session-type.styles.ts';
import { emptyMonthStyles } from '../steps/select-time/empty-month.styles.ts';
import { selectTimeStyles } from '../steps/select-time/select-time.styles.ts';
import { troubleStyles } from '../steps/select-time/trouble.styles.ts';
import { zonePickerStyles } from '../steps/select-time/zone-picker.styles.ts';
import { controls } from './controls.styles.ts';
import { fieldStyles } from './fields.styles.ts';
import { frame } from './frame.styles.ts';
import { laterStyles } from './later-steps.styles.ts';
import { outcomeStyles } from './outcome.styles.ts';
import { tokens } from './tokens.styles.ts';

const contrastProblems = async (element: HTMLElement): Promise<string[]> => {
  const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(element, {
    runOnly: ['color-contrast'],
  });
  return violations.flatMap(({ nodes }) =>
    nodes.map(({ html, failureSummary }) => html + failureSummary),
  );
};

describe('a brand’s one colour', () => {
  const brands = ['#ffd400', '#b6ff00', '#ffffff', '#000000', '#808080', '#0000ff', '#e91e63'];
  for (const theme of ['light', 'dark']) {
    for (const accent of brands) {
      it(`stays readable: ${accent}, ${theme}`, async () => {
        const backend = createStubBackend({ sessionTypes: [sessionType({ kind: 'group' })] });
        const element = mount(backend, { attributes: { theme } });
        element.style.setProperty('--booking-accent', accent);
        (await find(element, 'button.time')).click();
        await find(element, '.go');
        await Promise.all(
          element.shadowRoot.getAnimations().map(({ finished }) => finished.catch(() => null)),
        );
        expect(await contrastProblems(element)).to.deep.equal([]);
      });
    }
  }
});

describe('the theme', () => {
  const surface = async (theme: string | null, page: string): Promise<string> => {
    const element = mount(createStubBackend(), {
      attributes: theme === null ? {} : { theme },
    });
    if (element.parentElement !== null) element.parentElement.style.colorScheme = page;
    return getComputedStyle(await find(element, '.frame')).backgroundColor;
  };
  const LIGHT = 'rgb(255, 255, 255)';
  const DARK = 'rgb(22, 24, 22)';

  it('is the page’s own unless the page says otherwise', async () => {
    expect(await surface(null, 'light')).to.equal(LIGHT);
    expect(await surface(null, 'dark')).to.equal(DARK);
    expect(await surface('light', 'dark')).to.equal(LIGHT);
    expect(await surface('dark', 'light')).to.equal(DARK);
    const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
    expect(await surface('auto', 'light')).to.equal(isDark ? DARK : LIGHT);
  });
});

describe('the style sheets', () => {
  it('use no token that does not exist', () => {
    const text = [
      tokens,
      controls,
      frame,
      selectTimeStyles,
      chooseSessionTypeStyles,
      emptyMonthStyles,
      troubleStyles,
      zonePickerStyles,
      laterStyles,
      fieldStyles,
      outcomeStyles,
      confirmStyles,
    ]
      .map(({ cssText }) => cssText)
      .join('\n');
    const known = new Set(Array.from(text.matchAll(/(--_[a-z-]+)\s*:/g), ([, name]) => name));
    const used = new Set(Array.from(text.matchAll(/var\((--_[a-z-]+)/g), ([, name]) => name));
    expect([...used].filter((name) => !known.has(name))).to.deep.equal([]);
  });
});
