import { html } from 'hono/html';
import type { Session } from '../state.ts';
import { notice } from './hosted-layout.ts';

export const expiredPage = (): Promise<Response> =>
  notice(
    'This page has expired',
    'The link you followed can no longer be paid. Go back to where you came from to start again.',
    '',
    410,
  );

export const paidPage = (session: Session): Promise<Response> =>
  notice(
    'This has already been paid',
    'There is nothing left to do here.',
    session.success_url
      ? html`<p><a class="button" href="${returnAddress(session)}">Continue</a></p>`
      : '',
  );

/** What Stripe tells a buyer who presses Pay on a page that was closed meanwhile, paid or not. */
export const pressedTooLatePage = (): Promise<Response> =>
  notice(
    'You’re all done here',
    'Your payment has either been completed or has timed out. You can close this page.',
    '',
    410,
  );

export const notFoundPage = (): Promise<Response> =>
  notice('Something went wrong', 'The page you were looking for could not be found.', '', 404);

/** The template is replaced wherever it stands. */
export const returnAddress = (session: Session): string =>
  (session.success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', session.id);
