import { html } from 'hono/html';
import type { Markup } from '../page/layout.ts';
import { formatAmount } from '../stripe/checkout/amounts.ts';
import type { RecordedCall, StripeSandbox } from '../stripe/stripe.ts';
import { act, timeOfDay } from './logs.page.ts';

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

/** Stripe's side, for whoever wants to know exactly. */
export const payments = (sandbox: StripeSandbox): Markup => html`
  ${sessions(sandbox)}
  <details class="card" id="stripe-calls">
    <summary>Calls to Stripe's API (${sandbox.state.calls.length})</summary>
    <div class="scroll">
      <table>
        ${sandbox.state.calls.slice(-100).toReversed().map(callLine)}
      </table>
    </div>
  </details>
`;
