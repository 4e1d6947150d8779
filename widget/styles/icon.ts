import { html, type TemplateResult } from 'lit';

// Nine paths at most, on 16 by 16, 1.5 wide.
export const paths = {
  calendar:
    'M2.5 4.5a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1zm0 2.5h11M5.5 2v2.5m5-2.5v2.5',
  clock: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0M8 4.5V8l2.5 1.5',
  card: 'M2 5a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v6.5a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1zm0 2h12',
  place:
    'M8 14S3.2 9.8 3.2 6.6a4.8 4.8 0 0 1 9.6 0C12.8 9.8 8 14 8 14m0-5.8a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2',
  people:
    'M6 7.5a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6M1.8 13c0-2.3 1.8-3.7 4.2-3.7s4.2 1.4 4.2 3.7M10.8 3.2a2.3 2.3 0 0 1 0 4.1m1.4 2.3c1.3.6 2 1.7 2 3.4',
  globe: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0M2 8h12M8 2c3.3 3.5 3.3 8.5 0 12-3.3-3.5-3.3-8.5 0-12',
  chevron: 'M6 3l5 5-5 5',
  notice: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0M8 5v3.5m0 2.5h0',
} as const;

export const icon = (name: keyof typeof paths, className = ''): TemplateResult =>
  html`<svg viewBox="0 0 16 16" aria-hidden="true" class=${className}>
    <path d=${paths[name]}></path>
  </svg>`;
