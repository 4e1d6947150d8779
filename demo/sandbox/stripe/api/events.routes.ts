import type { Core } from '../core.ts';
import { badParameter, noSuch } from '../refusal.ts';
import { find, visible } from './expansion.ts';
import { page, pagination, within } from './lists.ts';
import { boolean, created, list, text } from './parameters.ts';
import { type Route, route } from './route.ts';

const path = '/v1/events';
const keptSeconds = 30 * 24 * 60 * 60;

const matches = (pattern: string, type: string): boolean =>
  pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;

const kept = (core: Core, account: string | null): Core['state']['events'] =>
  visible(core, core.state.events, account).filter(
    (event) => event.created > core.clock.now() / 1000 - keptSeconds,
  );

export const eventsRoutes: Route[] = [
  route(
    'GET',
    path,
    { ...pagination, created, delivery_success: boolean, type: text(), types: list(text(), 20) },
    ({ core, values, account }) => {
      if (values.type !== undefined && values.types !== undefined)
        throw badParameter('You may only specify one of these parameters: type, types.', 'type');
      const patterns = values.types ?? (values.type === undefined ? ['*'] : [values.type]);
      const matching = kept(core, account).filter(
        (event) =>
          within(event.created, values.created) &&
          patterns.some((pattern) => matches(pattern, event.type)) &&
          (values.delivery_success === undefined ||
            values.delivery_success === (event.pending_webhooks === 0)),
      );
      return page(path, 'event', matching.toReversed(), values);
    },
  ),
  route('GET', `${path}/:id`, {}, ({ core, id, account }) => {
    const event = find(core, kept(core, account), id, account);
    if (!event) throw noSuch('event', id, 'id');
    return event;
  }),
];
