import { css } from 'lit';

/** The public `--booking-*` properties, and what is derived from them so that any brand colour stays readable. */
export const tokens = css`
  :host {
    display: block;
    container-type: inline-size;
    contain-intrinsic-inline-size: 960px;
    min-inline-size: 0;
    --_surface: var(--booking-surface, #fff);
    --_text: var(--booking-text, #1b1d1b);
    --_muted: var(--booking-muted, #5d605c);
    --_border: var(--booking-border, #e4e3de);
    --_field: var(--booking-field-border, #8a8c86);
    --_caution: var(--booking-caution, #7a4b00);
    --_accent: #0b6b58;
    --_on-accent: #fff;
    --_ink: #0b6b58;
    --_tint: #e7f6f1;
    --_tint-deep: #cfede4;
    --_notice: #fdf0e2;
    --_faint: color-mix(in oklab, var(--_muted) 52%, var(--_surface));
    --_sunken: color-mix(in oklab, var(--_text) 4%, var(--_surface));
    --_radius: var(--booking-radius, 10px);
    --_u: var(--booking-space, 4px);
    --_control: var(--booking-control, 44px);
    --_size: var(--booking-font-size, 15px);
  }
  /* Not on the host: what a page says to every element is said to it, too. */
  :host > * {
    font: 400 var(--_size) / calc(4 / 3)
      var(--booking-font, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif);
    font-variant-numeric: tabular-nums;
    letter-spacing: normal;
    text-align: start;
    text-transform: none;
    color: var(--_text);
    -webkit-tap-highlight-color: transparent;
    -webkit-text-size-adjust: 100%;
  }
  :host([hidden]) {
    display: none;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([theme='auto']) {
    color-scheme: light dark;
  }
  @supports (color: light-dark(red, red)) and (color: oklch(from red l c h)) {
    :host {
      --_surface: var(--booking-surface, light-dark(#fff, #161816));
      --_text: var(--booking-text, light-dark(#1b1d1b, #f1f1ec));
      --_muted: var(--booking-muted, light-dark(#5d605c, #a8aaa3));
      --_border: var(--booking-border, light-dark(#e4e3de, #30332f));
      --_field: var(--booking-field-border, light-dark(#8a8c86, #7c8079));
      --_caution: var(--booking-caution, light-dark(#7a4b00, #f0c069));
      --_accent: var(--booking-accent, light-dark(#0b6b58, #4fc3a8));
      --_on-accent: color(
        from var(--_accent) xyz-d65 clamp(0, (0.179 - y) * 1e5, 0.95) clamp(0, (0.179 - y) * 1e5, 1)
          clamp(0, (0.179 - y) * 1e5, 1.089)
      );
      --_ink: light-dark(
        oklch(from var(--_accent) min(l, 0.47) c h),
        oklch(from var(--_accent) max(l, 0.79) c h)
      );
      --_bright: oklch(from var(--_accent) 0.7 calc(c * 1.5) h);
      --_tint: color-mix(in oklab, var(--_bright) 13%, var(--_surface));
      --_tint-deep: color-mix(in oklab, var(--_bright) 26%, var(--_surface));
      --_notice: color-mix(
        in oklab,
        oklch(from var(--_caution) 0.8 calc(c * 1.5) h) 18%,
        var(--_surface)
      );
    }
  }
  @media (pointer: fine) {
    :host {
      --_fine: 2px;
    }
  }
  @media (pointer: coarse) {
    :host {
      --_control: max(44px, var(--booking-control, 44px));
    }
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul {
    list-style: none;
  }
  h2 {
    font-size: calc(var(--_size) + 2px);
    line-height: calc(24 / 17);
    font-weight: 650;
    letter-spacing: -0.008em;
    text-wrap: balance;
  }
  h2:focus {
    outline: none;
  }
  p {
    text-wrap: pretty;
  }
  b {
    font-weight: 600;
  }
  svg {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .chevron:dir(rtl) {
    scale: -1 1;
  }
  .small {
    font-size: calc(var(--_size) - 2px);
    line-height: calc(20 / 13);
    color: var(--_muted);
  }
  .tiny {
    font-size: calc(var(--_size) - 3px);
    line-height: 16px;
    font-weight: 500;
    color: var(--_muted);
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
