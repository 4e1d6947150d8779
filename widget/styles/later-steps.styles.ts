import { css } from 'lit';

/** What the steps after the first share: the column, its heading and its foot. */
export const laterStyles = css`
  booking-enter-details,
  booking-confirm-booking,
  booking-process-payment,
  booking-complete {
    display: grid;
  }
  .panel {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    padding: calc(4 * var(--_u));
  }
  .panel-head {
    display: flex;
    align-items: center;
    gap: calc(3 * var(--_u));
    margin-block-end: calc(5 * var(--_u));
  }
  .back-button {
    flex: none;
    inline-size: 40px;
    min-block-size: 40px;
    padding: 0;
    border-color: var(--_border);
    color: var(--_text);
  }
  .foot {
    display: flex;
    flex-direction: column-reverse;
    gap: calc(3 * var(--_u));
    margin-block-start: auto;
    padding-block-start: calc(6 * var(--_u));
  }
  .foot .small {
    text-align: center;
  }
  .panel a.button {
    text-decoration: none;
    color: inherit;
  }
  .panel a.solid {
    color: var(--_on-accent);
  }
  .panel button.quiet,
  .panel a.quiet {
    font-size: calc(var(--_size) - 1px);
    line-height: calc(20 / 14);
  }
  .summary-list + .notice {
    margin-block-start: calc(3 * var(--_u));
  }
  .panel .notice b {
    font-weight: 600;
  }
  .panel .notice div {
    display: grid;
    gap: var(--_u);
    justify-items: start;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .ways-on {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_u)) calc(5 * var(--_u));
  }
  .work {
    display: inline-grid;
    grid-template-columns: auto;
  }
  .work > span {
    grid-area: 1 / 1;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: calc(2 * var(--_u));
  }
  .off {
    visibility: hidden;
  }
  .spinner {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    border: 2px solid color-mix(in srgb, currentColor 35%, transparent);
    border-block-start-color: currentColor;
    border-radius: 50%;
    animation: turn 800ms linear infinite;
  }
  .off .spinner {
    animation: none;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @container (width < 560px) {
    /* A finger needs more than the height of a word. */
    .panel .quiet {
      position: relative;
    }
    .panel .quiet::after {
      content: '';
      position: absolute;
      inset: -12px -6px;
    }
    .ways-on {
      row-gap: calc(6 * var(--_u));
    }
    .foot .button {
      inline-size: 100%;
    }
    .back-button,
    .clear {
      min-block-size: 44px;
    }
    .back-button {
      inline-size: 44px;
    }
  }
  @container (width >= 560px) {
    .panel {
      padding: calc(6 * var(--_u));
    }
    .foot {
      flex-direction: row;
      align-items: center;
      justify-content: space-between;
      gap: calc(6 * var(--_u));
    }
    .foot .button {
      flex: none;
    }
    .foot .small {
      text-align: start;
    }
  }
  @container (width >= 860px) {
    .panel {
      padding: calc(8 * var(--_u)) calc(10 * var(--_u));
    }
  }
  @media (forced-colors: active) {
    .panel .solid[aria-disabled='true'] {
      background: GrayText;
      border-color: GrayText;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    /* Three still dots; the words beside them say the rest. */
    .spinner {
      block-size: 4px;
      border: 0;
      border-radius: 0;
      background: radial-gradient(circle, currentColor 2px, transparent 2.5px) 0 0 / 6px 4px;
      animation: none;
    }
  }
`;
