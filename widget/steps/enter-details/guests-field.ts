import { html, nothing, type TemplateResult } from 'lit';
import { entry } from './entry.ts';
import { describedBy, idOf, type Form } from './form.ts';
import { MOST_GUESTS } from './check-details.ts';
import type { GuestsController } from './guests-controller.ts';

/** E-mail addresses as chips, each removable by name, and a line for the next one. */
export const guestsField = (
  form: Form,
  guests: GuestsController,
  isWide: boolean,
): TemplateResult => {
  const { texts, state } = form.flow;
  const chips = state.details.guests;
  const hint = texts('guestsHint');
  return entry(
    form,
    { name: 'guests', label: texts('guests'), isOptional: true, hint, isWide },
    html`<div
      class="input chips"
      part="input guests"
      @keydown=${guests.pressInChips}
      @click=${guests.focusInput}
    >
      ${
        chips.length === 0
          ? nothing
          : html`<ul aria-label=${texts('guests')}>
              ${chips.map(
                (guest) =>
                  html`<li class="chip" part="guest">
                    <bdi>${guest}</bdi>
                    <button
                      type="button"
                      part="guest-remove"
                      aria-label=${texts('removeGuest', { guest })}
                      data-guest=${guest}
                      @click=${() => guests.remove(guest)}
                    >
                      <span aria-hidden="true">×</span>
                    </button>
                  </li>`,
              )}
            </ul>`
      }
      <input
        class="bare"
        id=${idOf('guests')}
        type="text"
        inputmode="email"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        enterkeyhint="done"
        placeholder=${chips.length < MOST_GUESTS ? texts('addGuest') : nothing}
        aria-invalid=${form.problems.has('guests') ? 'true' : nothing}
        aria-describedby=${describedBy(form, 'guests', hint) ?? nothing}
        .value=${guests.text}
        @input=${guests.type}
        @paste=${guests.paste}
        @keydown=${guests.press}
      />
    </div>`,
  );
};
