import { css } from 'lit';

/** Buttons and links: one solid, outlines, underlined words; notices; what stands in for what loads. */
export const controls = css`
  button,
  .button {
    all: unset;
    box-sizing: border-box;
    cursor: pointer;
  }
  .button,
  .time {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0 calc(2 * var(--_u));
    min-block-size: var(--_control);
    padding-inline: calc(4 * var(--_u));
    border: 1px solid color-mix(in srgb, var(--_field) 50%, transparent);
    border-radius: var(--_radius);
    font-weight: 600;
    text-align: center;
    transition:
      background-color 120ms,
      border-color 120ms;
  }
  .button:hover,
  .time:hover {
    border-color: var(--_ink);
    background: var(--_tint);
  }
  .solid,
  .solid:hover {
    border-color: var(--_ink);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .solid:hover {
    background: color-mix(in oklab, var(--_accent) 92%, var(--_text));
  }
  .quiet {
    color: var(--_ink);
    border-block-end: 1px solid color-mix(in srgb, currentColor 50%, transparent);
  }
  .quiet:hover {
    border-color: currentColor;
  }
  :focus-visible {
    outline: 2px solid var(--_ink);
    outline-offset: 2px;
  }
  [aria-disabled='true'] {
    cursor: default;
  }
  .notice {
    display: flex;
    gap: calc(2 * var(--_u));
    padding: calc(3 * var(--_u));
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: var(--_notice);
    font-size: calc(var(--_size) - 1px);
    line-height: calc(20 / 14);
  }
  .notice svg {
    color: var(--_caution);
    margin-block-start: 2px;
  }
  .block {
    display: block;
    border-radius: calc(0.8 * var(--_radius));
    background: var(--_sunken);
  }
  @media (forced-colors: active) {
    .solid,
    .solid:hover {
      forced-color-adjust: none;
      border-color: ButtonText;
      background: ButtonText;
      color: ButtonFace;
    }
    .quiet {
      color: LinkText;
    }
    .block {
      border: 1px solid GrayText;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
      animation-duration: 0s !important;
    }
  }
`;
