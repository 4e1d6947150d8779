import { html, nothing, type PropertyValues } from 'lit';
import type { SelectTime } from '../../flow/state.ts';
import { StepElement } from '../step-element.ts';
import { zoneOption, zonesMatching } from './zone-options.ts';
import { zonePickerStyles } from './zone-picker.styles.ts';

/** More are found by typing; each line costs two formatters. */
const MOST_SHOWN = 60;

/** A combobox of all time zones, each with its own time of day. https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export class BookingZonePicker extends StepElement<SelectTime> {
  static override sheets = [zonePickerStyles];
  static override properties = { query: { state: true }, active: { state: true } };

  declare private query: string;
  declare private active: number;

  protected readonly step = 'SELECT_TIME';

  constructor() {
    super();
    this.query = '';
    this.active = 0;
  }

  protected override firstUpdated(): void {
    this.querySelector('input')?.focus();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  #zones(): string[] {
    return zonesMatching(this.query, this.flow.state.zone).slice(0, MOST_SHOWN);
  }

  readonly #type = (event: Event): void => {
    this.query = event.target instanceof HTMLInputElement ? event.target.value : '';
    this.active = 0;
  };

  readonly #press = (event: KeyboardEvent): void => {
    const zones = this.#zones();
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    const zone = zones[this.active];
    if (step !== undefined && zones.length > 0) {
      this.active = (this.active + step + zones.length) % zones.length;
    } else if (event.key === 'Enter' && zone !== undefined) {
      this.#choose(zone);
    } else if (event.key === 'Escape') {
      this.#close('done');
    } else {
      return;
    }
    event.preventDefault();
  };

  readonly #leave = ({ relatedTarget }: FocusEvent): void => {
    // Change closes the list by itself.
    if (relatedTarget instanceof Element && relatedTarget.matches('[part~=change-zone]')) return;
    if (relatedTarget instanceof Node && this.contains(relatedTarget)) return;
    this.#close('left');
  };

  #choose(zone: string): void {
    this.flow.dispatch({ type: 'change-zone', zone });
    this.#close('done');
  }

  /** `left`: the focus is somewhere else already, and stays there. */
  #close(why: 'done' | 'left'): void {
    this.dispatchEvent(new CustomEvent('close', { bubbles: true, detail: why }));
  }

  protected override render() {
    const { texts, format, now } = this.flow;
    const zones = this.#zones();
    const selected = zones[this.active];
    return html`<div class="zones" part="zones" @focusout=${this.#leave}>
      <input
        class="field"
        part="field"
        role="combobox"
        aria-expanded="true"
        aria-controls="zones"
        aria-autocomplete="list"
        aria-label=${texts('zoneLabel')}
        aria-activedescendant=${selected === undefined ? nothing : `zone-${this.active}`}
        placeholder=${texts('zonePlaceholder')}
        autocomplete="off"
        spellcheck="false"
        .value=${this.query}
        @input=${this.#type}
        @keydown=${this.#press}
      />
      <ul id="zones" role="listbox" aria-label=${texts('zoneLabel')}>
        ${zones.map((zone, index) => {
          const option = zoneOption(zone, now, format);
          return html`<li
            role="option"
            id="zone-${index}"
            part="zone-option"
            title=${zone}
            aria-selected=${index === this.active}
            @mousedown=${(event: MouseEvent) => event.preventDefault()}
            @click=${() => this.#choose(zone)}
          >
            <span>${option.place}</span><span class="small">${option.now}</span>
          </li>`;
        })}
      </ul>
      ${zones.length === 0 ? html`<p class="small none" role="status">${texts('noZone')}</p>` : nothing}
    </div>`;
  }
}
