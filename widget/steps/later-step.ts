import type { PropertyValues } from 'lit';
import type { State } from '../flow/state.ts';
import { StepElement } from './step-element.ts';

/** A step with several views: another view is as good as another step, and its heading takes the focus. */
export abstract class LaterStep<S extends State = State> extends StepElement<S> {
  #view = '';
  #isActing = false;

  constructor() {
    super();
    // Some browsers focus no button that is pressed: a press is remembered until it has led somewhere.
    this.addEventListener('click', () => {
      this.#isActing = true;
    });
  }

  /** Changes whenever what is shown becomes something else. */
  protected abstract view(): string;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const root = this.getRootNode();
    if (root instanceof ShadowRoot && this.contains(root.activeElement)) this.#isActing = true;
  }

  protected override firstUpdated(): void {
    this.#view = this.view();
    if (!this.flow.hasMoved) return;
    if (this.#isFocusFree()) this.focusHeading();
    this.sayHeading();
  }

  protected override updated(): void {
    const view = this.view();
    const isAnother = view !== this.#view;
    this.#view = view;
    // What changes by itself leaves the visitor where they are.
    if (isAnother && this.#isActing) this.focusHeading();
    if (isAnother) this.sayHeading();
    this.#isActing = false;
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
