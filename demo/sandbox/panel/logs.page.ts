import { html } from 'hono/html';
import type { CalendlySandbox, Delivery, RecordedCall } from '../calendly/calendly.ts';
import type { Markup } from '../page/layout.ts';
import { timeOfDay } from './row.ts';

export const act = (
  action: string,
  field: string,
  value: string,
  label: string,
  whose: string,
): Markup => html`
  <form method="post" action="${action}">
    <input type="hidden" name="${field}" value="${value}" /><button class="small">
      ${label} <span class="visually-hidden">${whose}</span>
    </button>
  </form>
`;

/** What stands in the calendar, each with what people may do to it. */
export function calendar({ state }: CalendlySandbox): Markup {
  const events = state.events
    .filter(({ status }) => status === 'active')
    .toSorted((a, b) => a.start_time.localeCompare(b.start_time));
  return html`<details class="card" id="calendar">
    <summary>Calendly's calendar (${events.length})</summary>
    <div class="scroll">
      <table>
        ${events.map((event) => {
          const invitees = state.invitees.filter(
            (invitee) => invitee.event === event.uri && invitee.status === 'active',
          );
          return html`<tr>
            <td class="time">${event.start_time.slice(0, 16).replace('T', ' ')}</td>
            <td>
              ${event.name}
              <p>
                ${event.limit > 1 ? `${invitees.length} of ${event.limit} seats` : (event.location?.kind ?? '')}
              </p>
            </td>
            <td>
              ${invitees.map(
                (invitee) =>
                  html`<div class="actions">
                    <span class="who">${invitee.name}</span>
                    ${act('/_sandbox/actions/cancel-as-invitee', 'invitee', invitee.uri, 'Cancel', `as ${invitee.name}`)}
                    ${act('/_sandbox/panel/move-next', 'invitee', invitee.uri, 'Move', `as ${invitee.name}`)}
                  </div>`,
              )}
            </td>
            <td>
              ${act('/_sandbox/actions/cancel-as-host', 'event', event.uri, 'Cancel', 'as the host')}
            </td>
          </tr>`;
        })}
      </table>
    </div>
  </details>`;
}

const deliveryLine = (delivery: Delivery): Markup =>
  html`<tr>
    <td class="time">${timeOfDay(delivery.created_at)}</td>
    <td>
      ${delivery.event}
      <p>${delivery.callback_url}</p>
    </td>
    <td>
      <span
        class="tag ${delivery.status === 'delivered' ? 'good' : delivery.status === 'pending' ? '' : 'bad'}"
        >${delivery.status}</span
      >
    </td>
    <td>
      ${delivery.attempts.map(({ at, status, error }) => html`<p>${timeOfDay(at)} ${status ?? error}</p>`)}
      ${delivery.next_attempt_at ? html`<p>next ${timeOfDay(delivery.next_attempt_at)}</p>` : ''}
    </td>
  </tr>`;

const callLine = (call: RecordedCall): Markup =>
  html`<tr>
    <td class="time">${timeOfDay(call.at)}</td>
    <td><code>${call.method} ${call.path}</code></td>
    <td>
      <span class="tag ${call.status !== null && call.status < 400 ? 'good' : 'bad'}"
        >${call.status ?? 'none'}</span
      >
      ${call.error ?? ''}
    </td>
  </tr>`;

/** Everything sent and received, for whoever wants to know exactly. */
export const logs = ({ state }: CalendlySandbox): Markup => html`
  <details class="card" id="deliveries">
    <summary>Calendly's webhook deliveries (${state.deliveries.length})</summary>
    <div class="scroll">
      <table>
        ${state.deliveries.slice(-100).toReversed().map(deliveryLine)}
      </table>
    </div>
  </details>
  <details class="card" id="calls">
    <summary>Calls to Calendly's API (${state.calls.length})</summary>
    <div class="scroll">
      <table>
        ${state.calls.slice(-100).toReversed().map(callLine)}
      </table>
    </div>
  </details>
`;
