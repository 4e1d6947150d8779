import { html, nothing, type PropertyValues } from 'lit';
import type { Details, EnterDetails } from '../../flow/state.ts';
import { fieldStyles } from '../../styles/fields.styles.ts';
import { laterStyles } from '../../styles/later-steps.styles.ts';
import { icon } from '../../styles/icon.ts';
import { LaterStep } from '../later-step.ts';
import { panelHead } from '../panel.ts';
import { checkField, fieldsOf, type FieldName } from './check-details.ts';
import type { Form } from './form.ts';
import { GuestsController } from './guests-controller.ts';
import { guestsField } from './guests-field.ts';
import { locationField, placeField } from './location-field.ts';
import { questionField } from './question-field.ts';
import { placeServerProblems } from './server-problems.ts';
import { textField } from './text-field.ts';

type Place = NonNullable<Details['location']>;

/** The second step: who comes, where to, and the event type's own questions. */
export class BookingEnterDetails extends LaterStep<EnterDetails> {
  static override sheets = [laterStyles, fieldStyles];
  static override properties = { problems: { state: true }, others: { state: true } };

  /** Sentences, by field; a field that nobody has left yet has none. */
  declare private problems: ReadonlyMap<FieldName, string>;
  /** The invitee's own answers, where "Other" is chosen. */
  declare private others: ReadonlyMap<string, string>;

  protected readonly step = 'ENTER_DETAILS';
  readonly #guests = new GuestsController(this);
  readonly #touched = new Set<FieldName>();
  /** What was typed for a place that is not the chosen one now. */
  readonly #typedPlaces = new Map<Place['kind'], string>();
  #answered: EnterDetails['fields'] = {};
  #unplaced: readonly string[] = [];
  #isPressing = false;

  constructor() {
    super();
    this.problems = new Map();
    this.others = new Map();
  }

  get form(): Form {
    return {
      flow: this.flow,
      problems: this.problems,
      others: this.others,
      edit: this.#edit,
      setOther: this.#setOther,
    };
  }

  protected override view(): string {
    return this.step;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { fields, details, sessionType } = this.flow.state;
    if (fields === this.#answered) return;
    this.#answered = fields;
    const { byField, unplaced } = placeServerProblems(fields, details, sessionType);
    this.problems = byField;
    this.#unplaced = unplaced;
  }

  protected override firstUpdated(): void {
    super.firstUpdated();
    // The server sent the visitor back for a reason.
    if (this.problems.size > 0) this.#focusFirstProblem();
    else for (const sentence of this.#unplaced) this.flow.announce(sentence);
  }

  readonly #edit = (name: FieldName, change: Partial<Details>): void => {
    this.#touched.add(name);
    const { location } = change;
    if (location?.location !== undefined) this.#typedPlaces.set(location.kind, location.location);
    if (Object.keys(change).length > 0)
      this.flow.dispatch({ type: 'edit-details', details: change });
    // A field that is being put right is not told off again before it is left.
    if (this.problems.has(name)) this.#setProblem(name, null);
    if (name === 'location') this.#setProblem('place', null);
  };

  readonly #setOther = (question: string, text: string | null): void => {
    const others = new Map(this.others);
    if (text === null) others.delete(question);
    else others.set(question, text);
    this.others = others;
  };

