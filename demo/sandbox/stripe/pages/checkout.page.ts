import { html } from 'hono/html';
import type { Markup } from '../../page/layout.ts';
import { formatAmount } from '../checkout/amounts.ts';
import { delayedAccounts, type TestCard, testCards, usualCard } from '../payment/cards.ts';
import type { Session, SessionFacts } from '../state.ts';
import type { Entries, FieldName } from './card-form.ts';
import { pageAnswer } from './hosted-layout.ts';

interface Field {
  name: FieldName;
  label: string;
  placeholder?: string;
  autocomplete: string;
}

function input(entries: Entries, field: Field): Markup {
  const problem = entries.problems[field.name];
  return html`<label class="field"
    >${field.label}
    <input
      type="${field.name === 'email' ? 'email' : 'text'}"
      name="${field.name}"
      value="${entries.values[field.name]}"
      placeholder="${field.placeholder ?? ''}"
      autocomplete="${field.autocomplete}"
      ${field.name === 'email' || field.name === 'iban' ? '' : html`inputmode="numeric"`}
      ${problem ? html`aria-invalid="true" aria-describedby="${field.name}-problem"` : ''}
    />
    ${problem ? html`<small class="bad" id="${field.name}-problem">${problem}</small>` : ''}
  </label>`;
}

const emailField = (session: Session, entries: Entries): Markup =>
  session.customer_email
    ? html`<p class="field"><strong>Email</strong> ${session.customer_email}</p>`
    : input(entries, { name: 'email', label: 'Email', autocomplete: 'email' });

const payLabels: Record<string, string> = {
  book: 'Book',
  donate: 'Donate',
  subscribe: 'Subscribe',
};

const payButton = (session: Session): Markup =>
  html`<button class="primary" name="method" value="card">
    ${payLabels[session.submit_type ?? ''] ?? 'Pay'}
  </button>`;

const spaced = (number: string): string => number.replaceAll(/(\d{4})(?=\d)/g, '$1 ');

const cardLines = (cards: TestCard[]): Markup =>
  html`<ul class="cards">
    ${cards.map(
      (card) => html`
        <li>
          <span><code>${spaced(card.number)}</code> <small>${card.what}</small></span>
          <button class="small" type="button" data-card="${spaced(card.number)}" hidden>
            Use <span class="visually-hidden">${card.what}</span>
          </button>
        </li>
      `,
    )}
  </ul>`;

/** The four that show the most. */
const usual = [usualCard, '4000000000000002', '4000000000009995', '4000002500003155'];

const cardList = (): Markup =>
  html`<div>
    <h2>Test cards</h2>
    ${cardLines(testCards.filter(({ number }) => usual.includes(number)))}
    <p><small>Any date in the future and any security code will do.</small></p>
    <details>
      <summary>More test cards</summary>
      ${cardLines(testCards.filter(({ number }) => !usual.includes(number)))}
    </details>
  </div>`;

const debitForm = (session: Session, entries: Entries): Markup | string =>
  session.payment_method_types.includes('sepa_debit')
    ? html`<details ${entries.method === 'debit' ? html`open` : ''}>
        <summary>Pay by bank debit, which takes days</summary>
        <form method="post" action="/c/pay/${session.id}" class="cards">
          ${emailField(session, entries)}
          ${input(entries, { name: 'iban', label: 'IBAN', autocomplete: 'off' })}
          <button name="method" value="debit">Pay by bank debit</button>
        </form>
        <ul class="cards">
          ${delayedAccounts.map(
            ({ iban, what }) => html`<li><code>${iban}</code> <small>${what}</small></li>`,
          )}
        </ul>
      </details>`
    : '';

const summary = (session: Session, facts: SessionFacts): Markup => {
  const currency = session.currency ?? 'usd';
  return html`<section class="card" aria-label="Summary">
    ${session.cancel_url ? html`<p><a href="${session.cancel_url}">← Back</a></p>` : ''}
    <div>
      <p class="muted">${session.branding_settings?.display_name ?? ''}</p>
      <p class="total">${formatAmount(session.amount_total ?? 0, currency)}</p>
    </div>
    <ul class="items">
      ${facts.lineItems.map(
        (item) =>
          html`<li>
            <span
              >${item.description}${
                (item.quantity ?? 1) > 1 ? html` <small>× ${item.quantity}</small>` : ''
              }</span
            ><span>${formatAmount(item.amount_total, currency)}</span>
          </li>`,
      )}
    </ul>
    ${
      facts.intent.captureMethod === 'manual'
        ? html`<p>
            <small>Your card is authorized now and charged once this is confirmed.</small>
          </p>`
        : ''
    }
  </section>`;
};

/** Fills the form from the list; without it one types. */
const fillCard = `for (const button of document.querySelectorAll('[data-card]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    document.querySelector('[name=number]').value = button.dataset.card;
    document.querySelector('[name=expiry]').value ||= '12 / 34';
    document.querySelector('[name=cvc]').value ||= '123';
  });
}`;

/** What the buyer sees: what it is, what it costs, and where the card goes. */
export const checkoutPage = (
  session: Session,
  facts: SessionFacts,
  entries: Entries,
  status = 200,
): Promise<Response> =>
  pageAnswer({
    title: 'Checkout',
    status,
    script: fillCard,
    body: html`<div class="columns">
      ${summary(session, facts)}
      <section class="card">
        <h1>${session.amount_total === 0 ? 'Complete' : 'Pay with card'}</h1>
        ${
          entries.refused
            ? html`<p class="notice bad" role="alert" style="margin:0">${entries.refused}</p>`
            : ''
        }
        <form method="post" action="/c/pay/${session.id}">
          ${emailField(session, entries)}
          ${
            session.amount_total === 0
              ? ''
              : html`${input(entries, { name: 'number', label: 'Card number', placeholder: '1234 1234 1234 1234', autocomplete: 'cc-number' })}
                  <div class="row">
                    ${input(entries, { name: 'expiry', label: 'Expiration', placeholder: 'MM / YY', autocomplete: 'cc-exp' })}
                    ${input(entries, { name: 'cvc', label: 'CVC', placeholder: '123', autocomplete: 'cc-csc' })}
                  </div>`
          }
          ${payButton(session)}
        </form>
        ${debitForm(session, entries)} ${session.amount_total === 0 ? '' : cardList()}
      </section>
    </div>`,
  });
