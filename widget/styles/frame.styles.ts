import { css } from 'lit';

/** The frame, the summary beside or above every step. */
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
    container-name: frame;
  }
  .step {
    min-inline-size: 0;
    animation: appear 160ms;
  }
  .later {
    display: grid;
    gap: calc(4 * var(--_u));
    padding: calc(8 * var(--_u)) calc(10 * var(--_u));
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  .summary {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: calc(3 * var(--_u)) calc(4 * var(--_u));
    align-content: start;
    align-items: center;
    padding: calc(4 * var(--_u));
    border-block-end: 1px solid var(--_border);
    color: var(--_muted);
  }
  .summary > * {
    grid-column: 1 / -1;
  }
  .host {
    grid-column: 1;
    display: flex;
    align-items: center;
    gap: calc(3 * var(--_u));
    min-block-size: 36px;
  }
  .avatar {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border: 1px solid transparent;
    border-radius: 50%;
    background: var(--_tint);
    color: var(--_accent-text);
    font-size: calc(var(--_size) - 2px);
    font-weight: 650;
  }
  .progress {
    grid-column: 2;
    grid-row: 1;
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .progress i {
    inline-size: 20px;
    block-size: 3px;
    border: 1px solid transparent;
    border-radius: 2px;
    background: var(--_border);
  }
  .progress .done {
    background: var(--_edge);
  }
  .progress .small {
    margin-inline-start: calc(2 * var(--_u));
  }
  .title {
    color: var(--_text);
    font-size: calc(var(--_size) + 5px);
    line-height: 1.4;
    letter-spacing: -0.014em;
    overflow-wrap: anywhere;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_u)) calc(5 * var(--_u));
    font-size: calc(var(--_size) - 1px);
    line-height: calc(20 / 14);
  }
  .facts li {
    display: flex;
    gap: calc(2.5 * var(--_u));
    overflow-wrap: anywhere;
  }
  .facts svg {
    margin-block-start: 2px;
  }
  .facts .chosen {
    color: var(--_accent-text);
    font-weight: 600;
  }
  .facts .price {
    color: var(--_text);
    font-weight: 600;
  }
  .facts .price svg {
    color: var(--_muted);
  }
  .description {
    display: none;
    font-size: calc(var(--_size) - 1px);
    line-height: calc(20 / 14);
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  @container (width < 560px) {
    .progress .small,
    .facts .when:is(:not(.chosen), .SELECT_TIME),
    .facts .group,
    .facts .zone {
      display: none;
    }
    .facts .when {
      inline-size: 100%;
    }
  }
  @container (560px <= width < 860px) {
    .summary {
      padding: calc(5 * var(--_u)) calc(6 * var(--_u));
    }
    .title {
      font-size: calc(var(--_size) + 7px);
    }
    .facts .when {
      inline-size: 100%;
    }
    .facts .zone {
      display: none;
    }
  }
  @container (width >= 860px) {
    .frame {
      grid-template-columns: 272px minmax(0, 1fr);
      min-block-size: 600px;
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
      font-size: calc(var(--_size) + 7px);
      line-height: calc(28 / 22);
    }
    .facts {
      flex-direction: column;
      gap: calc(2.5 * var(--_u));
    }
    .description {
      display: block;
      margin-block-start: calc(6 * var(--_u));
    }
    .progress {
      order: 1;
      margin-block-start: auto;
      padding-block-start: calc(4 * var(--_u));
    }
  }
  @media (forced-colors: active) {
    .avatar,
    .progress i {
      border-color: CanvasText;
    }
    .progress .done {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
`;
