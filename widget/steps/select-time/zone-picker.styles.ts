import { css } from 'lit';

export const zonePickerStyles = css`
  booking-zone-picker {
    position: relative;
    z-index: 2;
    display: block;
  }
  .zones {
    position: absolute;
    inset-inline: 0;
    inset-block-start: calc(3 * var(--_u));
    padding: calc(2 * var(--_u));
    border: 1px solid var(--_field);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .zones .field {
    box-sizing: border-box;
    inline-size: 100%;
    block-size: var(--_control);
    margin: 0;
    padding-inline: calc(3 * var(--_u));
    border: 1px solid var(--_field);
    border-radius: calc(0.8 * var(--_radius));
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: max(16px, var(--_size));
  }
  .zones ul {
    max-block-size: 260px;
    margin-block-start: calc(2 * var(--_u));
    overflow: auto;
    overscroll-behavior: contain;
  }
  .zones li {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: calc(2 * var(--_u));
    min-block-size: 40px;
    padding-inline: calc(2 * var(--_u));
    border-radius: calc(0.8 * var(--_radius));
    cursor: pointer;
  }
  .zones li .small {
    white-space: nowrap;
  }
  .zones li:hover {
    background: var(--_sunken);
  }
  .zones [aria-selected='true'] {
    background: var(--_tint);
    color: var(--_ink);
    font-weight: 600;
  }
  .zones [aria-selected='true'] .small {
    color: inherit;
    font-weight: 400;
  }
  .none {
    padding: calc(2 * var(--_u));
  }
  @media (forced-colors: active) {
    .zones [aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
