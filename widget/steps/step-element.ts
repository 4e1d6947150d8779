import { ContextConsumer } from '@lit/context';
import { LitElement, type CSSResult } from 'lit';
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

  protected get flow(): Flow<S> {
    const { value } = this.#consumer;
    if (value === undefined)
      throw new Error(`<${this.localName}> works only inside <booking-calendar>.`);
    return value as Flow as Flow<S>;
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

  protected override firstUpdated(): void {
    if (this.flow.hasMoved) this.querySelector<HTMLElement>('[data-heading]')?.focus();
  }
}
