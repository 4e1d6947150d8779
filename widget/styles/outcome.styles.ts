import { css } from 'lit';

/** What a step says when it is over, or waits: a title, prose and the ways on. */
export const outcomeStyles = css`
  .outcome-panel {
    gap: calc(5 * var(--_u));
    justify-content: center;
    padding-block: calc(8 * var(--_u));
  }
  .outcome-panel > * {
    inline-size: 100%;
    max-inline-size: 520px;
  }
  .outcome-panel .outcome {
    font-size: calc(var(--_size) + 9px);
    line-height: calc(32 / 24);
    letter-spacing: -0.018em;
    margin-block-end: calc(-3 * var(--_u));
    overflow-wrap: anywhere;
  }
  .prose {
    color: var(--_muted);
    line-height: calc(24 / 15);
    overflow-wrap: anywhere;
  }
  .prose b {
    color: var(--_text);
    font-weight: 600;
  }
  .prose .at {
    display: block;
    color: var(--_text);
    font-weight: 600;
  }
  .outcome-panel > .done-sign {
    display: grid;
    place-items: center;
    inline-size: 48px;
    block-size: 48px;
    border: 1px solid transparent;
    border-radius: 50%;
    background: var(--_tint);
    color: var(--_ink);
  }
  .done-sign svg {
    inline-size: 24px;
    block-size: 24px;
  }
  .ruled {
    padding-block-start: calc(6 * var(--_u));
    border-block-start: 1px solid var(--_border);
  }
  .ruled h3 {
    margin-block-end: calc(3 * var(--_u));
    font-size: calc(var(--_size) - 1px);
    line-height: calc(20 / 14);
    font-weight: 500;
  }
  .thirds {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: calc(2 * var(--_u));
  }
  .halves {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: calc(2 * var(--_u));
  }
  .nearest {
    justify-content: space-between;
    inline-size: 100%;
    min-block-size: 48px;
    padding-inline: calc(4 * var(--_u));
  }
  .nearest .small {
    font-weight: 400;
  }
  .panel .small button.quiet {
    font-size: inherit;
  }
  .halves + .small {
    margin-block-start: calc(4 * var(--_u));
  }
  .money {
    display: flex;
    gap: calc(2 * var(--_u));
    align-items: center;
    font-weight: 600;
  }
  .money svg {
    color: var(--_muted);
  }
  .thirds .button {
    padding-inline: calc(1 * var(--_u));
  }
  .thirds + .small,
  .ways-on + .small {
    margin-block-start: calc(3 * var(--_u));
  }
  .apart {
    margin-inline-start: auto;
  }
  .stacked {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_u));
  }
  .quote {
    padding-inline-start: calc(3 * var(--_u));
    border-inline-start: 2px solid var(--_border);
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  .outcome-panel .entry {
    display: grid;
  }
  .bones {
    display: grid;
    gap: calc(4 * var(--_u));
  }
  .bones .block {
    display: block;
    block-size: 20px;
  }
  .bones .block:first-child {
    inline-size: 48px;
    block-size: 48px;
    border-radius: 50%;
  }
  .bones .block:nth-child(2) {
    inline-size: 60%;
    block-size: 28px;
  }
  @container (width < 560px) {
    .apart {
      margin-inline-start: 0;
    }
    .outcome-panel {
      justify-content: start;
    }
    .halves {
      grid-template-columns: minmax(0, 1fr);
    }
    .stacked .button {
      inline-size: 100%;
    }
  }
  @container (width < 320px) {
    .thirds {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (forced-colors: active) {
    .outcome-panel > .done-sign {
      border-color: CanvasText;
    }
  }
`;
