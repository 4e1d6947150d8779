import { html, nothing } from 'lit';
import type { Details, EnterDetails } from '../../flow/state.ts';
import { fieldStyles } from '../../styles/fields.styles.ts';
import { icon } from '../../styles/icon.ts';
import { laterStyles } from '../../styles/later-steps.styles.ts';
import { LaterStep } from '../later-step.ts';
import { panelHead } from '../panel.ts';
import type { FieldName, Problem } from './check-details.ts';
import { detailsFields } from './details-fields.ts';
import type { Form } from './form.ts';
import { GuestsController } from './guests-controller.ts';
import { ProblemsController } from './problems-controller.ts';

type PlaceKind = NonNullable<Details['location']>['kind'];

/** The second step: who comes, where to, and the event type's own questions. */
export class BookingEnterDetails extends LaterStep<EnterDetails> {
  static override sheets = [laterStyles, fieldStyles];
  static override properties = { others: { state: true } };

  readonly #problems = new ProblemsController(this);
  readonly #guests = new GuestsController(this);

  /** The invitee's own answers, where "Other" is chosen. */
  declare private others: ReadonlyMap<string, string>;

  protected readonly step = 'ENTER_DETAILS';
  /** What was typed for a place that is not the chosen one now. */
  readonly #typedPlaces = new Map<PlaceKind, string>();
  /** Fields that were left while something was pressed. */
  readonly #left = new Set<FieldName>();
  #isPressing = false;

  constructor() {
    super();
    this.others = new Map();
  }

  get form(): Form {
    // What fills in forms writes in many fields before anything is drawn again: each must build on the one before.
    const current = { flow: () => this.flow, others: () => this.others };
    return {
      get flow() {
        return current.flow();
      },
      get others() {
        return current.others();
      },
      problems: this.#problems.byField,
      typedPlace: (kind) => this.#typedPlaces.get(kind) ?? '',
      edit: this.#edit,
      setOther: this.#setOther,
    };
  }

  get guestProblem(): Problem | null {
    return this.#guests.problem;
  }

  protected override view(): string {
    return this.step;
  }

  protected override firstUpdated(): void {
    super.firstUpdated();
    // The server sent the visitor back for a reason.
    if (this.#problems.byField.size > 0) this.#focusFirstProblem();
    else for (const sentence of this.#problems.unplaced) this.flow.announce(sentence);
  }

  readonly #edit = (name: FieldName, change: Partial<Details>): void => {
    this.#problems.touch(name);
    const { location } = change;
    if (location?.location !== undefined) this.#typedPlaces.set(location.kind, location.location);
    if (Object.keys(change).length > 0)
      this.flow.dispatch({ type: 'edit-details', details: change });
  };

  readonly #setOther = (question: string, text: string | null): void => {
    const others = new Map(this.others);
    if (text === null) others.delete(question);
    else others.set(question, text);
    this.others = others;
  };

  // Whatever is pressed would move away from under the pointer when a sentence appears above it: that waits for the end.
  readonly #startPress = (): void => {
    this.#isPressing = true;
    for (const end of ['pointerup', 'pointercancel']) {
      document.addEventListener(end, this.#endPress, { once: true, capture: true });
    }
  };

  readonly #endPress = (): void => {
    this.#isPressing = false;
    // The click comes after it, and may be the last thing that happens here.
    requestAnimationFrame(() => {
      const left = [...this.#left];
      this.#left.clear();
      const isHere = this.isConnected && this.flow.state.step === this.step;
      if (isHere) for (const name of left) this.#problems.leave(name);
    });
  };

  readonly #leave = ({ target, relatedTarget }: FocusEvent): void => {
    const left = target instanceof Element ? target.closest<HTMLElement>('[data-field]') : null;
    if (left === null || (relatedTarget instanceof Node && left.contains(relatedTarget))) return;
    const name = left.dataset['field'] as FieldName;
    if (name === 'guests') this.#guests.commit();
    if (this.#isPressing) this.#left.add(name);
    else this.#problems.leave(name);
  };

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.#left.clear();
    this.#guests.commit();
    if (this.#problems.checkAll()) this.flow.dispatch({ type: 'submit-details' });
    else void this.updateComplete.then(() => this.#focusFirstProblem());
  };

  #focusFirstProblem(): void {
    const { texts, announce } = this.flow;
    const { first, byField } = this.#problems;
    if (first === undefined) return;
    const field = this.querySelector(`[data-field="${first}"]`);
    const control =
      field?.querySelector<HTMLElement>('input.input, textarea, .bare') ??
      field?.querySelector<HTMLElement>('.tick');
    control?.focus();
    const count = byField.size;
    const sentence = byField.get(first) ?? '';
    announce(count === 1 ? sentence : `${texts('fieldsToFix', { count })} ${sentence}`);
  }

  protected override render() {
    const { flow } = this;
    const { texts } = flow;
    return html`<form
      class="panel"
      part="form"
      novalidate
      aria-label=${texts('detailsTitle')}
      @submit=${this.#submit}
      @focusout=${this.#leave}
      @pointerdown=${this.#startPress}
    >
      ${panelHead(flow, texts('detailsTitle'))} ${this.#renderUnplaced()}
      <div class="entries" part="fields">${detailsFields(this.form, this.#guests)}</div>
      <div class="foot" part="footer">
        <p class="small" part="help">${texts('nothingBookedYet')}</p>
        <button class="button solid" part="button continue">${texts('continue')}</button>
      </div>
    </form>`;
  }

  #renderUnplaced() {
    const { unplaced } = this.#problems;
    if (unplaced.length === 0) return nothing;
    const { texts, dispatch } = this.flow;
    return html`<div class="notice" part="notice">
      ${icon('notice')}
      <div>
        <p><b>${texts('questionsChanged')}</b></p>
        ${unplaced.map((sentence) => html`<p><bdi>${sentence}</bdi></p>`)}
        <button
          type="button"
          class="quiet"
          part="link"
          @click=${() => dispatch({ type: 'change-time' })}
        >
          ${texts('chooseTimeAgain')}
        </button>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'booking-enter-details': BookingEnterDetails;
  }
}
