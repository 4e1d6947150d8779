import { html, nothing, type TemplateResult } from 'lit';

interface WorkingButton {
  readonly label: unknown;
  readonly busyLabel: string;
  readonly isWorking: boolean;
  readonly part: string;
  readonly describedBy?: string;
  press(): void;
}

/** The button that commits: while it works it keeps its width and its focus, says so, and hears nothing. */
export const workingButton = ({
  label,
  busyLabel,
  isWorking,
  part,
  describedBy,
  press,
}: WorkingButton): TemplateResult =>
  html`<button
    type="button"
    class="button solid work"
    part="button ${part}"
    aria-disabled=${isWorking}
    aria-describedby=${describedBy ?? nothing}
    @click=${() => {
      if (!isWorking) press();
    }}
  >
    <span class=${isWorking ? 'off' : ''}><span>${label}</span></span>
    <span class=${isWorking ? '' : 'off'}><i class="spinner"></i>${busyLabel}</span>
  </button>`;
