import { html, nothing, type TemplateResult } from 'lit';
import type { ConfirmBooking, SessionType, SettleBooking } from '../../flow/state.ts';
import type { TextKey } from '../../i18n/dictionary.ts';
import type { Flow } from '../../flow/context.ts';
import { icon } from '../../styles/icon.ts';
import { laterStyles } from '../../styles/later-steps.styles.ts';
import { outcomeStyles } from '../../styles/outcome.styles.ts';
import { LaterStep } from '../later-step.ts';
import { panelHead } from '../panel.ts';
import { richText } from '../rich-text.ts';
import { webAddress } from '../web-address.ts';
import { workingButton } from '../working-button.ts';
import { confirmStyles } from './confirm-booking.styles.ts';
import { bookingRows, movingRows } from './confirm-rows.ts';
import { failureText } from './failure-text.ts';
import { settling } from './settling.ts';
import { summaryList } from './summary-list.ts';

const isSettling = (flow: Flow<ConfirmBooking | SettleBooking>): flow is Flow<SettleBooking> =>
  'handle' in flow.state;

/** What comes of the button: who takes the money and when. */
const promise = ({ price, capture, paidOnCalendly }: SessionType): TextKey => {
  if (price !== null) return capture === 'before_booking' ? 'chargedBefore' : 'chargedAfter';
  return paidOnCalendly ? 'payOnCalendly' : 'invitationComes';
};

/** The third step: everything once more and one button that commits; then waiting until it is settled. */
export class BookingConfirmBooking extends LaterStep<ConfirmBooking | SettleBooking> {
  static override sheets = [laterStyles, outcomeStyles, confirmStyles];
  static override properties = { areAnswersOpen: { state: true } };

  declare private areAnswersOpen: boolean;

  protected readonly step = 'CONFIRM_BOOKING';
  #said: unknown;

  constructor() {
    super();
    this.areAnswersOpen = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#lookAgain);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#lookAgain);
  }

  protected override view(): string {
    const { state } = this.flow;
    return 'handle' in state ? state.booking.status : 'checking';
  }

  protected override updated(): void {
    super.updated();
    const { state, announce, texts } = this.flow;
    // Each attempt is said once.
    if (state.attempt === this.#said) return;
    this.#said = state.attempt;
    if (state.attempt.is === 'failed') announce(this.#failure(state.attempt));
    if (state.attempt.is === 'working') announce(texts(state.moving ? 'moving' : 'working'));
    if (state.attempt.is === 'settling' && state.attempt.isLate) announce(texts('settlingLate'));
  }

  protected override render(): TemplateResult {
    const { flow } = this;
    return isSettling(flow) ? settling(flow) : this.#renderCheck(flow as Flow<ConfirmBooking>);
  }

  #renderCheck(flow: Flow<ConfirmBooking>) {
    const { state, texts } = flow;
    const { moving } = state;
    const rows =
      moving === null
        ? bookingRows(flow, { areOpen: this.areAnswersOpen, toggle: this.#toggleAnswers })
        : movingRows(flow, moving);
    return html`<div class="panel" part="confirm">
      ${panelHead(flow, texts(moving === null ? 'confirmTitle' : 'moveTitle'))} ${summaryList(rows)}
      ${this.#renderFailure(flow)}
      <div class="foot" part="footer">
        <p class="small" part="help" id="commits">
          ${texts(moving === null ? promise(state.sessionType) : 'oldTimeKept')}
        </p>
        ${this.#renderCommit(flow)}
      </div>
    </div>`;
  }

  #renderCommit(flow: Flow<ConfirmBooking>) {
    const { state, texts, format, dispatch } = flow;
    const { attempt, moving, slot, zone, sessionType } = state;
    const { price } = sessionType;
    return workingButton({
      label:
        moving === null
          ? price === null
            ? texts('book')
            : texts('payAndBook', { price: format.money(price) })
          : richText(flow, 'moveTo', { time: format.moment(slot.startTime, zone) }),
      busyLabel: texts(moving === null ? 'working' : 'moving'),
      isWorking: attempt.is === 'working',
      part: 'book',
      describedBy: 'commits',
      press: () => dispatch({ type: 'book' }),
    });
  }

  #failure({ reason, sentence }: ConfirmBooking['attempt'] & { is: 'failed' }): string {
    const { texts } = this.flow;
    const { key } = this.#failureText(reason);
    return key === null && sentence !== '' ? sentence : texts(key ?? 'notBookedRefused');
  }

  #failureText(reason: (ConfirmBooking['attempt'] & { is: 'failed' })['reason']) {
    const { sessionType } = this.flow.state;
    return failureText(reason, sessionType !== null && sessionType.price !== null);
  }

  #renderFailure(flow: Flow<ConfirmBooking>) {
    const { attempt, slot, moving } = flow.state;
    const { texts, dispatch } = flow;
    if (attempt.is !== 'failed') return nothing;
    const { ways } = this.#failureText(attempt.reason);
    const url = moving === null ? webAddress(slot.schedulingUrl) : null;
    return html`<div class="notice" part="notice error">
      ${icon('notice')}
      <div>
        <p><bdi>${this.#failure(attempt)}</bdi></p>
        <p class="ways-on">
          ${
            ways.includes('times')
              ? html`<button
                  type="button"
                  class="quiet"
                  part="link"
                  @click=${() => dispatch({ type: 'change-time' })}
                >
                  ${texts('chooseAnotherTime')}
                </button>`
              : nothing
          }
          ${
            ways.includes('calendly') && url !== null
              ? html`<a class="quiet" part="link" href=${url} target="_blank" rel="noopener"
                  >${texts('finishOnCalendlyPage')}
                  <span class="unseen">(${texts('newTab')})</span></a
                >`
              : nothing
          }
          ${
            ways.includes('booking') && moving !== null
              ? html`<button
                  type="button"
                  class="quiet"
                  part="link"
                  @click=${() => dispatch({ type: 'keep-booking' })}
                >
                  ${texts('showBooking')}
                </button>`
              : nothing
          }
        </p>
      </div>
    </div>`;
  }

  readonly #toggleAnswers = (): void => {
    this.areAnswersOpen = !this.areAnswersOpen;
  };

  /** Back from Calendly's page: the invitee looks here now, and so do we. */
  readonly #lookAgain = (): void => {
    if (document.visibilityState === 'visible' && isSettling(this.flow)) {
      this.flow.dispatch({ type: 'retry' });
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'booking-confirm-booking': BookingConfirmBooking;
  }
}
