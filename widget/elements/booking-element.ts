import { LitElement, type PropertyDeclarations, type PropertyValues } from 'lit';
import { FlowController, type Language } from '../flow/controller.ts';
import { browserEnvironment, type Environment } from '../flow/environment.ts';
import type { FlowOptions } from '../flow/options.ts';
import type { Slot } from '../flow/state.ts';
import type { TextOverrides } from '../i18n/dictionary.ts';
import { selectTimeStyles } from '../steps/select-time/select-time.styles.ts';
import { controls } from '../styles/controls.styles.ts';
import { frame } from '../styles/frame.styles.ts';
import { tokens } from '../styles/tokens.styles.ts';
import { directionOf, isLocale, refineLocale } from '../time/locale.ts';
import { readHourCycle, readLanguage, readServer, readTheme, readTimeZone } from './attributes.ts';
import { readProperty } from './properties.ts';

// Where the script came from: its backend is there too.
const OWN_SERVER = new URL('.', import.meta.url).href;

/**
 * What both public elements share: where the times come from, how they are written, how they look.
 *
 * @cssprop --booking-accent - The brand's colour; whatever stands on it becomes black or white, whichever can be read.
 * @cssprop --booking-surface - What everything lies on.
 * @cssprop --booking-text - Text.
 * @cssprop --booking-muted - Text that matters less.
 * @cssprop --booking-border - Lines that divide.
 * @cssprop --booking-field-border - The borders of buttons and fields.
 * @cssprop --booking-danger - What went wrong.
 * @cssprop --booking-caution - What to look at twice.
 * @cssprop [--booking-radius=10px] - The corners.
 * @cssprop [--booking-space=4px] - The unit that every distance is a multiple of.
 * @cssprop [--booking-control=44px] - The height of buttons and fields; never less than 44px under a finger.
 * @cssprop --booking-font - The font family; otherwise the system's own.
 * @cssprop [--booking-font-size=15px] - The size of ordinary text.
 *
 * @csspart frame - Everything there is.
 * @csspart summary - What is booked, above or beside the step.
 * @csspart title - The session's title.
 * @csspart session-types - The session types to choose among.
 * @csspart session-type - One of them.
 * @csspart group-title - The title of a category, or of a part of the day.
 * @csspart month - The month with its title and its days.
 * @csspart month-title - The name of the month.
 * @csspart grid - The days of the month.
 * @csspart weekday - The name of a weekday.
 * @csspart day - A day.
 * @csspart free - With `day`: it has free times.
 * @csspart disallowed - With `day`: it has none.
 * @csspart loading - With `day`: nobody knows yet.
 * @csspart today - With `day`.
 * @csspart other-month - With `day`: it belongs to the month before or after.
 * @csspart selected - With `day` or `time`: it is chosen.
 * @csspart legend - What the marks on the days mean.
 * @csspart times - The times of the chosen day.
 * @csspart day-title - The name of the chosen day.
 * @csspart groups - The times by part of the day.
 * @csspart times-list - The times of one part of the day.
 * @csspart time - A time.
 * @csspart zone - The time zone that the times are in.
 * @csspart zones - The time zones to choose among.
 * @csspart zone-option - One of them.
 * @csspart bar - The way on, where there is no room for it beside the time.
 * @csspart button - A button.
 * @csspart previous - With `button`: to the month before.
 * @csspart next - With `button`: to the month after.
 * @csspart continue - With `button`: to the next step.
 * @csspart retry - With `button`: tries again what did not work.
 * @csspart show-day - With `button`: leads to the next day that has free times.
 * @csspart link - A button that looks like a link.
 * @csspart change-zone - With `link`: opens the time zones.
 * @csspart other-session - With `link`: back to the session types.
 * @csspart field - A field with its label.
 * @csspart trouble - What is said instead of the times when they did not load.
 * @csspart notice - A sentence that needs attention.
 */
export abstract class BookingElement extends LitElement {
  static override styles = [tokens, controls, frame, selectTimeStyles];
  static override properties: PropertyDeclarations = {
    server: {},
    sessionType: { attribute: 'session-type' },
    lang: {},
    timeZone: { attribute: 'time-zone' },
    hourCycle: { attribute: 'hour-cycle' },
    theme: { reflect: true },
    disabled: { type: Boolean, reflect: true },
    messages: { attribute: false },
    environment: { attribute: false, type: Object },
  };

