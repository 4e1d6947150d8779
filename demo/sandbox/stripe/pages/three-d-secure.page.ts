import { html } from 'hono/html';
import { formatAmount } from '../checkout/amounts.ts';
import type { Session } from '../state.ts';
import { pageAnswer } from './hosted-layout.ts';

/** The bank's page. Whoever closes it leaves the payment where it is. */
export const threeDSecurePage = (session: Session): Promise<Response> =>
  pageAnswer({
    title: '3-D Secure',
    narrow: true,
    body: html`<section class="card">
      <p class="muted">Your bank</p>
      <h1>Is this payment yours?</h1>
      <p>
        ${formatAmount(session.amount_total ?? 0, session.currency ?? 'usd')} to be paid by card.
        Approve it, let it fail, or close this page to leave it open.
      </p>
      <form method="post">
        <button class="primary" name="answer" value="approve">Approve</button>
        <button name="answer" value="fail">Fail</button>
      </form>
      <p><a href="/c/pay/${session.id}">Leave without an answer</a></p>
    </section>`,
  });
