import type { Booking } from '../../server/contract/booking.ts';
import type { Visitor } from './visitor.ts';

/** The invitee goes on where the backend cannot: on Calendly's own page. */
export async function onCalendlysPage(
  visitor: Visitor,
  booking: Booking,
  page: string,
): Promise<void> {
  const { dice, world } = visitor;
  const { calendly } = world.deployment;
  await visitor.think(5_000, 300_000);
  const url = new URL(page);
  const own = calendly.state.invitees.find(
    ({ cancel_url, reschedule_url, status }) =>
      status === 'active' && (cancel_url === url.href || reschedule_url === url.href),
  );
  if (own?.cancel_url === url.href) {
    visitor.says('cancels on Calendly’s page');
    calendly.cancelAsInvitee(own.uri);
    return;
  }
  const eventType = own
    ? calendly.state.events.find(({ uri }) => uri === own.event)?.event_type
    : calendly.state.eventTypes.find(({ slug }) => slug !== null && url.pathname.includes(slug))
        ?.uri;
  const times = eventType === undefined ? [] : calendly.freeTimes(eventType, 3);
  const time = times[dice.below(Math.max(1, times.length))];
  if (eventType === undefined || time === undefined) return;
  if (own) {
    visitor.says(`moves to ${time} on Calendly’s page`);
    calendly.rescheduleAsInvitee(own.uri, time);
    return;
  }
  if (booking.status !== 'awaiting_invitee') return;
  const chosen = times.includes(booking.startTime) && dice.chance(0.7) ? booking.startTime : time;
  visitor.says(`books ${chosen} on Calendly’s page`);
  const tag = (name: string): string | null => url.searchParams.get(name);
  calendly.bookAsStranger(eventType, chosen, {
    name: visitor.name,
    email: tag('email') ?? 'nobody@example.com',
    tracking: {
      utm_campaign: tag('utm_campaign'),
      utm_source: tag('utm_source'),
      utm_medium: tag('utm_medium'),
      utm_content: tag('utm_content'),
      utm_term: tag('utm_term'),
      salesforce_uuid: tag('salesforce_uuid'),
    },
  });
}