  protected readonly controller = new FlowController(this, () => ({
    ...browserEnvironment(),
    ...this.environment,
  }));

  /** Address of the backend. Default: where the script came from. */
  declare server: string;
  /** A session type's id, or its event type's Calendly URI or slug. Without one the visitor chooses. */
  declare sessionType: string;
  /** Default: the nearest `lang` of the page, then the browser's. */
  declare lang: string;
  /** An IANA time zone. Default: the visitor's. */
  declare timeZone: string;
  /** `12` or `24`. Default: what is usual in the language. */
  declare hourCycle: string;
  /** `light`, `dark`, or `auto` for the visitor's system setting. Default: the page's own `color-scheme`. */
  declare theme: string | null;
  /** Shows the times, but nothing can be chosen. */
  declare disabled: boolean;
  /** Texts in the page's own words, by key. */
  declare messages: TextOverrides;
  /** For tests: another `fetch`, clock or storage. */
  declare environment: Partial<Environment>;

  constructor() {
    super();
    this.server = '';
    this.sessionType = '';
    this.lang = '';
    this.timeZone = '';
    this.hourCycle = '';
    this.theme = null;
    this.disabled = false;
    this.messages = {};
    this.environment = {};
  }

  /** The chosen time; setting it chooses one, also before the times are there. */
  get selectedSlot(): Slot | null {
    const state = this.controller.flow?.state;
    return state !== undefined && 'slot' in state ? state.slot : null;
  }
  set selectedSlot(slot: Slot | null) {
    const given = readProperty('selectedSlot', slot, { attribute: false }) as typeof slot;
    this.wanted = typeof given?.startTime === 'string' ? given : null;
    this.controller.dispatch({ type: 'choose-slot', slot: this.wanted });
    this.requestUpdate('selectedSlot');
  }

  protected wanted: Slot | null = null;

  protected abstract options(): Omit<FlowOptions, 'server' | 'sessionTypeId' | 'zone' | 'wanted'>;

  override connectedCallback(): void {
    this.#tidy(this.#declared.keys());
    const sessionTypeId = this.sessionType.trim();
    const { booking, authToken } = this.options();
    // Before anything else, even the styles: the answer is on its way while all of that is done.
    if (sessionTypeId !== '' && booking === null && authToken === null) {
      this.controller.askEarly(readServer(this.server, OWN_SERVER), sessionTypeId);
    }
    this.controller.translate(this.#language());
    super.connectedCallback();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.size === 0 && this.controller.isRunning) return;
    this.#tidy(changed.keys());
    readTheme(this.theme ?? '');
    this.controller.configure(
      {
        ...this.options(),
        server: readServer(this.server, OWN_SERVER),
        sessionTypeId: this.sessionType.trim() || null,
        zone: readTimeZone(this.timeZone),
        wanted: this.wanted?.startTime ?? null,
      },
      this.#language(),
    );
  }

  /** Texts follow the language's direction, unless the page says otherwise on the element itself. */
  protected get direction(): 'ltr' | 'rtl' | '' {
    return this.dir === '' ? directionOf(this.#language().locale) : '';
  }

  get #declared() {
    return (this.constructor as typeof BookingElement).elementProperties;
  }

  /** Before anything looks at them: a page may have set anything. */
  #tidy(names: Iterable<PropertyKey>): void {
    const properties = this as unknown as Record<PropertyKey, unknown>;
    for (const name of names) {
      const declaration = this.#declared.get(name);
      if (declaration !== undefined) {
        properties[name] = readProperty(name as string, properties[name], declaration);
      }
    }
  }

  #language(): Language {
    const given = readLanguage(this.lang) || (this.closest('[lang]')?.getAttribute('lang') ?? '');
    const { languages } = navigator;
    const tag = isLocale(given) ? given : (languages.find(isLocale) ?? 'en');
    return {
      locale: refineLocale(tag, languages),
      hourCycle: readHourCycle(this.hourCycle),
      overrides: this.messages ?? {},
    };
  }
}
