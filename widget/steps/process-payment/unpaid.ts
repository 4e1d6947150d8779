import { html, nothing, type TemplateResult } from 'lit';
import type { Flow } from '../../flow/context.ts';
import type { ProcessPayment } from '../../flow/state.ts';
import type { TextKey } from '../../i18n/dictionary.ts';
import { icon } from '../../styles/icon.ts';
import { richText } from '../rich-text.ts';
import { webAddress } from '../web-address.ts';
import { workingButton } from '../working-button.ts';
import { hold } from './hold.ts';

type PaymentFlow = Flow<ProcessPayment>;

export type UnpaidView = 'held' | 'unpaid' | 'declined' | 'returned';

/** What of the unpaid booking is shown; what the visitor is at decides it, and whether a card was declined. */
export const unpaidView = ({ booking, payment }: ProcessPayment): UnpaidView => {
  if (payment.is === 'returned') return 'returned';
  if (booking.paymentDeclined) return 'declined';
  return payment.is === 'leaving' || (payment.is === 'waiting' && payment.isStuck)
    ? 'held'
    : 'unpaid';
};

/** Held until it is paid: the way to the payment page, and the way out. */
export const unpaid = (flow: PaymentFlow): TemplateResult => {
  const { state, texts, format } = flow;
  const { booking, zone } = state;
  const view = unpaidView(state);
  const time = format.time(booking.startTime, zone);
  return html`<div class="panel outcome-panel" part="outcome">
    <h2 class="outcome" part="outcome-title" tabindex="-1" data-heading>
      ${texts(TITLES[view], { time })}
    </h2>
    <p class="prose" part="outcome-text">${help(flow, view, time)}</p>
    ${
      view === 'returned' && !state.isLate
        ? html`<p class="settling-step"><i class="spinner"></i></p>`
        : html`${hold(flow, view === 'declined' ? 'detailsKept' : 'heldFromOthers')}
          ${failure(flow)} ${ways(flow, view)}`
    }
  </div>`;
};

const TITLES = {
  held: 'heldTitle',
  unpaid: 'unpaidTitle',
  declined: 'declinedTitle',
  returned: 'returnedTitle',
} as const satisfies Record<UnpaidView, TextKey>;

const help = (flow: PaymentFlow, view: UnpaidView, time: string) => {
  const { state, texts, format } = flow;
  switch (view) {
    case 'held':
      return texts(state.payment.is === 'leaving' ? 'heldHelp' : 'heldStuckHelp');
    case 'unpaid': {
      const end = format.time(state.booking.holdExpiresAt ?? flow.now, state.zone);
      return texts('unpaidHelp', { time, end });
    }
    case 'declined':
      return richText(flow, 'declinedHelp', {
        still: html`<b>${texts('stillHeld', { time })}</b>`,
      });
    case 'returned':
      return texts(state.isLate ? 'returnedLate' : 'returnedHelp');
  }
};

const failure = ({ state, texts }: PaymentFlow) =>
  state.payment.is === 'failed'
    ? html`<div class="notice" part="notice error">
        ${icon('notice')}<span>${texts('notGivenBack')}</span>
      </div>`
    : nothing;

const ways = (flow: PaymentFlow, view: UnpaidView) => {
  const { state, texts, dispatch } = flow;
  const isGivingBack = state.payment.is === 'giving-back';
  const isDeclined = view === 'declined';
  return html`<div class="stacked">
    ${toPayment(flow, isDeclined)}
    <button
      type="button"
      class=${isDeclined ? 'button' : 'quiet'}
      part=${isDeclined ? 'button' : 'link'}
      aria-disabled=${isGivingBack}
      @click=${() => dispatch({ type: 'give-back', next: isDeclined ? 'times' : 'end' })}
    >
      ${texts(isGivingBack ? 'givingBack' : isDeclined ? 'chooseAnotherTime' : 'giveBack')}
    </button>
  </div>`;
};

// A link: it works where no script may leave the page, and the visitor may open it wherever they like.
const toPayment = (flow: PaymentFlow, isDeclined: boolean) => {
  const { state, texts, format, dispatch } = flow;
  const { booking, payment } = state;
  const price = booking.price === null ? '' : format.money(booking.price);
  const url = webAddress(booking.checkoutUrl);
  const label = texts(isDeclined ? 'payAgain' : 'goToPayment', { price });
  if (url === null || payment.is === 'leaving') {
    return workingButton({
      label,
      busyLabel: texts('openingPayment', { price }),
      isWorking: true,
      part: 'pay',
      press: () => undefined,
    });
  }
  const isStuck = payment.is === 'waiting' && payment.isStuck;
  const isFramed = window.top !== window.self;
  return html`<a
    class="button solid"
    part="button pay"
    href=${url}
    target=${isFramed ? (isStuck ? '_blank' : '_top') : nothing}
    rel=${isFramed && isStuck ? 'noopener' : nothing}
    @click=${() => dispatch({ type: 'leave' })}
    >${label}</a
  >`;
};
