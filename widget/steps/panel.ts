import { html, type TemplateResult } from 'lit';
import type { Flow } from '../flow/context.ts';
import { laterIcon } from '../styles/later-icons.ts';

/** The heading of a step with the way back before it. */
export const panelHead = ({ texts, dispatch }: Flow, title: string): TemplateResult =>
  html`<div class="panel-head">
    <button
      type="button"
      class="button back-button"
      part="button back"
      aria-label=${texts('back')}
      @click=${() => dispatch({ type: 'go-back' })}
    >
      ${laterIcon('back', 'chevron')}
    </button>
    <h2 part="heading" tabindex="-1" data-heading>${title}</h2>
  </div>`;
