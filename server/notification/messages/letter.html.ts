import { language } from '../words/locale.ts';
import { html, joinHtml, type Html } from './html.ts';
import type { Fact, Letter, Line } from './letter.ts';

// Inline styles are the light look, for readers that drop the style sheet; the sheet turns it dark where that is wanted.
const font = `font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif`;
const styleSheet = html`
  :root { color-scheme: light dark; supported-color-schemes: light dark; } @media (max-width: 559px)
  { .frame { padding: 24px 20px !important; } .page { padding: 0 !important; } .frame {
  border-radius: 0 !important; border-width: 0 0 1px !important; } } @media (prefers-color-scheme:
  dark) { body, .page { background: #0f110f !important; } .frame { background: #161816 !important;
  border-color: #30332f !important; } .text { color: #f1f1ec !important; } .muted { color: #a8aaa3
  !important; } .rule { border-color: #30332f !important; } .link { color: #4fc3a8 !important; }
  .action { background: #4fc3a8 !important; color: #000000 !important; } }
`;

export const letterHtml = (letter: Letter): string =>
  html`<!doctype html>
    <html lang="${language}" dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta
          name="format-detection"
          content="telephone=no, date=no, address=no, email=no, url=no"
        />
        <title>${letter.subject}</title>
        <style>
          ${styleSheet}
        </style>
      </head>
      <body style="margin:0;padding:0;background:#f6f6f3">
        <table
          role="presentation"
          class="page"
          width="100%"
          cellpadding="0"
          cellspacing="0"
          border="0"
          style="background:#f6f6f3;padding:32px 16px"
        >
          <tr>
            <td align="center">
              <table
                role="presentation"
                class="frame"
                width="100%"
                cellpadding="0"
                cellspacing="0"
                border="0"
                style="max-width:560px;background:#ffffff;border:1px solid #e4e3de;border-radius:16px;padding:32px;text-align:left"
              >
                <tr>
                  <td>
                    <h1
                      class="text"
                      style="margin:0 0 16px;${font};font-size:24px;line-height:32px;font-weight:650;letter-spacing:-.018em;color:#1b1d1b"
                    >
                      ${letter.heading}
                    </h1>
                    ${joinHtml([letter.greeting, ...letter.opening].map(paragraph))}
                    ${letter.quote === null ? '' : quote(letter.quote)}
                    <table
                      role="presentation"
                      class="rule"
                      width="100%"
                      cellpadding="0"
                      cellspacing="0"
                      border="0"
                      style="margin:8px 0 24px;border-top:1px solid #e4e3de"
                    >
                      ${joinHtml(letter.facts.map(fact))}
                    </table>
                    ${letter.action === null ? '' : action(letter.action)}
                    ${joinHtml(letter.closing.map(closing))}
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html> `.toString();

const paragraph = (text: string): Html =>
  html`<p
    class="text"
    style="margin:0 0 12px;${font};font-size:15px;line-height:24px;color:#1b1d1b"
  >
    ${text}
  </p> `;

const quote = ({ label, lines }: NonNullable<Letter['quote']>): Html => html`
  <p class="muted" style="margin:16px 0 4px;${font};font-size:13px;line-height:20px;color:#5d605c">
    ${label}
  </p>
  <blockquote
    class="text rule"
    dir="auto"
    style="margin:0 0 16px;padding:0 0 0 14px;border-left:3px solid #e4e3de;${font};font-size:15px;line-height:24px;color:#1b1d1b;overflow-wrap:anywhere"
  >
    ${joinHtml(
      lines.map((line) => html`${line}`),
      '<br>\n',
    )}
  </blockquote>
`;

const fact = ({ label, lines }: Fact): Html =>
  html`<tr>
    <td
      class="rule"
      style="padding:12px 0;border-bottom:1px solid #e4e3de;${font};font-size:15px;line-height:24px"
    >
      <div class="muted" style="font-size:13px;line-height:20px;color:#5d605c">${label}</div>
      ${joinHtml(
        lines.map(
          (line) =>
            html`<div
              class="text"
              style="color:#1b1d1b;font-variant-numeric:tabular-nums;overflow-wrap:anywhere"
            >
              ${factLine(line)}
            </div> `,
        ),
      )}
    </td>
  </tr> `;

const factLine = (line: Line): Html =>
  typeof line === 'string'
    ? html`<bdi>${line}</bdi>`
    : html`<a class="link" href="${line.url}" style="color:#0b6b58">${line.url}</a>`;

const action = ({ label, url }: NonNullable<Letter['action']>): Html => html`
  <table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 24px">
    <tr>
      <td>
        <a
          class="action"
          href="${url}"
          style="display:inline-block;padding:10px 20px;background:#0b6b58;border-radius:10px;${font};font-size:15px;line-height:24px;font-weight:600;color:#ffffff;text-decoration:none"
          >${label}</a
        >
      </td>
    </tr>
  </table>
`;

const closing = (text: string): Html =>
  html`<p
    class="muted"
    style="margin:0 0 8px;${font};font-size:13px;line-height:20px;color:#5d605c"
  >
    ${text}
  </p> `;
