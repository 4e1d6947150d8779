import { html } from 'hono/html';
import { layout, type Markup } from '../page/layout.ts';
import type { Mailbox, MailMessage } from './mailbox.ts';

const styles = `
.frame { max-width: 1120px; margin: 0 auto; padding: 24px 16px 64px; }
header { display: flex; gap: 16px; align-items: baseline; justify-content: space-between; padding-bottom: 16px; }
.columns { display: grid; grid-template-columns: 320px 1fr; overflow: hidden; min-height: 600px; }
.list { border-right: 1px solid var(--border); }
.list a { display: block; padding: 12px 20px; color: inherit; text-decoration: none; border-bottom: 1px solid var(--border); }
.list a:hover { background: var(--sunken); }
.list a[aria-current] { background: var(--tint); }
.list strong { display: block; font-weight: 600; }
.message { padding: 24px; display: grid; gap: 16px; align-content: start; min-width: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0; }
dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
iframe { width: 100%; height: 480px; border: 1px solid var(--border); border-radius: var(--radius); background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/20px ui-monospace, monospace; margin: 0; padding: 16px; background: var(--sunken); border-radius: var(--radius); }
summary { cursor: pointer; font-weight: 600; }
.attachments { display: flex; flex-wrap: wrap; gap: 8px; }
.empty { padding: 64px 24px; text-align: center; color: var(--muted); }
@media (max-width: 760px) { .columns { grid-template-columns: 1fr; } .list { border-right: 0; } }
`;

const time = (iso: string): string => iso.slice(0, 19).replace('T', ' ');

const item = (message: MailMessage, chosen: MailMessage | undefined): Markup => html`
  <li>
    <a
      href="/_sandbox/mailbox/${message.id}"
      ${message === chosen ? html`aria-current="true"` : ''}
    >
      <strong>${message.subject || 'No subject'}</strong>
      <small>${message.to.join(', ')}<br />${time(message.receivedAt)}</small>
    </a>
  </li>
`;

const shown = (message: MailMessage): Markup => html`
  <article class="message">
    <h2>${message.subject || 'No subject'}</h2>
    <dl>
      <dt>From</dt>
      <dd>${message.from}</dd>
      <dt>To</dt>
      <dd>${message.to.join(', ')}</dd>
      <dt>Received</dt>
      <dd>${time(message.receivedAt)} UTC</dd>
      <dt>Message-ID</dt>
      <dd><code>${message.messageId ?? 'none'}</code></dd>
    </dl>
    ${
      message.attachments.length > 0
        ? html`<ul class="attachments">
            ${message.attachments.map(
              (attachment, index) =>
                html`<li>
                  <a
                    class="button"
                    href="/_sandbox/mailbox/${message.id}/attachments/${index}"
                    download="${attachment.filename}"
                    >${attachment.filename}</a
                  >
                </li>`,
            )}
          </ul>`
        : ''
    }
    ${
      message.html
        ? html`<iframe sandbox="" title="The message as HTML" srcdoc="${message.html}"></iframe>`
        : ''
    }
    <details ${message.html ? '' : html`open`}>
      <summary>As text</summary>
      <pre>${message.text}</pre>
    </details>
    <details>
      <summary>As it came</summary>
      <pre>${message.raw}</pre>
    </details>
  </article>
`;

export const mailboxPage = (mailbox: Mailbox, chosen: MailMessage | undefined): Markup =>
  layout({
    title: 'Mailbox · Sandbox',
    styles,
    body: html`<div class="frame">
      <header>
        <h1>Mailbox</h1>
        <a href="/_sandbox/">Sandbox</a>
      </header>
      <main class="card ${mailbox.messages.length > 0 ? 'columns' : ''}">
        ${
          mailbox.messages.length === 0
            ? html`<p class="empty">No mail yet. What the backend sends arrives here.</p>`
            : html`<ul class="list">
                  ${mailbox.messages.map((message) => item(message, chosen))}
                </ul>
                ${chosen ? shown(chosen) : ''}`
        }
      </main>
    </div>`,
  });
