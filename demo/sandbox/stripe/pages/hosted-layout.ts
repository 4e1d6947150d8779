import { html } from 'hono/html';
import { layout, type Markup, pageHeaders } from '../../page/layout.ts';

const styles = `
.frame { max-width: 920px; margin: 0 auto; padding: 32px 16px 64px; display: grid; gap: 24px; }
.frame.narrow { max-width: 520px; }
.card { padding: 32px; display: grid; gap: 20px; align-content: start; }
.columns { display: grid; gap: 24px; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); align-items: start; }
.total { font-size: 32px; line-height: 40px; font-weight: 650; letter-spacing: -.02em; }
.items { display: grid; gap: 12px; }
.items li { display: flex; justify-content: space-between; gap: 16px; padding-top: 12px; border-top: 1px solid var(--border); }
.row { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
.field { margin-bottom: 0; }
.field .bad { color: var(--danger); font-weight: 400; }
form { display: grid; gap: 16px; }
form button { width: 100%; }
details summary { cursor: pointer; color: var(--accent); font-weight: 600; min-height: 32px; }
.cards { display: grid; gap: 4px; padding-top: 8px; }
.cards li { display: flex; justify-content: space-between; gap: 12px; align-items: center; }
[aria-invalid=true] { border-color: var(--danger); }
@media (max-width: 720px) { .columns { grid-template-columns: minmax(0, 1fr); } .card { padding: 20px; } }
`;

/** A form's answer may lead to the shop's page and on from there, so the form may go anywhere; frames stay refused. */
const headers = {
  ...pageHeaders,
  'Content-Security-Policy': `${pageHeaders['Content-Security-Policy'].replace("form-action 'self'", 'form-action *')}; frame-ancestors 'none'`,
  'Content-Type': 'text/html; charset=UTF-8',
  'X-Frame-Options': 'DENY',
};

export interface HostedPage {
  title: string;
  body: Markup;
  status?: number;
  narrow?: boolean;
  script?: string;
}

export async function pageAnswer(page: HostedPage): Promise<Response> {
  const text = await layout({
    title: page.title,
    styles,
    ...(page.script && { script: page.script }),
    body: html`<main class="frame ${page.narrow ? 'narrow' : ''}">
      ${page.body}
      <p><small>Stripe in the sandbox. No card is charged here.</small></p>
    </main>`,
  });
  return new Response(String(text), { status: page.status ?? 200, headers });
}

/** A page that says one thing. */
export const notice = (title: string, text: string, more: Markup | string = '', status = 200) =>
  pageAnswer({
    title,
    status,
    narrow: true,
    body: html`<section class="card">
      <h1>${title}</h1>
      <p>${text}</p>
      ${more}
    </section>`,
  });
