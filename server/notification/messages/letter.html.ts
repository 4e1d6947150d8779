import { language } from '../words/locale.ts';
import type { Fact, Letter, Line } from './letter.ts';
import { joinMarkup, markup, type Markup } from './markup.ts';

// Inline styles are the light look, for readers that drop the style sheet; the sheet turns it dark where that is wanted.
const font = `font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif`;
const body = `${font};font-size:15px;line-height:24px;color:#1b1d1b`;
const small = `${font};font-size:13px;line-height:20px;color:#5d605c`;
const table = markup`role="presentation" cellpadding="0" cellspacing="0" border="0"`;

const styleSheet = markup`
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 559px) {
  .page { padding: 0 !important; }
  .frame { padding: 24px 20px !important; border-width: 0 0 1px !important; border-radius: 0 !important; }
}
@media (prefers-color-scheme: dark) {
  body, .page { background: #0f110f !important; }
  .frame { background: #161816 !important; border-color: #30332f !important; }
  .text { color: #f1f1ec !important; }
  .muted { color: #a8aaa3 !important; }
  .rule { border-color: #30332f !important; }
  .link { color: #4fc3a8 !important; }
  .action { background: #4fc3a8 !important; color: #000000 !important; }
}
`;

export const letterHtml = (letter: Letter): string =>
  markup`<!doctype html>
<html lang="${language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<title>${letter.subject}</title>
<style>${styleSheet}</style>
</head>
<body style="margin:0;padding:0;background:#f6f6f3">
<table ${table} class="page" width="100%" style="padding:32px 16px;background:#f6f6f3">
<tr><td align="center">
<table ${table} class="frame" width="100%" style="max-width:560px;padding:32px;border:1px solid #e4e3de;border-radius:16px;background:#ffffff;text-align:left">
<tr><td>
<h1 class="text" style="margin:0 0 16px;${body};font-size:24px;line-height:32px;font-weight:650;letter-spacing:-.018em">${letter.heading}</h1>
${joinMarkup([letter.greeting, ...letter.opening].map(paragraph))}
${letter.quote === null ? '' : quote(letter.quote)}
<table ${table} class="rule" width="100%" style="margin:20px 0 24px;border-top:1px solid #e4e3de">
${joinMarkup(letter.facts.map(fact))}
</table>
${letter.action === null ? '' : action(letter.action)}
${joinMarkup(letter.closing.map(closing))}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`.toString();

const paragraph = (text: string): Markup =>
  markup`<p class="text" style="margin:0 0 8px;${body};overflow-wrap:anywhere">${text}</p>
`;

const quote = ({ label, lines }: NonNullable<Letter['quote']>): Markup =>
  markup`<p class="muted" style="margin:16px 0 4px;${small}">${label}</p>
<blockquote class="text rule" dir="auto" style="margin:0;padding-inline-start:14px;border-inline-start:3px solid #e4e3de;${body};overflow-wrap:anywhere">
${joinMarkup(
  lines.map((line) => markup`${line}`),
  '<br>\n',
)}
</blockquote>
`;

const fact = ({ label, lines }: Fact): Markup =>
  markup`<tr><td class="rule" style="padding:12px 0;border-bottom:1px solid #e4e3de">
<div class="muted" style="${small}">${label}</div>
${joinMarkup(lines.map(factLine))}</td></tr>
`;

const factLine = (line: Line): Markup =>
  markup`<div class="text" style="${body};font-variant-numeric:tabular-nums;overflow-wrap:anywhere;word-break:break-word">${
    typeof line === 'string'
      ? markup`<bdi>${line}</bdi>`
      : markup`<a class="link" href="${line.url}" style="color:#0b6b58">${line.url}</a>`
  }</div>
`;

const action = ({ label, url }: NonNullable<Letter['action']>): Markup =>
  markup`<p style="margin:0 0 24px"><a class="action" href="${url}" style="display:inline-block;padding:10px 20px;border-radius:10px;background:#0b6b58;${body};font-weight:600;color:#ffffff;text-decoration:none">${label}</a></p>
`;

const closing = (text: string): Markup =>
  markup`<p class="muted" style="margin:0 0 8px;${small}">${text}</p>
`;
