import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { guestsProblem, MOST_GUESTS, type Problem } from './check-details.ts';
import type { Form } from './form.ts';
import { idOf } from './form.ts';
import { isAddress, newAddresses, splitAddresses } from './split-addresses.ts';

interface Host extends ReactiveControllerHost, HTMLElement {
  readonly form: Form;
}

/** Turns what is typed or pasted into guests. What is no address stays in the line, to be put right. */
export class GuestsController implements ReactiveController {
  readonly #host: Host;
  /** What is in the line and no guest yet. */
  text = '';

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    // Nothing to begin; what is typed ends with the step.
  }

  /** What is wrong with what is still in the line. */
  get problem(): Problem | null {
    if (this.text.trim() === '') return null;
    const { addresses, rest } = splitAddresses(this.text);
    return rest.length > 0 || addresses.length === 0
      ? guestsProblem(rest.length > 0 ? rest : [this.text.trim()])
      : { key: 'guestsTooMany', parameters: { count: MOST_GUESTS } };
  }

  /** Takes every address out of the line. */
  readonly commit = (): void => {
    if (this.text.trim() === '') return;
    const { details } = this.#host.form.flow.state;
    const { addresses, rest } = splitAddresses(this.text);
    const added = newAddresses(details.guests, addresses);
    const room = Math.max(0, MOST_GUESTS - details.guests.length);
    this.#setText([...rest, ...added.slice(room)].join(', '));
    if (added.length > 0 && room > 0)
      this.#save([...details.guests, ...added.slice(0, room)], added[0]);
  };

  readonly remove = (guest: string): void => {
    const { flow } = this.#host.form;
    this.#save(flow.state.details.guests.filter((one) => one !== guest));
    flow.announce(flow.texts('guestRemoved', { guest }));
    this.#input()?.focus();
  };

  readonly type = (event: Event): void => {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.#setText(event.target.value);
    const isDone =
      /[,;]\s*$/.test(this.text) || (/\s$/.test(this.text) && isAddress(this.text.trim()));
    if (isDone) this.commit();
    else this.#host.form.edit('guests', {});
  };

  readonly paste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData?.getData('text') ?? '';
    if (!/[\s,;<]/.test(pasted.trim())) return;
    // A line would swallow the breaks between the addresses.
    event.preventDefault();
    this.#setText(`${this.text} ${pasted}`.trim());
    this.#host.form.edit('guests', {});
    this.commit();
  };

  readonly press = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && this.text.trim() !== '') {
      event.preventDefault();
      this.commit();
    } else if (event.key === 'Backspace' && this.text === '') {
      this.#removers().at(-1)?.focus();
    }
  };

  /** In the chips the arrows go from one to the next, Backspace and Delete remove. */
  readonly pressInChips = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLButtonElement)) return;
    const { guest } = event.target.dataset;
    if ((event.key === 'Backspace' || event.key === 'Delete') && guest !== undefined) {
      event.preventDefault();
      return this.remove(guest);
    }
    const isBackwards = this.#host.matches(':dir(rtl)') ? 'ArrowRight' : 'ArrowLeft';
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const removers = this.#removers();
    const index = removers.indexOf(event.target) + (event.key === isBackwards ? -1 : 1);
    (removers[Math.max(0, index)] ?? this.#input())?.focus();
  };

  /** The whole box is the field. */
  readonly focusInput = (event: MouseEvent): void => {
    if (event.target === event.currentTarget) this.#input()?.focus();
  };

  #save(guests: readonly string[], added?: string): void {
    const { form } = this.#host;
    form.edit('guests', { guests });
    if (added === undefined) return;
    const { flow } = form;
    flow.announce(flow.texts('guestAdded', { guest: added, count: guests.length }));
  }

  #setText(text: string): void {
    this.text = text;
    this.#host.requestUpdate();
  }

  #input(): HTMLInputElement | null {
    return this.#host.querySelector<HTMLInputElement>(`#${idOf('guests')}`);
  }

  #removers(): HTMLButtonElement[] {
    return [...this.#host.querySelectorAll<HTMLButtonElement>('[data-guest]')];
  }
}
