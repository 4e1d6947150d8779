import { html } from 'lit';
import type { EnterDetails } from '../../flow/state.ts';
import { StepElement } from '../step-element.ts';

/** The second step: who comes, and the event type's own questions. */
export class BookingEnterDetails extends StepElement<EnterDetails> {
  protected readonly step = 'ENTER_DETAILS';

  protected override render() {
    const { state, texts, dispatch } = this.flow;
    const { details, fields } = state;
    return html`<form class="later" novalidate @submit=${this.#submit}>
      <button class="button" type="button" @click=${() => dispatch({ type: 'go-back' })}>
        ${texts('back')}
      </button>
      <h2 tabindex="-1" data-heading>${texts('detailsTitle')}</h2>
      <label
        >${texts('name')}
        <input
          name="name"
          autocomplete="name"
          .value=${details.name}
          @input=${(event: InputEvent) => this.#edit('name', event)}
      /></label>
      <label
        >${texts('email')}
        <input
          name="email"
          type="email"
          autocomplete="email"
          .value=${details.email}
          @input=${(event: InputEvent) => this.#edit('email', event)}
      /></label>
      ${Object.values(fields).map((sentence) => html`<p>${sentence}</p>`)}
      <button class="button solid">${texts('continue')}</button>
    </form>`;
  }

  #edit(field: 'name' | 'email', { target }: InputEvent): void {
    if (!(target instanceof HTMLInputElement)) return;
    this.flow.dispatch({ type: 'edit-details', details: { [field]: target.value } });
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.flow.dispatch({ type: 'submit-details' });
  };
}
