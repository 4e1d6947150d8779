import type { Deployment } from '../sandbox/deployment.ts';
import type { Dice } from './dice.ts';

/** What only the service itself can do wrong, in its own words, over the next request to this place. */
export function createStumble(
  { calendly, stripe }: Pick<Deployment, 'calendly' | 'stripe'>,
  dice: Dice,
): (site: string) => void {
  function calendlyStumbles(route: string): void {
    const { trouble } = calendly;
    if (route === 'POST /invitees' && dice.chance(0.4)) {
      trouble.slotTakenNext = 1;
      return;
    }
    dice.pick([
      () => trouble.failNext.push({ route, status: dice.pick([500, 503, 429]) }),
      () => trouble.malformedJson.push({ route }),
      () => trouble.wrongSchema.push({ route }),
    ])();
  }

  function stripeStumbles(route: string): void {
    const { trouble } = stripe;
    if (route.endsWith('/expire') && dice.chance(0.7)) {
      if (dice.chance(0.5)) trouble.paidWhileExpiring = 1;
      else trouble.paidDespiteExpiring = 1;
      return;
    }
    if (route.endsWith('/capture') && dice.chance(0.3)) {
      trouble.holdGoneOnCapture = 1;
      return;
    }
    const isWrite = route.startsWith('POST');
    dice.pick([
      () => trouble.cutBody.push({ route }),
      () => trouble.failNext.push({ route, status: 429, code: 'lock_timeout' }),
      () => trouble.failNext.push({ route, status: isWrite ? 409 : 500 }),
      () =>
        trouble.failNext.push({
          route,
          status: 500,
          stored: isWrite && dice.chance(0.5),
          executed: isWrite && dice.chance(0.5),
        }),
    ])();
  }

  return (site) => {
    const [service, ...route] = site.split(' ');
    if (service === 'Stripe') stripeStumbles(route.join(' '));
    else calendlyStumbles(route.join(' '));
  };
}
