import { html } from 'lit';
import type { Flow } from '../../flow/context.ts';
import type { SelectTime } from '../../flow/state.ts';

/** Calendly's own page for the session, when one is known that is safe to link to. It asks for no price of ours. */
export const calendlyPage = ({ state }: Flow<SelectTime>): string | null => {
  const { schedulingUrl: url = '', price = null } = state.sessionType ?? {};
  return price === null && /^https?:\/\//i.test(url) ? url : null;
};

export const calendlyLink = (flow: Flow<SelectTime>, text: string) => {
  const url = calendlyPage(flow);
  return url === null
    ? null
    : html`<a class="button" part="button" href=${url} target="_blank" rel="noopener">${text}</a>`;
};
