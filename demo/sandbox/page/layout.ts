import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** One accent, hairlines, space: the same tokens as the widget's, so that the sandbox belongs to it. */
const baseStyles = `
:root {
  color-scheme: light dark;
  --accent: #0b6b58; --on-accent: #ffffff; --tint: #e7f6f1; --page: #f6f5f1; --surface: #ffffff; --sunken: #fafaf8;
  --text: #1b1d1b; --muted: #5d605c; --border: #e4e3de; --field-border: #8a8c86;
  --danger: #b3261e; --danger-tint: #fbe9e7; --caution: #7a4b00; --caution-tint: #fdf8ec;
  --neutral-tint: #f0efea; --radius: 10px;
}
@media (prefers-color-scheme: dark) {
  :root {
    --accent: #4fc3a8; --on-accent: #0c1512; --tint: #192b25; --page: #0f110f; --surface: #161816; --sunken: #1a1c1a;
    --text: #f1f1ec; --muted: #a8aaa3; --border: #30332f; --field-border: #7c8079;
    --danger: #ff9a90; --danger-tint: #3a1d1a; --caution: #f0c069; --caution-tint: #292110; --neutral-tint: #262925;
  }
}
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/24px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 22px; line-height: 28px; font-weight: 650; letter-spacing: -.014em; margin: 0; text-wrap: balance; }
h2 { font-size: 17px; line-height: 24px; font-weight: 650; letter-spacing: -.008em; margin: 0; }
h3 { font-size: 15px; line-height: 24px; font-weight: 600; margin: 0; }
p { margin: 0; text-wrap: pretty; }
a { color: var(--accent); text-underline-offset: 3px; }
ul { list-style: none; margin: 0; padding: 0; }
small, .muted { color: var(--muted); font-size: 13px; line-height: 20px; }
code { font: 13px/20px ui-monospace, monospace; overflow-wrap: anywhere; }
button, .button { display: inline-flex; align-items: center; justify-content: center; min-height: 44px; padding: 0 16px; font: inherit; font-weight: 600; color: var(--text);
  background: var(--surface); border: 1px solid var(--border); border-radius: var(--radius); text-decoration: none; cursor: pointer; transition: background-color 120ms, border-color 120ms; }
button:hover, .button:hover { border-color: var(--field-border); }
button.primary { color: var(--on-accent); background: var(--accent); border-color: var(--accent); }
button.small { min-height: 32px; padding: 0 12px; font-size: 13px; }
button.danger { color: var(--danger); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
input[type=text], input[type=email], input[type=tel], select, textarea { width: 100%; min-height: 44px; padding: 8px 12px; font: inherit; font-weight: 400; color: inherit;
  background: var(--surface); border: 1px solid var(--field-border); border-radius: 8px; }
label, legend { font-weight: 600; padding: 0; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
.field { display: grid; gap: 6px; margin-bottom: 20px; }
.choice { display: flex; gap: 8px; align-items: center; font-weight: 400; min-height: 32px; }
.choice input { width: 18px; height: 18px; margin: 0; accent-color: var(--accent); }
.card { background: var(--surface); border: 1px solid var(--border); border-radius: 16px; }
.notice { padding: 12px 16px; border-radius: var(--radius); background: var(--caution-tint); color: var(--caution); margin-bottom: 20px; }
.notice.bad { background: var(--danger-tint); color: var(--danger); }
.tag { display: inline-block; padding: 0 8px; border-radius: 6px; font-size: 13px; line-height: 22px; font-weight: 600; background: var(--neutral-tint); color: var(--text); }
.tag.good { background: var(--tint); color: var(--accent); }
.tag.bad { background: var(--danger-tint); color: var(--danger); }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media (forced-colors: active) { .tag, .card { border: 1px solid; } }
`;

export interface Page {
  title: string;
  body: Markup;
  styles?: string;
  /** A small script of our own; nothing a page needs in order to work. */
  script?: string;
  language?: string;
}

export const layout = (page: Page): Markup =>
  html`<!doctype html>
    <html lang="${page.language ?? 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(baseStyles)}${raw(page.styles ?? '')}
        </style>
      </head>
      <body>
        ${page.body}
        ${
          page.script
            ? html`<script>
                ${raw(page.script)};
              </script>`
            : ''
        }
      </body>
    </html>`;

/** Nothing from anywhere else, and no framing by strangers. */
export const pageHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'",
  'Cache-Control': 'no-store',
};
