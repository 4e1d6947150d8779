import type { Announcement } from './announcement.ts';
import type { Core } from './core.ts';
import type { EventType, Invitee } from './resources.ts';
import { cancelInvitee, moveInvitee } from './scheduling.ts';
import { type Stranger, takeSlotAsStranger } from './strangers.ts';
import type { Webhooks } from './webhooks.ts';

/** What people do on Calendly's own pages, webhooks included. */
export interface InviteeActions {
  /** Undefined when the time is not free. */
  book(eventType: EventType, startMs: number, stranger: Stranger): Invitee | undefined;
  cancel(invitee: Invitee, reason: string | null): void;
  /** Undefined when the time is not free; all stays as it was. */
  move(invitee: Invitee, startMs: number, reason: string | null): Invitee | undefined;
}

export function createInviteeActions(core: Core, webhooks: Webhooks): InviteeActions {
  return {
    book(eventType, startMs, stranger) {
      const invitee = takeSlotAsStranger(core, eventType, startMs, stranger);
      if (invitee) webhooks.announce([{ event: 'invitee.created', invitee }]);
      return invitee;
    },
    cancel(invitee, reason) {
      cancelInvitee(core, invitee, reason);
      webhooks.announce([{ event: 'invitee.canceled', invitee }]);
    },
    move(old, startMs, reason) {
      const moved = moveInvitee(core, old, startMs, reason);
      if (!moved) return undefined;
      const both: Announcement[] = [
        { event: 'invitee.canceled', invitee: old },
        { event: 'invitee.created', invitee: moved },
      ];
      const { webhookOrder } = core.trouble;
      const createdFirst =
        webhookOrder === 'created-first' ||
        (webhookOrder === 'random' && core.identities.pick(2) === 1);
      webhooks.announce(createdFirst ? both.toReversed() : both);
      return moved;
    },
  };
}
