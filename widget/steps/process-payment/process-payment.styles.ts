import { css } from 'lit';

export const paymentStyles = css`
  .hold {
    position: relative;
    display: flex;
    align-items: center;
    gap: calc(4 * var(--_u));
    padding: calc(3 * var(--_u)) calc(4 * var(--_u)) calc(4 * var(--_u));
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    overflow: clip;
  }
  .hold b,
  .hold .small {
    display: block;
  }
  .hold b {
    font-size: calc(var(--_size) - 1px);
    line-height: calc(20 / 14);
  }
  .clock {
    flex: none;
    min-inline-size: 5ch;
    font-size: calc(var(--_size) + 13px);
    line-height: calc(36 / 28);
    font-weight: 600;
    letter-spacing: -0.018em;
  }
  .hold-bar {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 0;
    inline-size: 100%;
    block-size: 3px;
    background: var(--_tint-deep);
    fill: var(--_ink);
    stroke: none;
  }
  .hold-bar:dir(rtl) {
    scale: -1 1;
  }
  .outcome-panel > .stacked {
    align-items: center;
    gap: calc(3 * var(--_u)) calc(4 * var(--_u));
  }
  .stacked .quiet {
    font-size: inherit;
    line-height: calc(4 / 3);
  }
  .settling-step .spinner {
    color: var(--_ink);
  }
  .progress-list {
    display: grid;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .progress-list li {
    position: relative;
    display: flex;
    gap: calc(3 * var(--_u));
    min-block-size: 24px;
    color: var(--_muted);
  }
  .progress-list li:not(:last-child) {
    padding-block-end: calc(5 * var(--_u));
  }
  .progress-list li:not(:last-child)::before {
    content: '';
    position: absolute;
    inset-block: 26px 2px;
    inset-inline-start: 11px;
    inline-size: 2px;
    background: var(--_border);
  }
  .sign {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 24px;
    block-size: 24px;
    border: 1px solid var(--_field);
    border-radius: 50%;
  }
  .sign.done {
    border-color: var(--_ink);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .sign.turning {
    border: 2px solid var(--_tint-deep);
    border-block-start-color: var(--_ink);
    animation: turn 800ms linear infinite;
  }
  .what,
  .progress-list .small {
    display: block;
  }
  .what {
    line-height: 24px;
  }
  .progress-list li:has(.done),
  [aria-current='step'] {
    color: var(--_text) !important;
  }
  [aria-current='step'] .what {
    font-weight: 600;
  }
  @media (forced-colors: active) {
    .hold-bar {
      forced-color-adjust: none;
      background: Canvas;
      fill: CanvasText;
    }
    .progress-list li::before {
      background: CanvasText;
    }
  }
`;
