import { html } from 'hono/html';
import type { Markup } from '../page/layout.ts';
import { formatAmount } from '../stripe/checkout/amounts.ts';
import type { Delivery, RecordedCall, StripeSandbox } from '../stripe/stripe.ts';
import { act } from './logs.page.ts';
import { counted, timeOfDay } from './row.ts';

const clockTime = (seconds: number): string => timeOfDay(new Date(seconds * 1000).toISOString());

/** Every Checkout Session with what became of its money. */
function sessions({ state }: StripeSandbox): Markup {
  return html`<details class="card" id="payments">
    <summary>Stripe's payments (${state.sessions.length})</summary>
    <div class="scroll">
      <table>
        ${state.sessions.toReversed().map((session) => {
          const intent = state.paymentIntents.find(({ id }) => id === session.payment_intent);
          const refunds = state.refunds.filter((refund) => refund.payment_intent === intent?.id);
          return html`<tr>
            <td class="time">${clockTime(session.created)}</td>
            <td>
              ${formatAmount(session.amount_total ?? 0, session.currency ?? 'usd')}
              <p>${session.customer_email ?? session.customer_details?.email ?? ''}</p>
            </td>
            <td>
              <span class="tag ${session.status === 'complete' ? 'good' : ''}"
                >session ${session.status}</span
              >
            </td>
            <td>
              ${intent ? html`<span class="tag">${intent.status}</span>` : ''}
              ${refunds.map(
                (refund) =>
                  html`<p>
                    ${formatAmount(refund.amount, refund.currency)} given back, ${refund.status}
                  </p>`,
              )}
            </td>
            <td>
              ${
                intent?.status === 'requires_capture'
                  ? act(
                      '/_sandbox/panel/lapse',
                      'payment_intent',
                      intent.id,
                      'Let it lapse',
                      'of this payment',
                    )
                  : ''
              }
            </td>
          </tr>`;
        })}
      </table>
    </div>
  </details>`;
}

const callLine = (call: RecordedCall): Markup =>
  html`<tr>
    <td class="time">${timeOfDay(call.at)}</td>
    <td>
      <code>${call.method} ${call.path}</code>
      ${call.idempotencyKey ? html`<p>${call.idempotencyKey}${call.replayed ? ', replayed' : ''}</p>` : ''}
    </td>
    <td>
      <span class="tag ${call.status !== null && call.status < 400 ? 'good' : 'bad'}"
        >${call.status ?? 'none'}</span
      >
      ${call.error ?? ''}
    </td>
  </tr>`;

const deliveriesOf = (deliveries: Delivery[]): Markup | string =>
  deliveries.length === 0
    ? 'told to nobody'
    : html`${deliveries.map(
        ({ status, attempts }) =>
          html`<p>
            ${status}, ${counted(attempts.length, 'attempt', 'attempts')}
            ${attempts.map(({ status: answer, error }) => answer ?? error).join(', ')}
          </p>`,
      )}`;

const events = ({ state }: StripeSandbox): Markup =>
  html`${state.events
    .slice(-100)
    .toReversed()
    .map(
      (event) =>
        html`<tr>
          <td class="time">${clockTime(event.created)}</td>
          <td><code>${event.type}</code></td>
          <td>
            ${deliveriesOf(state.deliveries.filter((delivery) => delivery.event === event.id))}
          </td>
        </tr>`,
    )}`;

/** Stripe's side, for whoever wants to know exactly. */
export const payments = (sandbox: StripeSandbox): Markup => html`
  ${sessions(sandbox)}
  <details class="card" id="stripe-events">
    <summary>Stripe's events and their webhooks (${sandbox.state.events.length})</summary>
    <div class="scroll">
      <table>
        ${events(sandbox)}
      </table>
    </div>
  </details>
  <details class="card" id="stripe-calls">
    <summary>Calls to Stripe's API (${sandbox.state.calls.length})</summary>
    <div class="scroll">
      <table>
        ${sandbox.state.calls.slice(-100).toReversed().map(callLine)}
      </table>
    </div>
  </details>
`;
