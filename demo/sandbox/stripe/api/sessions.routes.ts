import { createSession } from '../checkout/create.ts';
import { expireSession } from '../checkout/complete.ts';
import { createParameters } from '../checkout/session-parameters.ts';
import type { Core } from '../core.ts';
import { pay } from '../payment/pay.ts';
import { beyondSandbox, noSuch, Refusal } from '../refusal.ts';
import type { Session } from '../state.ts';
import { takeOne } from '../trouble.ts';
import { find, visible } from './expansion.ts';
import { page, pagination, within } from './lists.ts';
import {
  anyHash,
  created,
  email,
  hash,
  list,
  mergeMetadata,
  metadataChange,
  oneOf,
  text,
} from './parameters.ts';
import { type Route, route } from './route.ts';

const own = (core: Core, id: string, account: string | null): Session => {
  const session = find(core, core.state.sessions, id, account);
  if (!session) throw noSuch('checkout.session', id, 'session');
  return session;
};

const path = '/v1/checkout/sessions';

export const sessionsRoutes: Route[] = [
  route('POST', path, createParameters, ({ core, values, account }) => {
    const session = createSession(core, values, account);
    const answer = { ...session };
    if (takeOne(core.trouble, 'paidBeforeCreateReply')) pay(core, session.id);
    return answer;
  }),
  route(
    'GET',
    path,
    {
      ...pagination,
      created,
      customer: text(),
      customer_account: text(),
      customer_details: hash({ email }),
      payment_intent: text(),
      payment_link: text(),
      status: oneOf('complete', 'expired', 'open'),
      subscription: text(),
    },
    ({ core, values, account }) => {
      const matching = visible(core, core.state.sessions, account).filter(
        (session) =>
          within(session.created, values.created) &&
          (!values.status || session.status === values.status) &&
          (!values.payment_intent || session.payment_intent === values.payment_intent) &&
          (!values.customer_details?.email ||
            session.customer_details?.email === values.customer_details.email) &&
          !values.customer &&
          !values.customer_account &&
          !values.payment_link &&
          !values.subscription,
      );
      return page(path, 'checkout.session', matching.toReversed(), values);
    },
  ),
  route('GET', `${path}/:id`, {}, ({ core, id, account }) => own(core, id, account)),
  route(
    'POST',
    `${path}/:id`,
    {
      collected_information: anyHash,
      line_items: list(anyHash),
      metadata: metadataChange,
      payment_intent_data: anyHash,
      shipping_options: list(anyHash),
    },
    ({ core, id, account, values }) => {
      const session = own(core, id, account);
      const beyond = (
        ['collected_information', 'line_items', 'payment_intent_data', 'shipping_options'] as const
      ).find((name) => values[name] !== undefined);
      if (beyond) throw beyondSandbox(`change of ${beyond}`, beyond);
      session.metadata = mergeMetadata(session.metadata, values.metadata);
      return session;
    },
  ),
  route('POST', `${path}/:id/expire`, {}, ({ core, id, account }) => {
    const session = own(core, id, account);
    if (takeOne(core.trouble, 'paidWhileExpiring')) pay(core, id);
    if (session.status !== 'open')
      throw new Refusal(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
      );
    expireSession(core, session);
    const answer = { ...session };
    if (takeOne(core.trouble, 'paidDespiteExpiring'))
      pay(core, id, undefined, { despiteExpiry: true });
    return answer;
  }),
  route('GET', `${path}/:id/line_items`, pagination, ({ core, id, account, values }) => {
    own(core, id, account);
    const items = core.state.sessionFacts[id]?.lineItems ?? [];
    return page(`${path}/${id}/line_items`, 'line item', items, values);
  }),
];
