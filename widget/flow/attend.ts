import { postCalendlyMessage } from '../events.ts';
import { readReturnUrl } from './return-url.ts';
import type { World } from './world.ts';

/** Times this old are looked at again when the visitor comes back to the page. */
const STALE_MS = 120_000;

/** What goes on beside the flow while it is on the page: fresh times after an absence, and the height that pages listen for. */
export const attend = (
  host: HTMLElement,
  { environment, signal, options, dispatch }: World,
): void => {
  // Whoever wrote the page hears of it now, not with the first payment.
  readReturnUrl(options.returnUrl);
  let leftAt = 0;
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.hidden) leftAt = environment.now();
      else if (environment.now() - leftAt > STALE_MS) dispatch({ type: 'refresh' });
    },
    { signal },
  );
  if (options.isPicker) return;
  let posted = 0;
  const observer = new ResizeObserver(() => {
    const height = Math.ceil(host.getBoundingClientRect().height);
    if (height === posted) return;
    posted = height;
    postCalendlyMessage('page_height', { height: `${height}px` });
  });
  observer.observe(host);
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
};
