import { css } from 'lit';

export const confirmStyles = css`
  .summary-list > div {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
    overflow-wrap: anywhere;
    padding-block: calc(4 * var(--_u));
    border-block-end: 1px solid var(--_border);
  }
  .summary-list > div:first-child {
    padding-block-start: 0;
  }
  .summary-list > div:last-child {
    border-block-end: 0;
  }
  dt {
    color: var(--_muted);
    font-size: calc(var(--_size) - 1px);
    line-height: calc(20 / 14);
  }
  dd {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: calc(4 * var(--_u));
  }
  .value {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .value .small {
    margin-block-start: 2px;
  }
  .strong {
    font-weight: 600;
  }
  .written {
    display: block;
    white-space: pre-line;
  }
  s {
    color: var(--_muted);
  }
  .given {
    display: grid;
    gap: calc(3 * var(--_u));
    margin-block-start: calc(2 * var(--_u));
  }
  .given bdi {
    display: block;
  }
  .given .written {
    color: var(--_text);
    font-size: var(--_size);
    line-height: calc(4 / 3);
  }
  .settling-step {
    display: flex;
    gap: calc(3 * var(--_u));
  }
  .settling-step .spinner {
    margin-block-start: 2px;
    color: var(--_ink);
  }
  .settling-step b,
  .settling-step .small {
    display: block;
  }
  .settling-step b {
    font-weight: 600;
  }
  @container (width >= 560px) {
    .summary-list > div {
      grid-template-columns: 104px minmax(0, 1fr);
      gap: calc(4 * var(--_u));
      align-items: baseline;
    }
  }
`;
