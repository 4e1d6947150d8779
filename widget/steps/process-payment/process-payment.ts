import type { TemplateResult } from 'lit';
import type { Flow } from '../../flow/context.ts';
import type { LostPayment, ProcessPayment } from '../../flow/state.ts';
import { laterStyles } from '../../styles/later-steps.styles.ts';
import { outcomeStyles } from '../../styles/outcome.styles.ts';
import { LaterStep } from '../later-step.ts';
import { bookingSteps } from './booking-steps.ts';
import { secondsLeft } from './hold.ts';
import { lostPayment } from './lost-payment.ts';
import { paymentStyles } from './process-payment.styles.ts';
import { unpaid, unpaidView } from './unpaid.ts';

/** The minutes at which the countdown is spoken; a clock that never stops talking helps nobody. */
const SPOKEN_MINUTES = [10, 5, 1];

const isLost = (flow: Flow<ProcessPayment | LostPayment>): flow is Flow<LostPayment> =>
  flow.state.slot === null;

/** A session with a price: held until it is paid on Stripe's page, then booked. */
export class BookingProcessPayment extends LaterStep<ProcessPayment | LostPayment> {
  static override sheets = [laterStyles, outcomeStyles, paymentStyles];

  protected readonly step = 'PROCESS_PAYMENT';
  #spokenMinutes: number | undefined;
  #wasLate = false;
  #payment: unknown;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('pageshow', this.#comeBack);
    document.addEventListener('visibilitychange', this.#lookAgain);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('pageshow', this.#comeBack);
    document.removeEventListener('visibilitychange', this.#lookAgain);
  }

  protected override view(): string {
    const { state } = this.flow;
    if (state.slot === null) return 'lost';
    return state.booking.status === 'awaiting_payment' ? unpaidView(state) : 'paid';
  }

  protected override updated(): void {
    super.updated();
    const { flow } = this;
    if (isLost(flow)) return;
    this.#speak(flow as Flow<ProcessPayment>);
  }

  protected override render(): TemplateResult {
    const { flow } = this;
    if (isLost(flow)) return lostPayment(flow);
    const known = flow as Flow<ProcessPayment>;
    return known.state.booking.status === 'awaiting_payment' ? unpaid(known) : bookingSteps(known);
  }

  #speak(flow: Flow<ProcessPayment>): void {
    const { state, texts, announce } = flow;
    const { booking, payment, isLate } = state;
    const isUnpaid = booking.status === 'awaiting_payment';
    if (isLate && !this.#wasLate) {
      const paid = booking.paymentStatus === 'paid' ? 'receivedLate' : 'reservedLate';
      announce(texts(isUnpaid ? 'returnedLate' : paid));
    }
    this.#wasLate = isLate;
    if (payment !== this.#payment) {
      this.#payment = payment;
      if (payment.is === 'giving-back') announce(texts('givingBack'));
      if (payment.is === 'failed') announce(texts('notGivenBack'));
    }
    if (isUnpaid) this.#speakMinutes(flow);
  }

  #speakMinutes(flow: Flow<ProcessPayment>): void {
    const seconds = secondsLeft(flow);
    const count = SPOKEN_MINUTES.findLast((minutes) => seconds <= minutes * 60);
    if (count === this.#spokenMinutes) return;
    // Whoever comes in between hears it with the next one.
    const isNow = count !== undefined && seconds > count * 60 - 2;
    this.#spokenMinutes = count;
    if (isNow) flow.announce(flow.texts('minutesLeft', { count }));
  }

  /** By the browser's back button the page may be there again just as it was left. */
  readonly #comeBack = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) this.flow.dispatch({ type: 'come-back' });
  };

  readonly #lookAgain = (): void => {
    if (document.visibilityState === 'visible') this.flow.dispatch({ type: 'retry' });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'booking-process-payment': BookingProcessPayment;
  }
}
