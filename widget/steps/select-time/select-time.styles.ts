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
    min-block-size: 40px;
    margin-block-start: calc(-1 * var(--_u));
  }
  .head h2 {
    flex: 1;
  }
  .pager {
    inline-size: 40px;
    min-block-size: 40px;
    padding: 0;
    border-color: var(--_border);
    margin-inline-start: calc(1 * var(--_u));
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
    margin-block: calc(2 * var(--_u));
    color: var(--_muted);
    font-size: calc(var(--_size) - 3px);
    font-weight: 500;
    line-height: 16px;
    text-align: center;
  }
  .weekdays span {
    overflow: clip;
  }
  .day {
    position: relative;
    display: grid;
    place-items: center;
    min-block-size: 48px;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    color: var(--_muted);
    -webkit-tap-highlight-color: transparent;
    touch-action: manipulation;
    transition: background-color 120ms;
  }
  .other {
    color: var(--_faint);
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
    color: var(--_accent-text);
    font-weight: 600;
    cursor: pointer;
  }
  .free:hover {
    background: var(--_tint-deep);
  }
  .day.selected {
    border-color: var(--_edge);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .day:focus-visible {
    z-index: 1;
  }
  .dots {
    inline-size: 5px;
    block-size: 5px;
    background: radial-gradient(circle, currentColor 2px, transparent 2.5px) 0 0 / 7px 5px repeat-x;
  }
  .day .dots {
    position: absolute;
    inset-block-end: 9px;
  }
  .d2 {
    inline-size: 12px;
  }
  .d3 {
    inline-size: 19px;
  }
  .dots {
    background-position: -1px 0;
  }
  .legend {
    display: flex;
    gap: calc(4 * var(--_u));
    min-block-size: 16px;
    margin-block-start: calc(4 * var(--_u));
    font-size: calc(var(--_size) - 3px);
    line-height: 16px;
  }
  .legend span {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_u));
  }
  .legend .dots {
    color: var(--_accent-text);
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
    font-size: calc(var(--_size) - 3px);
    line-height: 16px;
    font-weight: 500;
  }
  .times ul,
  .ul {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: calc(2 * var(--_u));
  }
  .times li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: calc(2 * var(--_u));
  }
  .time {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    column-gap: calc(2 * var(--_u));
    min-block-size: max(var(--_control), 48px);
    padding-inline: calc(1 * var(--_u));
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    color: var(--_accent-text);
    font-weight: 600;
    text-align: center;
    transition:
      background-color 120ms,
      border-color 120ms;
  }
  .time:hover {
    border-color: var(--_edge);
    background: var(--_tint);
  }
  .few {
    color: var(--_caution);
    font-size: calc(var(--_size) - 3px);
    line-height: 16px;
    font-weight: 500;
  }
  .chosen .time {
    grid-column: 1 / -1;
    border-color: var(--_edge);
    background: var(--_accent);
    color: var(--_on-accent);
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
    padding: calc(3 * var(--_u)) calc(4 * var(--_u));
    padding-block-end: max(calc(3 * var(--_u)), env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--_border);
    background: var(--_surface);
  }
  .bar b {
    display: block;
    font-weight: 600;
  }
  .bar .button {
    flex: none;
  }
  .empty p {
    margin-block-start: calc(4 * var(--_u));
    color: var(--_muted);
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: calc(3 * var(--_u));
  }
  .empty .ways .button {
    flex: 1;
    color: var(--_text);
  }
  .empty .ways .solid {
    color: var(--_on-accent);
  }
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
  .trouble .button {
    color: var(--_text);
  }
  .trouble .solid {
    color: var(--_on-accent);
  }
  .late {
    animation: late 0s 150ms both;
  }
  @keyframes late {
    from {
      visibility: hidden;
    }
  }
  .late .block {
    display: block;
    block-size: 14px;
  }
  .late .avatar {
    block-size: 36px;
  }
  .late .time {
    block-size: auto;
    border-color: transparent;
  }
  .b0 {
    inline-size: 56px;
    margin-block: calc(4 * var(--_u)) calc(2 * var(--_u));
  }
  .b1 {
    inline-size: 96px;
    margin-block: 3px;
  }
  .b2 {
    inline-size: 170px;
    margin-block: 5px;
  }
  @container (width < 560px) {
    .times {
      min-block-size: 330px;
    }
    .few {
      inline-size: 100%;
      margin-block-start: calc(-1 * var(--_u));
    }
  }
  @container (width < 320px) {
    .month,
    .times {
      padding-inline: calc(3 * var(--_u));
    }
    .week {
      grid-template-columns: repeat(7, minmax(36px, 1fr));
      gap: 1px;
    }
    .times ul,
    .ul {
      grid-template-columns: repeat(2, minmax(0, 1fr));
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
      padding: calc(6 * var(--_u));
      min-block-size: 560px;
    }
    .month {
      padding-inline-end: calc(4 * var(--_u));
    }
    .times {
      border-block-start: 0;
      border-inline-start: 1px solid var(--_border);
    }
    .day {
      min-block-size: 52px;
    }
    .legend {
      margin-block-start: auto;
    }
    .head {
      margin-block-start: calc(-2 * var(--_u));
    }
    .times ul,
    .ul {
      grid-template-columns: minmax(0, 1fr);
    }
    .dense ul {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .time {
      justify-content: start;
      min-block-size: max(42px, calc(var(--_control) - 2px));
      padding-inline: calc(4 * var(--_u));
    }
    .time .few {
      margin-inline-start: auto;
    }
    .dense .time {
      justify-content: center;
      padding-inline: calc(1 * var(--_u));
    }
    .dense .few {
      margin-inline-start: 0;
    }
    .groups:not(.dense) .chosen .time {
      grid-column: auto;
      border-color: transparent;
      border-radius: calc(0.8 * var(--_radius));
      background: var(--_tint-deep);
      color: var(--_accent-text);
    }
    .groups:not(.dense) .chosen .go {
      display: flex;
      min-block-size: max(42px, calc(var(--_control) - 2px));
      padding-inline: calc(4 * var(--_u));
      border-radius: calc(0.8 * var(--_radius));
    }
    .bar {
      display: none;
      grid-column: 2;
      border-inline-start: 1px solid var(--_border);
      padding: calc(4 * var(--_u)) calc(6 * var(--_u));
    }
    .bar.always {
      display: flex;
    }
    .month:has(~ .always) {
      grid-row: 1 / 3;
    }
    .trouble {
      padding: calc(10 * var(--_u));
    }
  }
  @container (width >= 860px) {
    booking-select-time {
      grid-template-columns: 424px minmax(0, 1fr);
    }
    .month {
      padding: calc(8 * var(--_u));
    }
    .times {
      padding: calc(8 * var(--_u)) calc(6 * var(--_u));
    }
    .head {
      margin-block-start: 0;
    }
    .times h2 {
      margin-block-start: calc(2 * var(--_u));
    }
    .day {
      min-block-size: 56px;
    }
    .weekdays {
      margin-block: calc(4 * var(--_u)) calc(2 * var(--_u));
    }
  }
  @media (forced-colors: active) {
    .day {
      color: GrayText;
    }
    .free {
      border-color: ButtonBorder;
      color: LinkText;
    }
    .today {
      border: 2px dashed CanvasText;
      color: CanvasText;
    }
    .day.selected,
    .times .chosen .time {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
