import type { Core } from './core.ts';
import type { EventType, Invitee, LocationKind } from './resources.ts';
import { noTracking, schedule } from './scheduling.ts';

/** What may be said about a stranger who books on Calendly's own page; the rest is made up. */
export type Stranger = Partial<
  Pick<
    Invitee,
    | 'name'
    | 'email'
    | 'timezone'
    | 'questions_and_answers'
    | 'tracking'
    | 'payment'
    | 'text_reminder_number'
  >
> & { guests?: string[]; location?: { kind: LocationKind; location: string | null } };

export function takeSlotAsStranger(
  core: Core,
  eventType: EventType,
  startMs: number,
  stranger: Stranger = {},
): Invitee | undefined {
  const [offered] = eventType.locations ?? [];
  return schedule(core, {
    eventType,
    startMs,
    name: stranger.name ?? 'Sam Stranger',
    firstName: null,
    lastName: null,
    email: stranger.email ?? 'sam@stranger.example',
    timezone: stranger.timezone ?? 'Europe/London',
    textReminderNumber: stranger.text_reminder_number ?? null,
    location:
      stranger.location ??
      (offered ? { kind: offered.kind, location: offered.location ?? null } : null),
    answers: stranger.questions_and_answers ?? [],
    tracking: stranger.tracking ?? { ...noTracking },
    guests: stranger.guests ?? [],
    method: 'instant_book',
    payment: stranger.payment ?? null,
  });
}
