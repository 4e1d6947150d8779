import { byId, type Core, known, snapshot } from '../core.ts';
import { badParameter } from '../refusal.ts';
import { page } from './lists.ts';

type Plain = Record<string, unknown>;

/** What stands behind a property, or null where there is nothing. */
type Expand = (core: Core, object: Plain) => object | null;

const by =
  (family: 'paymentIntents' | 'charges', property: string): Expand =>
  (core, object) => {
    const id = object[property];
    return typeof id === 'string' ? known<{ id: string }>(core.state[family], id) : null;
  };

const expandable: Record<string, Record<string, Expand>> = {
  'checkout.session': {
    payment_intent: by('paymentIntents', 'payment_intent'),
    line_items: (core, { id }) =>
      page(
        `/v1/checkout/sessions/${String(id)}/line_items`,
        'line item',
        core.state.sessionFacts[String(id)]?.lineItems ?? [],
        { limit: undefined, starting_after: undefined, ending_before: undefined },
      ),
  },
  payment_intent: { latest_charge: by('charges', 'latest_charge') },
  charge: {
    payment_intent: by('paymentIntents', 'payment_intent'),
    refunds: (core, { id }) =>
      page(
        `/v1/charges/${String(id)}/refunds`,
        'refund',
        core.state.refunds.filter(({ charge }) => charge === id).toReversed(),
        { limit: undefined, starting_after: undefined, ending_before: undefined },
      ),
  },
  refund: {
    charge: by('charges', 'charge'),
    payment_intent: by('paymentIntents', 'payment_intent'),
  },
};

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function expandOne(core: Core, object: Plain, path: string[], whole: string): void {
  const [property = '', ...rest] = path;
  if (object['object'] === 'list' && property === 'data') {
    for (const item of Array.isArray(object['data']) ? object['data'] : [])
      if (isPlain(item)) expandOne(core, item, rest, whole);
    return;
  }
  const expand = expandable[String(object['object'])]?.[property];
  if (!expand) throw badParameter(`This property cannot be expanded (${whole}).`, 'expand');
  // A second path through the same property goes on where the first one was.
  if (!isPlain(object[property])) object[property] = snapshot(expand(core, object));
  const inner = object[property];
  if (rest.length > 0 && isPlain(inner)) expandOne(core, inner, rest, whole);
}

const deepest = 4;

/** A copy of the answer with what was asked for in full. */
export function expanded(core: Core, answer: object, paths: string[]): object {
  const copy = snapshot(answer) as Plain;
  for (const path of paths) {
    const segments = path.split('.');
    if (segments.length > deepest)
      throw badParameter(
        `You cannot expand more than ${deepest} levels of a property (${path}).`,
        'expand',
      );
    expandOne(core, copy, segments, path);
  }
  return copy;
}

/** Ids of other accounts do not exist. */
export const visible = <T extends { id: string }>(
  core: Core,
  objects: T[],
  account: string | null,
): T[] => objects.filter(({ id }) => (core.state.owners[id] ?? null) === account);

export const find = <T extends { id: string }>(
  core: Core,
  objects: T[],
  id: string,
  account: string | null,
): T | undefined => byId(visible(core, objects, account), id);