  #setProblem(name: FieldName, sentence: string | null): void {
    if ((this.problems.get(name) ?? null) === sentence) return;
    const problems = new Map(this.problems);
    if (sentence === null) problems.delete(name);
    else problems.set(name, sentence);
    this.problems = problems;
  }

  #check(name: FieldName): string | null {
    const { state, texts } = this.flow;
    const problem =
      (name === 'guests' ? this.#guests.problem : null) ??
      checkField(name, state.details, state.sessionType);
    if (problem === null) return null;
    const question = /^answer\d/.test(name)
      ? state.sessionType.questions[Number(name.slice('answer'.length))]?.question
      : undefined;
    const isOther = question !== undefined && this.others.get(question)?.trim() === '';
    const isEmpty = problem.key === 'choiceMissing' || problem.key === 'choicesMissing';
    return texts(isOther && isEmpty ? 'otherMissing' : problem.key, problem.parameters);
  }

  // A button moves away under the pointer when a sentence appears above it: while one is pressed nothing does.
  readonly #startPress = (event: PointerEvent): void => {
    this.#isPressing = event.target instanceof Element && event.target.closest('button') !== null;
  };

  readonly #leave = (event: FocusEvent): void => {
    const left = event.target instanceof Element ? event.target.closest('[data-field]') : null;
    const to = event.relatedTarget;
    if (!(left instanceof HTMLElement) || (to instanceof Node && left.contains(to))) return;
    const name = left.dataset['field'] as FieldName;
    if (name === 'guests') this.#guests.commit();
    if (this.#isPressing || !this.#touched.has(name)) return;
    const problem = this.#check(name);
    this.#setProblem(name, problem);
    if (problem !== null) this.flow.announce(problem);
  };

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.#isPressing = false;
    this.#guests.commit();
    const { state, dispatch } = this.flow;
    const problems = new Map<FieldName, string>();
    for (const name of fieldsOf(state.sessionType, state.details)) {
      const problem = this.#check(name);
      if (problem !== null) problems.set(name, problem);
    }
    this.problems = problems;
    if (problems.size === 0) dispatch({ type: 'submit-details' });
    else void this.updateComplete.then(() => this.#focusFirstProblem());
  };

  #focusFirstProblem(): void {
    const { state, texts, announce } = this.flow;
    const count = this.problems.size;
    const first = fieldsOf(state.sessionType, state.details).find((name) =>
      this.problems.has(name),
    );
    if (first === undefined) return;
    const field = this.querySelector(`[data-field="${first}"]`);
    (
      field?.querySelector<HTMLElement>('input.input, textarea, .bare') ??
      field?.querySelector<HTMLElement>('.tick')
    )?.focus();
    const sentence = this.problems.get(first) ?? '';
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
      @pointerup=${this.#endPress}
      @pointercancel=${this.#endPress}
    >
      ${panelHead(flow, texts('detailsTitle'))} ${this.#renderUnplaced()}
      <div class="entries" part="fields">${this.#renderFields()}</div>
      <div class="foot" part="footer">
        <p class="small" part="help">${texts('nothingBookedYet')}</p>
        <button class="button solid" part="button continue">${texts('continue')}</button>
      </div>
    </form>`;
  }

  readonly #endPress = (): void => {
    this.#isPressing = false;
  };

  #renderFields() {
    const { form } = this;
    const { texts, state } = form.flow;
    const { details, sessionType } = state;
    const host = sessionType.host?.name;
    // Beside another field the guests have half the width, else the whole.
    let narrow = 0;
    return fieldsOf(sessionType, details).map((name) => {
      switch (name) {
        case 'name':
          narrow += 1;
          return textField(form, {
            name,
            label: texts('name'),
            kind: 'text',
            autocomplete: 'name',
            value: details.name,
            change: (value) => ({ name: value }),
          });
        case 'email':
          narrow += 1;
          return textField(form, {
            name,
            label: texts('email'),
            kind: 'email',
            autocomplete: 'email',
            value: details.email,
            change: (value) => ({ email: value }),
          });
        case 'location':
          narrow = 0;
          return locationField(form, (kind) => this.#typedPlaces.get(kind) ?? '');
        case 'place':
          narrow += 1;
          return placeField(form);
        case 'guests':
          return guestsField(form, this.#guests, narrow % 2 === 0);
        case 'notes':
          return textField(form, {
            name,
            label: texts('notes'),
            kind: 'lines',
            isOptional: true,
            isWide: true,
            placeholder: host ? texts('notesPlaceholderHost', { host }) : texts('notesPlaceholder'),
            value: details.notes,
            change: (value) => ({ notes: value }),
          });
        default: {
          const question = sessionType.questions[Number(name.slice('answer'.length))];
          if (question === undefined) return nothing;
          narrow = question.type === 'text' ? 0 : narrow + 1;
          return questionField(form, name, question);
        }
      }
    });
  }

  #renderUnplaced() {
    if (this.#unplaced.length === 0) return nothing;
    const { texts, dispatch } = this.flow;
    return html`<div class="notice" part="notice">
      ${icon('notice')}
      <div>
        <p><b>${texts('questionsChanged')}</b></p>
        ${this.#unplaced.map((sentence) => html`<p><bdi>${sentence}</bdi></p>`)}
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
