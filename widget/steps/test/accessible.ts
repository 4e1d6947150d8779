import 'axe-core/axe.min.js';
import type { AxeResults, RunOptions } from 'axe-core';

declare global {
  // oxlint-disable-next-line no-var -- a global of the package
  var axe: { run(context: Element, options: RunOptions): Promise<AxeResults> };
}

/** What axe finds wrong, in words; empty when nothing. The page around is the test runner's, not ours. */
export const barriers = async (element: Element): Promise<string[]> => {
  const { violations } = await globalThis.axe.run(element, {
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
};
