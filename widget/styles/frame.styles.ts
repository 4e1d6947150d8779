import { css } from 'lit';

/** The frame, and the summary beside or above every step. */
export const frame = css`
  .frame {
    position: relative;
    display: grid;
    max-inline-size: 1080px;
    margin-inline: auto;
    border: 1px solid var(--_border);
    border-radius: calc(1.6 * var(--_radius));
    background: var(--_surface);
    overflow: clip;
  }
  .step {
    min-inline-size: 0;
    animation: appear 160ms;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  .summary {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: calc(3 * var(--_u)) calc(4 * var(--_u));
    align-content: start;
    align-items: center;
    padding: calc(4 * var(--_u));
    border-block-end: 1px solid var(--_border);
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .summary > * {
    grid-column: 1 / -1;
  }
  .summary > .host {
    grid-column: 1;
    display: flex;
    align-items: center;
    gap: calc(3 * var(--_u));
  }
  .avatar {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border: 1px solid transparent;
    border-radius: 50%;
    background: var(--_tint);
    color: var(--_ink);
    font-size: calc(var(--_size) - 2px);
    font-weight: 650;
  }
  .summary > .progress {
    grid-area: 1 / 2;
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .progress i {
    inline-size: 20px;
    block-size: 3px;
    border: 0 solid;
    border-radius: 2px;
    background: var(--_border);
  }
  .progress .done {
    background: var(--_ink);
  }
  .progress .small {
    margin-inline-start: calc(2 * var(--_u));
  }
  .title {
    min-block-size: 1lh;
    color: var(--_text);
    font-size: calc(var(--_size) + 5px);
    line-height: 1.4;
    letter-spacing: -0.014em;
  }
  .facts,
  .description {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_u)) calc(5 * var(--_u));
    font-size: calc(var(--_size) - 1px);
    line-height: calc(20 / 14);
  }
  .facts li {
    display: flex;
    gap: calc(2.5 * var(--_u));
  }
  .facts svg {
    margin-block-start: 2px;
  }
  .facts .chosen {
    color: var(--_ink);
    font-weight: 600;
  }
  .facts .price span {
    color: var(--_text);
    font-weight: 600;
  }
  .description {
    white-space: pre-line;
  }
  @container (width < 560px) {
    .progress .small,
    .when:is(:not(.chosen), .SELECT_TIME),
    .group {
      display: none !important;
    }
  }
  @container (width < 860px) {
    .description,
    .facts .zone {
      display: none;
    }
    .when {
      inline-size: 100%;
    }
  }
  @container (width >= 560px) {
    .summary {
      padding: calc(5 * var(--_u)) calc(6 * var(--_u));
    }
    .title {
      font-size: calc(var(--_size) + 7px);
      line-height: calc(28 / 22);
    }
  }
  @container (width >= 860px) {
    .frame {
      grid-template-columns: 272px minmax(0, 1fr);
      min-block-size: 600px;
    }
    .picker {
      grid-template-columns: minmax(0, 1fr);
    }
    .summary {
      display: flex;
      flex-direction: column;
      align-items: stretch;
      gap: 0;
      padding: calc(8 * var(--_u));
      border-block-end: 0;
      border-inline-end: 1px solid var(--_border);
    }
    .title {
      margin-block: calc(5 * var(--_u)) calc(4 * var(--_u));
    }
    .facts {
      flex-direction: column;
      gap: calc(2.5 * var(--_u));
    }
    .description {
      margin-block-start: calc(6 * var(--_u));
    }
    .summary > .progress {
      order: 1;
      margin-block-start: auto;
      padding-block-start: calc(4 * var(--_u));
    }
  }
  @media (forced-colors: active) {
    .progress i {
      border-width: 1px;
    }
    .progress .done {
      border-width: 2px;
    }
  }
`;
