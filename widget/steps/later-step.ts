import type { PropertyValues } from 'lit';
import type { State } from '../flow/state.ts';
import { StepElement } from './step-element.ts';

/** A step with several views: another view is as good as another step, and its heading takes the focus. */
export abstract class LaterStep<S extends State = State> extends StepElement<S> {
  #view = '';
  #isPressed = false;
  #hadFocus = false;

  constructor() {
    super();
    // Some browsers focus no button that is pressed: a press is remembered until it has led somewhere.
    this.addEventListener('click', () => {
      this.#isPressed = true;
    });
  }

  /** Changes whenever what is shown becomes something else. */
  protected abstract view(): string;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const root = this.getRootNode();
    this.#hadFocus = root instanceof ShadowRoot && this.contains(root.activeElement);
  }

  protected override firstUpdated(): void {
    this.#view = this.view();
    if (!this.flow.hasMoved) return;
    if (this.#isFocusFree()) this.focusHeading();
    this.sayHeading();
  }

  protected override updated(): void {
    const view = this.view();
    if (view === this.#view) return;
    this.#view = view;
    // What changes by itself leaves the visitor where they are.
    if (this.#hadFocus || (this.#isPressed && this.#isFocusFree())) this.focusHeading();
    this.sayHeading();
    this.#isPressed = false;
  }

  protected focusHeading(): void {
    this.querySelector<HTMLElement>('[data-heading]')?.focus();
  }

  protected sayHeading(): void {
    const heading = this.querySelector('[data-heading]')?.textContent.trim();
    if (heading) this.flow.announce(heading);
  }

  /** Nothing else of the page has it: what the visitor pressed is gone with the step before. */
  #isFocusFree(): boolean {
    const root = this.getRootNode();
    if (!(root instanceof ShadowRoot)) return false;
    const around = root.host.getRootNode();
    const active =
      around instanceof ShadowRoot || around instanceof Document ? around.activeElement : null;
    return active === null || active === document.body || active === root.host;
  }
}
