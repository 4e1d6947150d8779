import { html, nothing } from 'lit';
import type { SelectTime } from '../../flow/state.ts';
import { icon } from '../../styles/icon.ts';
import { StepElement } from '../step-element.ts';
import { calendlyLink, calendlyPage } from './calendly-link.ts';
import { troubleStyles } from './trouble.styles.ts';

/** Nothing can be chosen at all: what happened, and the ways on. */
export class BookingTrouble extends StepElement<SelectTime> {
  static override sheets = [troubleStyles];

  protected readonly step = 'SELECT_TIME';

  protected override render() {
    const { state, texts } = this.flow;
    const isMissing = state.phase.is === 'not-found';
    return html`<span class="sign">${icon('notice')}</span>
      <h2 class="outcome" tabindex="-1" data-heading>
        ${texts(isMissing ? 'notFound' : 'unreachable')}
      </h2>
      ${isMissing ? this.#renderMissing() : this.#renderUnreachable()}`;
  }

  #renderMissing() {
    const { texts, dispatch } = this.flow;
    return html`<p>${texts('notFoundHelp')}</p>
      <p class="ways">
        <button
          class="button solid"
          part="button"
          @click=${() => dispatch({ type: 'choose-session-type', sessionTypeId: null })}
        >
          ${texts('seeSessions')}
        </button>
      </p>`;
  }

  #renderUnreachable() {
    const { state, texts, dispatch } = this.flow;
    const host = state.sessionType?.host?.name;
    const help =
      calendlyPage(this.flow) === null
        ? 'unreachableHelp'
        : host === undefined
          ? 'unreachableHelpCalendly'
          : 'unreachableHelpHost';
    return html`<p>${texts(help, { host: host ?? '' })}</p>
      <p class="ways">
        <button
          class="button solid"
          part="button retry"
          @click=${() => dispatch({ type: 'retry' })}
        >
          ${texts('tryAgain')}
        </button>
        ${calendlyLink(this.flow, texts('bookOnCalendly')) ?? nothing}
      </p>
      <p class="small">${texts('retryingToo')}</p>`;
  }
}
