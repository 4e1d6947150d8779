import 'axe-core';
import type axe from 'axe-core';
import { expect } from 'chai';

/** Nothing for axe to find, in what is shown now. */
export const expectAccessible = async (element: HTMLElement): Promise<void> => {
  // A cross-fade is half transparent, and half transparent text has no contrast.
  await Promise.all(
    (element.shadowRoot?.getAnimations() ?? [])
      // A spinner turns for as long as it is there.
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
      .map(({ finished }) => finished.catch(() => null)),
  );
  const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(element, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // About the page around the element, which a test has not.
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  });
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
  ).to.deep.equal([]);
};
