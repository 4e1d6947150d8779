import { html } from 'hono/html';
import { layout, type Markup } from '../page/layout.ts';
import { ledgers, type LedgersView } from './ledgers.page.ts';
import { calendar, logs } from './logs.page.ts';
import { payments } from './payments.page.ts';
import { panelStyles } from './panel.styles.ts';
import type { PromiseCount } from './promises.ts';
import { stripeHealthChoices, stripeSwitches, stripeWebhookChoices } from './stripe-switches.ts';
import {
  calendlySwitches,
  type Choice,
  healthChoices,
  mailSwitches,
  type PanelSubjects,
  type Switch,
  webhookChoices,
} from './switches.ts';

export interface PanelView extends LedgersView {
  nowText: string;
  canTravel: boolean;
  links: { label: string; href: string }[];
  promises: PromiseCount[];
}

/** Swaps the live part for a fresh one, unless someone is using it. */
const refresh = `
const live = () => document.querySelector('[data-live]');
setInterval(async () => {
  const open = [...document.querySelectorAll('[data-live] details[open]')].map((it) => it.id);
  if (document.hidden || live().contains(document.activeElement)) return;
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const next = fresh.querySelector('[data-live]');
  for (const id of open) next.querySelector('#' + id)?.setAttribute('open', '');
  if (next.innerHTML !== live().innerHTML) live().replaceWith(next);
  for (const name of ['[data-now]', '[data-mail]'])
    document.querySelector(name).textContent = fresh.querySelector(name).textContent;
}, 2000);
`;

const choice =
  (group: string, subjects: PanelSubjects) =>
  (option: Choice): Markup =>
    html`
      <form method="post" action="/_sandbox/panel/${group}/${option.id}">
        <button aria-pressed="${String(option.isChosen(subjects))}">${option.label}</button>
      </form>
    `;

const toggle =
  (subjects: PanelSubjects) =>
  (it: Switch): Markup =>
    html`
      <form method="post" action="/_sandbox/panel/switches/${it.id}">
        <input type="hidden" name="on" value="${String(!it.isOn(subjects))}" />
        <button class="switch" role="switch" aria-checked="${String(it.isOn(subjects))}">
          <span>${it.label}</span><span class="track"></span>
        </button>
      </form>
    `;

const controls = (view: PanelView): Markup =>
  html`<aside class="card">
    <section>
      <h2>Trouble with Calendly</h2>
      <div class="segments">${healthChoices.map(choice('health', view.subjects))}</div>
      ${calendlySwitches.map(toggle(view.subjects))}
    </section>
    <section>
      <h2>Calendly's webhooks arrive</h2>
      <div class="segments">${webhookChoices.map(choice('webhooks', view.subjects))}</div>
    </section>
    <section>
      <h2>Trouble with Stripe</h2>
      <div class="segments">${stripeHealthChoices.map(choice('stripe-health', view.subjects))}</div>
      ${stripeSwitches.map(toggle(view.subjects))}
    </section>
    <section>
      <h2>Stripe's webhooks arrive</h2>
      <div class="segments">
        ${stripeWebhookChoices.map(choice('stripe-webhooks', view.subjects))}
      </div>
    </section>
    <section>
      <h2>Trouble with mail</h2>
      ${mailSwitches.map(toggle(view.subjects))}
    </section>
    <section>
      <h2>Someone else books</h2>
      <form method="post" action="/_sandbox/panel/take-next" class="field" style="margin:0">
        <label class="visually-hidden" for="taken">Event type</label>
        <select id="taken" name="event_type">
          ${view.subjects.calendly.state.eventTypes
            .filter(
              ({ active, deleted_at, rules }) =>
                active && !deleted_at && rules.owner === view.subjects.calendly.state.users[0]?.uri,
            )
            .map((eventType) => html`<option value="${eventType.uri}">${eventType.name}</option>`)}
        </select>
        <button class="wide">Take the next free time</button>
      </form>
    </section>
    <section>
      <form method="post" action="/_sandbox/panel/reset">
        <button class="wide">Reset everything</button>
      </form>
    </section>
  </aside>`;

const promise = ({ count, label }: PromiseCount): Markup => html`
  <li class="${count === 0 ? '' : 'broken'}">
    <strong>${count}</strong><span>${label}</span>
    <span class="mark" aria-hidden="true">${count === 0 ? '✓' : '✗'}</span>
  </li>
`;

/** The page on which somebody is about to pay. */
function checkout({ subjects }: PanelView): Markup | string {
  const open = subjects.stripe.state.sessions.findLast(({ url }) => url !== null);
  return open ? html`<a href="${open.url}">Checkout</a>` : '';
}

export const panelPage = (view: PanelView): Markup =>
  layout({
    title: 'Sandbox',
    styles: panelStyles,
    script: refresh,
    body: html`<div class="frame">
      <header class="bar">
        <h1>Sandbox</h1>
        <span class="now" data-now>${view.nowText}</span>
        ${
          view.canTravel
            ? html`<form method="post" action="/_sandbox/panel/travel/10-minutes">
                  <button>+ 10 min</button>
                </form>
                <form method="post" action="/_sandbox/panel/travel/1-day">
                  <button>+ 1 day</button>
                </form>
                <span class="line"></span>`
            : ''
        }
        <a href="/${view.subjects.calendly.state.users[0]?.slug}">Calendly page</a>
        ${view.links.map(({ label, href }) => html`<a href="${href}">${label}</a>`)}
        ${checkout(view)}
        <a href="/_sandbox/mailbox" data-mail>Mailbox (${view.subjects.mailbox.messages.length})</a>
      </header>
      <main class="columns">
        ${controls(view)}
        <div class="live" data-live>
          <ul class="card promises">
            ${view.promises.map(promise)}
          </ul>
          ${ledgers(view)} ${payments(view.subjects.stripe)} ${calendar(view.subjects.calendly)}
          ${logs(view.subjects.calendly)}
        </div>
      </main>
    </div>`,
  });
