import { html } from 'hono/html';
import { layout, type Markup, pageHeaders } from '../../page/layout.ts';
import type { EventType, ScheduledEvent, User } from '../resources.ts';

const styles = `
.frame { max-width: 720px; margin: 0 auto; padding: 32px 16px 64px; display: grid; gap: 24px; }
.card { padding: 32px; display: grid; gap: 24px; }
.facts { display: grid; gap: 4px; color: var(--muted); }
.day { display: grid; gap: 8px; }
.times { display: grid; grid-template-columns: repeat(auto-fill, minmax(104px, 1fr)); gap: 8px; }
.times .button { width: 100%; color: var(--accent); flex-direction: column; line-height: 20px; padding: 6px; }
.times small { font-weight: 400; color: var(--caution); }
.row { display: flex; gap: 12px; flex-wrap: wrap; align-items: center; }
form { display: block; }
.types { display: grid; gap: 8px; }
.types .button { width: 100%; justify-content: space-between; }
.types small { font-weight: 400; }
@media (max-width: 560px) { .card { padding: 16px; } }
`;

export const pageAnswer = (title: string, body: Markup, status = 200): Promise<Response> =>
  Promise.resolve(
    layout({
      title,
      styles,
      body: html`<main class="frame">
        ${body}
        <p><small>Calendly in the sandbox. Nothing here is real.</small></p>
      </main>`,
    }),
  ).then(
    (text) =>
      new Response(String(text), {
        status,
        headers: { 'Content-Type': 'text/html; charset=UTF-8', ...pageHeaders },
      }),
  );

export const dayOf = (ms: number, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: zone }).format(ms);

export const timeOf = (ms: number, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: zone }).format(ms);

export const heading = (host: User, eventType: EventType, startMs?: number): Markup =>
  html`<div>
    <p class="muted">${host.name}</p>
    <h1>${eventType.name}</h1>
    <div class="facts">
      <p>
        ${eventType.duration}
        min${eventType.is_paid && eventType.rules.price ? `, ${eventType.rules.price.amount} ${eventType.rules.price.currency}` : ''}
      </p>
      ${
        startMs === undefined
          ? ''
          : html`<p>
              ${dayOf(startMs, host.timezone)}, ${timeOf(startMs, host.timezone)} (${host.timezone}
              time)
            </p>`
      }
      ${eventType.description_plain ? html`<p>${eventType.description_plain}</p>` : ''}
    </div>
  </div>`;

export const whenOf = (event: ScheduledEvent, host: User): string => {
  const startMs = Date.parse(event.start_time);
  return `${dayOf(startMs, host.timezone)}, ${timeOf(startMs, host.timezone)} (${host.timezone} time)`;
};

export const notFoundPage = (): Promise<Response> =>
  pageAnswer(
    'Not found',
    html`<section class="card">
      <h1>This Calendly page does not exist.</h1>
      <p>The link may be wrong, or the event type is no longer offered.</p>
    </section>`,
    404,
  );
