import { css } from 'lit';

export const selectTimeStyles = css`
  .month,
  .times {
    padding: calc(4 * var(--_u));
    min-inline-size: 0;
  }
  .head {
    display: flex;
    align-items: center;
    gap: var(--_u);
    min-block-size: 40px;
  }
  .head h2 {
    flex: 1;
  }
  .pager {
    inline-size: 40px;
    min-block-size: 40px;
    padding: 0;
    border-color: var(--_border);
  }
  .pager[aria-disabled='true'] {
    border-color: transparent;
    background: none;
    color: var(--_faint);
  }
  .back {
    rotate: 180deg;
  }
  .week {
    display: grid;
    grid-template-columns: repeat(7, minmax(0, 1fr));
    gap: 4px;
    margin-block-start: 4px;
  }
  .weekdays {
    margin-block: calc(3 * var(--_u)) calc(2 * var(--_u));
    text-align: center;
  }
  .day {
    position: relative;
    display: grid;
    place-items: center;
    min-block-size: 48px;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    color: var(--_muted);
    transition: background-color 120ms;
  }
  .other {
    color: var(--_faint);
  }
  /* Ornament, not content: what it shows is said where its own month is shown. */
  .other::before {
    content: attr(data-numeral);
  }
  .loading {
    background: var(--_sunken);
  }
  .today {
    border-color: var(--_field);
    color: var(--_text);
    font-weight: 600;
  }
  .free {
    padding-block-end: 7px;
    background: var(--_tint);
    color: var(--_ink);
    font-weight: 600;
    cursor: pointer;
  }
  .free:hover {
    background: var(--_tint-deep);
  }
  .day.selected,
  .chosen .time {
    border-color: var(--_ink);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .day:focus-visible {
    z-index: 1;
  }
  .dots {
    inline-size: 5px;
    block-size: 5px;
    background: radial-gradient(circle, currentColor 1.8px, transparent 2.4px) -1px 0 / 7px 5px
      repeat-x;
  }
  .d2 {
    inline-size: 12px;
  }
  .d3 {
    inline-size: 19px;
  }
  .day .dots {
    position: absolute;
    inset-block-end: 9px;
  }
  .legend,
  .legend span {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_u));
    min-block-size: 16px;
  }
  .legend {
    gap: calc(4 * var(--_u));
    margin-block-start: calc(4 * var(--_u));
    font-weight: 400;
  }
  .legend .dots {
    color: var(--_ink);
  }
  .times {
    border-block-start: 1px solid var(--_border);
  }
  .zone-line {
    margin-block-start: var(--_u);
  }
  .times .notice {
    margin-block-start: calc(4 * var(--_u));
  }
  .times h3 {
    margin-block: calc(4 * var(--_u)) calc(2 * var(--_u));
  }
  .list {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: calc(2 * var(--_u));
  }
  .list li {
    display: flex;
    gap: inherit;
  }
  .time {
    flex: 1;
    flex-wrap: wrap;
    padding-inline: 0;
    min-block-size: 48px;
    border-color: var(--_border);
    color: var(--_ink);
  }
  .few {
    color: var(--_caution);
  }
  .chosen .few {
    color: inherit;
  }
  .chosen .go {
    display: none;
  }
  .bar {
    position: sticky;
    inset-block-end: 0;
    z-index: 1;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: calc(4 * var(--_u));
    padding: calc(3 * var(--_u)) calc(4 * var(--_u))
      max(calc(3 * var(--_u)), env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--_border);
    background: var(--_surface);
  }
  .bar b {
    display: block;
  }
  .late {
    animation: late 0s 150ms both;
  }
  @keyframes late {
    from {
      visibility: hidden;
    }
  }
  .b1,
  .b2,
  .b3 {
    inline-size: 40%;
    block-size: 14px;
    margin-block: 3px;
  }
  .b2 {
    inline-size: 75%;
    margin-block: 5px;
  }
  .b3 {
    inline-size: 25%;
    block-size: 16px;
    margin-block: calc(4 * var(--_u)) calc(2 * var(--_u));
  }
  .facts .b1 {
    inline-size: 5em;
  }
  .block.time {
    border-color: transparent;
  }
  @container (width < 560px) {
    .times {
      min-block-size: 366px;
    }
    .few {
      inline-size: 100%;
      margin-block-start: -2px;
    }
  }
  @container (width < 320px) {
    .month,
    .times {
      padding-inline: calc(2 * var(--_u));
    }
    .week {
      gap: 1px;
    }
    .list {
      grid-template-columns: 1fr 1fr;
    }
  }
  @container (width >= 560px) {
    booking-select-time {
      display: grid;
      grid-template-columns: 360px minmax(0, 1fr);
    }
    .month,
    .times {
      display: flex;
      flex-direction: column;
      grid-area: 1 / 1;
      min-block-size: 560px;
      padding: calc(5 * var(--_u)) calc(6 * var(--_u));
    }
    .month {
      padding-inline-end: calc(4 * var(--_u));
    }
    .times {
      grid-area: 1 / 2;
      border-block-start: 0;
      border-inline-start: 1px solid var(--_border);
    }
    #day {
      margin-block-start: calc(2 * var(--_u));
    }
    .day {
      min-block-size: 52px;
    }
    .legend {
      margin-block-start: auto;
    }
    .list {
      grid-template-columns: minmax(0, 1fr);
    }
    .dense .list {
      grid-template-columns: 1fr 1fr;
      gap: 6px;
    }
    .time,
    .list .go {
      min-block-size: calc(var(--_control) - var(--_fine, 0px));
    }
    .dense .time {
      min-block-size: calc(var(--_control) - 3 * var(--_fine, 0px));
    }
    :not(.dense) > .list .time {
      justify-content: space-between;
      padding-inline: calc(4 * var(--_u));
    }
    :not(.dense) > .list .chosen * {
      border-radius: calc(0.8 * var(--_radius));
    }
    :not(.dense) > .list .chosen .time {
      border-color: transparent;
      background: var(--_tint-deep);
      color: var(--_ink);
    }
    :not(.dense) > .list .go {
      display: flex;
    }
    .times:has(.dense) {
      padding-block-end: calc(6 * var(--_u) + var(--_control));
    }
    .bar {
      display: none;
      grid-area: 1 / 2;
      align-self: end;
      padding-inline: calc(6 * var(--_u));
    }
    .bar.always {
      display: block;
    }
    .bar p {
      display: none;
    }
    .bar .go {
      inline-size: 100%;
    }
  }
  @container (width >= 860px) {
    booking-select-time {
      grid-template-columns: 424px minmax(0, 1fr);
    }
    .month,
    .times {
      padding-block: calc(8 * var(--_u));
    }
    .month {
      padding-inline: calc(8 * var(--_u));
    }
    .day {
      min-block-size: 56px;
    }
  }
  @media (forced-colors: active) {
    .day,
    .pager[aria-disabled='true'] {
      border-color: Canvas;
      color: GrayText;
    }
    .dots {
      forced-color-adjust: none;
    }
    .free,
    .legend .dots {
      border-color: ButtonBorder;
      color: LinkText;
    }
    .today {
      border: 2px dashed CanvasText;
      color: CanvasText;
    }
    .day.selected,
    :not(.dense) > .list .chosen .time,
    .chosen .time {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
