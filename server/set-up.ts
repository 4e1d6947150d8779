import type { OfferedSession, SessionTypes } from './availability/session-types.ts';
import type { Clock } from './clock.ts';
import { priceInWords } from './notification/words/price-in-words.ts';
import { PaymentError, type Payment } from './payment/payment.ts';
import { recipientOf } from './payment/prepare-payment.ts';
import { SchedulingError, type Owner, type Scheduling } from './scheduling/scheduling.ts';

export interface SetUpDeps {
  sessionTypes: SessionTypes;
  scheduling: Scheduling;
  clock: Clock;
  /** Null: nothing is sold here. */
  payment: Payment | null;
}

/** Asks Calendly once, before anything is served: what is offered, or every problem in words. */
export async function checkSetUp(
  deps: SetUpDeps,
): Promise<{ lines: string[] } | { problems: string[] }> {
  const { sessionTypes } = deps;
  try {
    const owner = await sessionTypes.owner();
    const problems = [...(await sessionTypes.problems())];
    const offered = await sessionTypes.all();
    const [first] = offered;
    if (first) problems.push(...(await findMissingScopes(deps, owner, first.eventType.uri)));
    problems.push(...(await findPaymentProblems(deps.payment, offered)));
    if (problems.length > 0) return { problems };
    if (!first) {
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
          const { id, title, duration, price } = sessionType;
          const way = bookedBy === 'api' ? 'booked here' : "finished on Calendly's page";
          const cost = price === null ? '' : `, ${priceInWords(price)}`;
          return `Offered: ${id}, "${title}", ${duration} min${cost}, ${way}.`;
        }),
      ],
    };
  } catch (error) {
    if (!(error instanceof SchedulingError)) throw error;
    return { problems: [inWords(error)] };
  }
}

/** Every other kind of read there will be, tried once: a token that lacks a scope is found now and not by a visitor. */
async function findMissingScopes(
  { scheduling, clock }: SetUpDeps,
  owner: Owner,
  eventType: string,
): Promise<string[]> {
  const from = new Date(clock.now() + 3_600_000).toISOString();
  const to = new Date(clock.now() + 7_200_000).toISOString();
  const tries = await Promise.allSettled([
    scheduling.openTimes(eventType, from, to),
    scheduling.scheduledEvents({ owner, from, to }),
    scheduling.subscriptions(owner),
  ]);
  // What only fails now may work later, and is not a matter of how things are set up.
  return tries.flatMap((tried) =>
    tried.status === 'rejected' &&
    tried.reason instanceof SchedulingError &&
    tried.reason.failure === 'scope'
      ? [inWords(tried.reason)]
      : [],
  );
}

/** Every account that money is to go to, tried once. */
async function findPaymentProblems(
  payment: Payment | null,
  offered: readonly OfferedSession[],
): Promise<string[]> {
  const sold = offered.filter(({ sessionType }) => sessionType.price !== null);
  if (payment === null || sold.length === 0) return [];
  const recipients = new Map(
    sold.map(({ config }) => [JSON.stringify(config.payTo), recipientOf(config.payTo)]),
  );
  const tries = await Promise.allSettled(
    [...recipients.values()].map((recipient) => payment.check(recipient)),
  );
  // As with Calendly: what may work later is not a matter of how things are set up.
  return tries.flatMap((tried) =>
    tried.status === 'rejected' &&
    tried.reason instanceof PaymentError &&
    tried.reason.failure !== 'unavailable'
      ? [
          `Stripe does not take STRIPE_SECRET_KEY for this: ${tried.reason.message} A restricted key needs to write Checkout Sessions, Payment Intents and Refunds.`,
        ]
      : [],
  );
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
