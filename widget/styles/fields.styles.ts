import { css } from 'lit';

/** Fields, choices and chips. */
export const fieldStyles = css`
  :host {
    --_danger: var(--booking-danger, #b3261e);
  }
  @supports (color: light-dark(red, red)) {
    :host {
      --_danger: var(--booking-danger, light-dark(#b3261e, #ff9a90));
    }
  }
  .entries {
    display: grid;
    gap: calc(5 * var(--_u)) calc(6 * var(--_u));
    min-inline-size: 0;
  }
  .panel > .notice {
    margin-block-end: calc(5 * var(--_u));
  }
  .entry {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    row-gap: 6px;
    min-inline-size: 0;
  }
  .entry-body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    row-gap: 6px;
  }
  .choices {
    row-gap: 0;
    margin-block-start: -6px;
  }
  .entry-label {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    column-gap: calc(2 * var(--_u));
    font-size: calc(var(--_size) - 1px);
    line-height: calc(20 / 14);
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  .entry-label-text {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: baseline;
    column-gap: calc(2 * var(--_u));
    min-inline-size: 0;
  }
  .note,
  .optional {
    color: var(--_muted);
    font-weight: 400;
  }
  .optional {
    margin-inline-start: auto;
  }
  .input {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: var(--_control);
    margin: 0;
    padding: 0 calc(3 * var(--_u));
    border: 1px solid var(--_field);
    border-radius: calc(0.8 * var(--_radius));
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    letter-spacing: inherit;
    appearance: none;
  }
  .lines {
    display: block;
    min-block-size: 76px;
    padding-block: 10px;
    line-height: calc(4 / 3);
    resize: vertical;
    field-sizing: content;
    max-block-size: 320px;
  }
  /* What is written says in which direction, whatever the page's own is. */
  .input,
  .bare {
    unicode-bidi: plaintext;
  }
  .input::placeholder,
  .bare::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .input:focus-visible,
  .chips:has(.bare:focus-visible) {
    outline: 2px solid var(--_ink);
    outline-offset: 2px;
  }
  .input[aria-invalid='true'],
  .entry:has(.problem) .chips {
    border-color: var(--_danger);
    box-shadow: inset 0 0 0 1px var(--_danger);
  }
  .problem {
    display: flex;
    gap: 6px;
    color: var(--_danger);
    font-size: calc(var(--_size) - 2px);
    line-height: calc(20 / 13);
    overflow-wrap: anywhere;
  }
  .problem svg {
    margin-block-start: 2px;
  }
  .problem bdi,
  .hint bdi {
    min-inline-size: 0;
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    column-gap: calc(2.5 * var(--_u));
    min-block-size: 36px;
  }
  .choice label {
    flex: 0 1 auto;
    max-inline-size: calc(100% - 30px);
    padding-block: 8px;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .choice > .small {
    flex-basis: 100%;
    margin-block-start: -6px;
    padding-inline-start: 30px;
    padding-block-end: 4px;
    overflow-wrap: anywhere;
  }
  .choice .input {
    flex: 1;
    min-inline-size: 120px;
    min-block-size: 36px;
  }
  .tick {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
    border: 1px solid var(--_field);
    border-radius: 6px;
    background: var(--_surface);
    color: var(--_on-accent);
    cursor: pointer;
    appearance: none;
  }
  .tick[type='radio'] {
    border-radius: 50%;
  }
  .tick:hover {
    border-color: var(--_ink);
  }
  .tick:checked {
    border-color: var(--_ink);
    background: var(--_accent);
  }
  .tick:checked::before {
    content: '';
    inline-size: 12px;
    block-size: 12px;
    background: currentColor;
    clip-path: polygon(14% 44%, 4% 55%, 38% 88%, 96% 26%, 86% 15%, 38% 66%);
  }
  .tick[type='radio']:checked::before {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    clip-path: none;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(1 * var(--_u)) calc(1.5 * var(--_u));
    padding: 5px calc(2 * var(--_u));
    cursor: text;
  }
  .chips ul {
    display: contents;
  }
  .chip {
    display: flex;
    align-items: center;
    min-inline-size: 0;
    max-inline-size: 100%;
    padding-inline-start: calc(2.5 * var(--_u));
    border: 1px solid transparent;
    border-radius: calc(0.6 * var(--_radius));
    background: var(--_sunken);
    font-size: calc(var(--_size) - 1px);
    line-height: 30px;
    cursor: default;
  }
  .chip bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip button {
    flex: none;
    inline-size: 28px;
    block-size: 30px;
    border-radius: calc(0.6 * var(--_radius));
    font-size: calc(var(--_size) + 3px);
    line-height: 30px;
    text-align: center;
  }
  .chip button:hover {
    background: var(--_tint-deep);
  }
  .chip button:focus-visible {
    outline-offset: -2px;
  }
  .bare {
    flex: 1;
    min-inline-size: 120px;
    block-size: 30px;
    margin: 0;
    padding: 0 calc(1 * var(--_u));
    border: 0;
    outline: none;
    background: none;
    color: inherit;
    font: inherit;
  }
  @container (width < 560px) {
    .input,
    .bare {
      font-size: max(16px, var(--_size));
    }
    .choice {
      min-block-size: 44px;
    }
    .chip,
    .chip button {
      line-height: 36px;
      block-size: 36px;
    }
    .chip button {
      inline-size: 40px;
    }
  }
  @container (width >= 560px) {
    .entries {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .wide {
      grid-column: 1 / -1;
    }
    /* Fields of one row stand on one line, however long their labels are. */
    @supports (grid-template-rows: subgrid) {
      .entries {
        row-gap: 0;
        margin-block-end: calc(-5 * var(--_u));
      }
      .entry {
        grid-row: span 2;
        grid-template-rows: subgrid;
        row-gap: 6px;
        margin-block-end: calc(5 * var(--_u));
      }
      .entry-label {
        align-self: end;
      }
    }
  }
  @media (pointer: coarse) {
    .input,
    .bare {
      font-size: max(16px, var(--_size));
    }
  }
  @media (forced-colors: active) {
    .tick {
      appearance: auto;
    }
    .tick:checked::before {
      content: none;
    }
    .chip {
      border-color: CanvasText;
    }
    .input[aria-invalid='true'],
    .entry:has(.problem) .chips {
      outline: 2px solid Mark;
    }
    .problem {
      text-decoration: underline;
    }
  }
`;
