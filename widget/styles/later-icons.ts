import { html, type TemplateResult } from 'lit';

const later = {
  check: 'M3 8.5l3.3 3.3L13 5',
  back: 'M10 3L5 8l5 5',
  alert: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0M8 5v3.5m0 2.5h0',
} as const;

/** Icons that nobody needs before a time is chosen. */
export const laterIcon = (name: keyof typeof later, className = ''): TemplateResult =>
  html`<svg viewBox="0 0 16 16" aria-hidden="true" class=${className}>
    <path d=${later[name]}></path>
  </svg>`;
