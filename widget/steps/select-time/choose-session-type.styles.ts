import { css } from 'lit';

export const chooseSessionTypeStyles = css`
  booking-choose-session-type {
    display: contents;
  }
  booking-other-session:empty {
    display: none;
  }
  .choose {
    min-inline-size: 0;
    padding: calc(4 * var(--_u));
  }
  .choose h3 {
    margin-block: calc(5 * var(--_u)) calc(2 * var(--_u));
    font-weight: 500;
  }
  .choose ul {
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    margin-block-start: calc(4 * var(--_u));
  }
  .choose h3 + ul {
    margin-block-start: 0;
  }
  .choose li + li {
    border-block-start: 1px solid var(--_border);
  }
  .session-type {
    display: flex;
    align-items: center;
    gap: calc(4 * var(--_u));
    inline-size: 100%;
    padding: calc(3 * var(--_u)) calc(4 * var(--_u));
    overflow-wrap: anywhere;
  }
  .session-type:hover {
    background: var(--_tint);
  }
  li:first-child .session-type {
    border-start-start-radius: var(--_radius);
    border-start-end-radius: var(--_radius);
  }
  li:last-child .session-type {
    border-end-start-radius: var(--_radius);
    border-end-end-radius: var(--_radius);
  }
  .session-type b {
    display: block;
    font-weight: 600;
  }
  .what {
    flex: 1;
    min-inline-size: 0;
  }
  .what .small {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
  }
  .terms {
    text-align: end;
    white-space: nowrap;
  }
  @container (width >= 560px) {
    .choose {
      padding: calc(6 * var(--_u));
    }
  }
  @container (width >= 860px) {
    .choose {
      padding: calc(9 * var(--_u)) calc(10 * var(--_u));
    }
  }
`;
