import type { World } from './world.ts';

const minute = 60_000;

/** Strangers on Calendly's page, who know nothing of us and take what is free. */
export async function strangersPass(world: World): Promise<void> {
  const dice = world.dice('strangers');
  const { calendly } = world.deployment;
  const count = world.trouble.weather.strangers > 0 ? dice.between(1, 3) : 0;
  for (let nth = 0; nth < count; nth++) {
    await world.clock.wait(dice.between(1, 30 * minute));
    const slug = dice.pick(['free-call', 'paid-call', 'workshop', 'class']);
    const times = calendly.freeTimes(slug, 3);
    const time = times[dice.below(Math.max(1, Math.min(3, times.length)))];
    if (time === undefined) continue;
    calendly.bookAsStranger(slug, time);
    world.trace.note('stranger', `takes ${slug} at ${time}`);
  }
}

/** The host in Calendly: cancels somebody, moves somebody. */
export async function hostActs(world: World): Promise<void> {
  const dice = world.dice('host');
  const { calendly } = world.deployment;
  const count = world.trouble.weather.host > 0 ? dice.between(1, 3) : 0;
  for (let nth = 0; nth < count; nth++) {
    await world.clock.wait(dice.between(1, 50 * minute));
    const now = world.clock.now();
    const invitees = calendly.state.invitees.filter(({ status, event }) => {
      const start = calendly.state.events.find(({ uri }) => uri === event)?.start_time ?? '';
      return status === 'active' && Date.parse(start) > now;
    });
    const invitee = invitees[dice.below(Math.max(1, invitees.length))];
    if (!invitee) continue;
    if (dice.chance(0.5)) {
      world.trace.note('host', `cancels ${invitee.name}`);
      calendly.cancelAsHost(invitee.event);
      continue;
    }
    const eventType = calendly.state.events.find(({ uri }) => uri === invitee.event)?.event_type;
    const times = calendly.freeTimes(eventType ?? '', 3);
    const time = times[dice.below(Math.max(1, times.length))];
    if (time === undefined) continue;
    world.trace.note('host', `moves ${invitee.name} to ${time}`);
    calendly.rescheduleAsInvitee(invitee.uri, time);
  }
}

/** Calendly's quota for bookings by API is used up for a while, by somebody else. */
export async function quotaRunsOut(world: World): Promise<void> {
  const dice = world.dice('quota');
  const { trouble } = world.deployment.calendly;
  if (world.trouble.weather.quota === 0) return;
  await world.clock.wait(dice.between(1, 30 * minute));
  trouble.quotaUsedUp = true;
  world.trace.note('calendly', 'takes no bookings by API');
  await world.clock.wait(dice.between(1, 20 * minute));
  trouble.quotaUsedUp = false;
}
