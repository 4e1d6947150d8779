import { createHmac } from 'node:crypto';
import { type Core, known, present } from './core.ts';
import { presentEventType, presentInviteePayload, sixDigits } from './present.ts';
import type { EventType, Invitee, WebhookSubscription } from './resources.ts';

/** Something that subscribers may want to know. */
export type Announcement =
  | {
      event:
        | 'invitee.created'
        | 'invitee.canceled'
        | 'invitee_no_show.created'
        | 'invitee_no_show.deleted';
      invitee: Invitee;
    }
  | {
      event: 'event_type.created' | 'event_type.updated' | 'event_type.deleted';
      eventType: EventType;
    };

const hostsOf = (core: Core, announcement: Announcement): string[] =>
  'invitee' in announcement
    ? known(core.state.events, announcement.invitee.event).hosts
    : [announcement.eventType.rules.owner];

/** Whether the subscription is told of it. */
export const concerns = (
  core: Core,
  subscription: WebhookSubscription,
  announcement: Announcement,
): boolean => {
  if (subscription.state !== 'active' || !subscription.events.includes(announcement.event))
    return false;
  const hosts = hostsOf(core, announcement);
  if (subscription.scope === 'user') return hosts.some((host) => host === subscription.user);
  return hosts.some(
    (host) => known(core.state.users, host).current_organization === subscription.organization,
  );
};

export const bodyOf = (
  core: Core,
  subscription: WebhookSubscription,
  announcement: Announcement,
): string =>
  JSON.stringify({
    event: announcement.event,
    created_at: sixDigits(present(core)),
    created_by: subscription.creator,
    payload:
      'invitee' in announcement
        ? presentInviteePayload(
            core,
            announcement.invitee,
            known(core.state.events, announcement.invitee.event),
          )
        : presentEventType(core, announcement.eventType),
  });

export const signDelivery = (key: string, timestamp: number, body: string): string =>
  `t=${timestamp},v1=${createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')}`;
