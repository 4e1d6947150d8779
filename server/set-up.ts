import type { SessionTypes } from './availability/session-types.ts';
import { SchedulingError } from './scheduling/scheduling.ts';

/** Asks Calendly once, before anything is served: what is offered, or every problem in words. */
export async function checkSetUp(
  sessionTypes: SessionTypes,
): Promise<{ lines: string[] } | { problems: string[] }> {
  try {
    const owner = await sessionTypes.owner();
    const problems = await sessionTypes.problems();
    if (problems.length > 0) return { problems };
    const offered = await sessionTypes.all();
    if (offered.length === 0) {
      return {
        problems: [
          `${owner.name} has no active event type in Calendly: there is nothing to offer.`,
        ],
      };
    }
    return {
      lines: [
        `Calendar of ${owner.name} (${owner.timezone}).`,
        ...offered.map(({ sessionType, bookedBy }) => {
          const way = bookedBy === 'api' ? 'booked here' : "finished on Calendly's page";
          return `Offered: ${sessionType.id}, "${sessionType.title}", ${sessionType.duration} min, ${way}.`;
        }),
      ],
    };
  } catch (error) {
    if (!(error instanceof SchedulingError)) throw error;
    return { problems: [inWords(error)] };
  }
}

function inWords(error: SchedulingError): string {
  switch (error.failure) {
    case 'token':
      return 'Calendly does not accept CALENDLY_API_TOKEN. Tokens are revoked when the account’s e-mail or password changes: make a new one.';
    case 'scope':
      return `CALENDLY_API_TOKEN lacks the scope ${error.requiredScopes.join(' and ') || 'for this call'}. Make a new token with it.`;
    case 'plan':
      return `The Calendly plan does not include this: ${error.message}`;
    case 'permission':
      return `The Calendly user of this token may not do this: ${error.message}`;
    default:
      return `Calendly could not be reached or did not answer as expected: ${error.message}`;
  }
}
