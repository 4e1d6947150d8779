import type { PropertyValues, TemplateResult } from 'lit';
import type { BookingComplete } from '../../flow/state.ts';
import { fieldStyles } from '../../styles/fields.styles.ts';
import { laterStyles } from '../../styles/later-steps.styles.ts';
import { outcomeStyles } from '../../styles/outcome.styles.ts';
import { confirmStyles } from '../confirm-booking/confirm-booking.styles.ts';
import { LaterStep } from '../later-step.ts';
import { booked } from './booked.ts';
import { cancelFailure, cancelQuestion, onCalendly } from './cancel.ts';
import { ended } from './ended.ts';
import { outcomeOf } from './outcome.ts';
import { bookingBones, unknownBooking } from './unknown-booking.ts';

/** The end: what became of the booking, and what can still be done with it. */
export class BookingCompleteStep extends LaterStep<BookingComplete> {
  static override sheets = [laterStyles, fieldStyles, outcomeStyles, confirmStyles];
  static override properties = { reason: { state: true } };

  /** The word for the host, as it is typed. */
  declare private reason: string;

  protected readonly step = 'BOOKING_COMPLETE';
  #fileText = '';
  #fileUrl: string | null = null;
  #change: BookingComplete['change'] | undefined;

  constructor() {
    super();
    this.reason = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#offerFile('');
  }

  protected override view(): string {
    const { record, change, isMoved } = this.flow.state;
    if (record.is !== 'known') return record.is;
    const { booking } = record;
    const { title, is } = outcomeOf(booking, isMoved);
    if (is !== 'booked') return `${booking.id} ${title}`;
    if (change.is === 'on-calendly') return `${booking.id} ${change.is}`;
    return `${booking.id} ${change.is === 'idle' ? title : 'cancel'}`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { calendarFile } = this.flow.state;
    this.#offerFile(calendarFile.is === 'known' ? calendarFile.text : '');
  }

  protected override updated(): void {
    super.updated();
    const { change } = this.flow.state;
    if (change === this.#change) return;
    this.#change = change;
    const sentence = cancelFailure(this.flow, change);
    if (sentence !== null) this.flow.announce(sentence);
    if (change.is === 'canceling') this.flow.announce(this.flow.texts('cancelWorking'));
  }

  /** The token opens the file, so that no address of the server can: the browser gets one of its own to save it from. */
  #offerFile(text: string): void {
    if (text === this.#fileText) return;
    if (this.#fileUrl !== null) URL.revokeObjectURL(this.#fileUrl);
    this.#fileText = text;
    this.#fileUrl =
      text === ''
        ? null
        : URL.createObjectURL(new Blob([text], { type: 'text/calendar;charset=utf-8' }));
  }

  protected override render(): TemplateResult {
    const { flow } = this;
    const { record, change, isMoved } = flow.state;
    if (record.is === 'loading') return bookingBones(flow.texts('loadingBooking'));
    if (record.is !== 'known') return unknownBooking(flow);
    const { booking } = record;
    if (outcomeOf(booking, isMoved).is !== 'booked') return ended(flow, booking);
    if (change.is === 'on-calendly') return onCalendly(flow, booking, change);
    if (change.is === 'idle') return booked(flow, booking, this.#fileUrl);
    return cancelQuestion(flow, booking, { text: this.reason, write: this.#write });
  }

  readonly #write = ({ target }: Event): void => {
    if (target instanceof HTMLTextAreaElement) this.reason = target.value;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'booking-complete': BookingCompleteStep;
  }
}
