import { ContextConsumer } from '@lit/context';
import { LitElement, type CSSResult, type PropertyValues } from 'lit';
import { flowContext, type Flow } from '../flow/context.ts';
import type { State, Step } from '../flow/state.ts';

/**
 * A step lives in the shadow root of the public element, without one of its own: every piece is reachable by `::part()`,
 * names can refer to each other, and there is one style sheet per step instead of one per element.
 */
export abstract class StepElement<S extends State = State> extends LitElement {
  static sheets: CSSResult[] = [];

  protected abstract readonly step: Step;

  readonly #consumer = new ContextConsumer(this, { context: flowContext, subscribe: true });

  #isEntered = false;

  get flow(): Flow<S> {
    const { value } = this.#consumer;
    if (value === undefined) throw new Error('No flow');
    return value as Flow<S>;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const root = this.getRootNode();
    if (!(root instanceof ShadowRoot)) return;
    for (const { styleSheet } of (this.constructor as typeof StepElement).sheets) {
      if (styleSheet !== undefined && !root.adoptedStyleSheets.includes(styleSheet)) {
        root.adoptedStyleSheets.push(styleSheet);
      }
    }
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  // The last thing a step hears is often that it is over.
  protected override shouldUpdate(): boolean {
    return this.#consumer.value?.state.step === this.step;
  }

  // On a new step the focus goes to its heading, as soon as there is one: unless it is the first thing on the page, or the
  // visitor is doing something else by now.
  protected override updated(_changed: PropertyValues): void {
    if (this.#isEntered) return;
    const heading = this.querySelector<HTMLElement>('[data-heading]');
    this.#isEntered = heading !== null;
    if (this.flow.hasMoved && document.activeElement?.matches('body, dialog')) heading?.focus();
  }
}
