import { css } from 'lit';

export const troubleStyles = css`
  .trouble {
    grid-column: 1 / -1;
    align-self: center;
    display: grid;
    gap: calc(3 * var(--_u));
    max-inline-size: 600px;
    padding: calc(8 * var(--_u)) calc(4 * var(--_u));
    color: var(--_muted);
  }
  .sign {
    display: grid;
    place-items: center;
    inline-size: 48px;
    block-size: 48px;
    margin-block-end: calc(2 * var(--_u));
    border: 1px solid transparent;
    border-radius: 50%;
    background: var(--_sunken);
    color: var(--_text);
  }
  .sign svg {
    inline-size: 24px;
    block-size: 24px;
  }
  .outcome {
    color: var(--_text);
    font-size: calc(var(--_size) + 9px);
    line-height: calc(32 / 24);
    letter-spacing: -0.018em;
  }
  .trouble .ways {
    display: flex;
    flex-wrap: wrap;
    gap: calc(3 * var(--_u));
    margin-block: calc(2 * var(--_u));
  }
  .trouble .button:not(.solid) {
    color: var(--_text);
  }
  @container (width >= 560px) {
    .trouble {
      padding: calc(10 * var(--_u));
    }
  }
`;
