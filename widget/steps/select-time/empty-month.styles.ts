import { css } from 'lit';

export const emptyMonthStyles = css`
  .empty {
    display: block;
    color: var(--_muted);
  }
  .empty p {
    margin-block-start: calc(4 * var(--_u));
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: calc(3 * var(--_u));
  }
  .empty .ways .button {
    flex: 1;
  }
  .ways .button:not(.solid) {
    color: var(--_text);
  }
`;
