import { html, nothing, type TemplateResult } from 'lit';
import type { Flow } from '../../flow/context.ts';
import type { SelectTime } from '../../flow/state.ts';
import { icon } from '../../styles/icon.ts';

const isWeb = (url: string | undefined): url is string => /^https?:\/\//i.test(url ?? '');

/** Calendly's own page, when one is known that is safe to link to. */
export const calendlyPage = ({ state }: Flow<SelectTime>): string | null => {
  const url = state.sessionType?.schedulingUrl;
  return isWeb(url) ? url : null;
};

export const calendlyLink = (flow: Flow<SelectTime>, text: string) => {
  const url = calendlyPage(flow);
  return url === null
    ? nothing
    : html`<a class="button" part="button" href=${url} target="_blank" rel="noopener">${text}</a>`;
};

/** Nothing can be chosen at all: what happened, and the ways on. */
export const troubleView = (flow: Flow<SelectTime>): TemplateResult => {
  const { texts, dispatch, state, options } = flow;
  const host = state.sessionType?.host?.name;
  const isMissing = state.phase.is === 'not-found';
  const help = isMissing
    ? 'notFoundHelp'
    : calendlyPage(flow) === null
      ? 'unreachableHelp'
      : host === undefined
        ? 'unreachableHelpCalendly'
        : 'unreachableHelpHost';
  return html`<div class="trouble" part="trouble">
    <span class="sign">${icon('notice')}</span>
    <h2 class="outcome" tabindex="-1" data-heading>
      ${texts(isMissing ? 'notFound' : 'unreachable')}
    </h2>
    <p>${texts(help, { host: host ?? '' })}</p>
    <p class="ways">
      ${
        isMissing
          ? html`<button
              class="button solid"
              part="button"
              @click=${() => dispatch({ type: 'choose-session-type', sessionTypeId: null })}
            >
              ${texts('seeSessions')}
            </button>`
          : html`<button
                class="button solid"
                part="button retry"
                @click=${() => dispatch({ type: 'retry' })}
              >
                ${texts('tryAgain')}
              </button>
              ${calendlyLink(flow, texts('bookOnCalendly'))}`
      }
    </p>
    ${isMissing || options.isPicker ? nothing : html`<p class="small">${texts('retryingToo')}</p>`}
  </div>`;
};
