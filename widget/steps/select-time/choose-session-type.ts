import { html, nothing } from 'lit';
import type { SelectTime, SessionType } from '../../flow/state.ts';
import { priceText } from '../price-text.ts';
import { icon } from '../../styles/icon.ts';
import { who } from '../summary.ts';
import { StepElement } from '../step-element.ts';
import { chooseSessionTypeStyles } from './choose-session-type.styles.ts';

/** What can be booked, by category; loaded only where the page does not say what. */
export class BookingChooseSessionType extends StepElement<SelectTime> {
  static override sheets = [chooseSessionTypeStyles];

  protected readonly step = 'SELECT_TIME';

  protected override render() {
    const { phase } = this.flow.state;
    if (phase.is !== 'choosing-session-type' || phase.sessionTypes === null) return nothing;
    const { texts } = this.flow;
    const ordered = phase.sessionTypes.toSorted((a, b) => a.displayOrder - b.displayOrder);
    const categories = new Set(ordered.map(({ category }) => category));
    return html`${this.#renderAbout(phase.sessionTypes)}
      <div class="choose" part="session-types">
        <h2 tabindex="-1" data-heading>
          ${texts(ordered.length === 0 ? 'nothingToBook' : 'whatToBook')}
        </h2>
        ${[...categories].map(
          (category) =>
            html`${
                category === null
                  ? nothing
                  : html`<h3 class="small" part="group-title"><bdi>${category}</bdi></h3>`
              }
              <ul>
                ${ordered
                  .filter((sessionType) => sessionType.category === category)
                  .map((sessionType) => this.#renderSessionType(sessionType))}
              </ul>`,
        )}
      </div>`;
  }

  /** In the place of the summary, which has nothing to sum up yet. */
  #renderAbout([first]: readonly SessionType[]) {
    const { texts, options } = this.flow;
    if (options.isPicker) return nothing;
    return html`<header class="summary" part="summary">
      ${first?.host ? who(first.host.name) : nothing}
      <h2 class="title" part="title">${texts('booking')}</h2>
      ${first === undefined ? nothing : html`<p>${texts('chooseHelp')}</p>`}
    </header>`;
  }

  #renderSessionType(sessionType: SessionType) {
    const { id, title, description, duration } = sessionType;
    const { format, dispatch } = this.flow;
    return html`<li>
      <button
        class="session-type"
        part="session-type"
        @click=${() => dispatch({ type: 'choose-session-type', sessionTypeId: id })}
      >
        <span class="what">
          <b><bdi>${title}</bdi></b>
          ${description ? html`<span class="small"><bdi>${description}</bdi></span>` : nothing}
        </span>
        <span class="terms">
          <b>${priceText(this.flow, sessionType)}</b>
          <span class="small">${format.minutes(duration)}</span>
        </span>
        ${icon('chevron', 'chevron')}
      </button>
    </li>`;
  }
}
