import { html, nothing } from 'lit';
import type { SelectTime } from '../../flow/state.ts';
import { StepElement } from '../step-element.ts';

/** The way back to all session types, where the visitor chose among them. */
export class BookingOtherSession extends StepElement<SelectTime> {
  protected readonly step = 'SELECT_TIME';

  protected override render() {
    const { state, texts, dispatch } = this.flow;
    if (state.moving !== null) return nothing;
    return html`<button
      class="quiet small"
      part="link other-session"
      @click=${() => dispatch({ type: 'choose-session-type', sessionTypeId: null })}
    >
      ${texts('otherSession')}
    </button>`;
  }
}
