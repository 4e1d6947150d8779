import { html, type TemplateResult } from 'lit';

const CIRCLE = 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0';

// Nine paths at most, on 16 by 16, 1.5 wide.
export const paths = {
  calendar: 'M2.5 3.5h11v10h-11zm0 3.5h11M5.5 2v2.5m5-2.5v2.5',
  clock: `${CIRCLE}M8 4.5V8l2.5 1.5`,
  card: 'M2 4h12v8.5H2zm0 3h12',
  place: 'M8 14S3 10 3 6.5a5 5 0 0 1 10 0C13 10 8 14 8 14m0-7.5h0',
  people:
    'M8 5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0M1.5 13c0-4 8-4 8 0m1.5-10.5c2.5 0 2.5 5 0 5m1.5 2c1.5.5 2 2 2 3.5',
  globe: `${CIRCLE}M2 8h12M8 2c3 3.5 3 8.5 0 12-3-3.5-3-8.5 0-12`,
  chevron: 'M6 3l5 5-5 5',
  notice: `${CIRCLE}M8 5v3.5m0 2.5h0`,
} as const;

export const icon = (name: keyof typeof paths, className = ''): TemplateResult =>
  html`<svg viewBox="0 0 16 16" aria-hidden="true" class=${className}>
    <path d=${paths[name]}></path>
  </svg>`;
