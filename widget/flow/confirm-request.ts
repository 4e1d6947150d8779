import type { BookingConfirmRequest } from '../../server/contract/booking.ts';
import { answerOf } from './answer-of.ts';
import type { BookingAttempt } from './effect.ts';
import type { FlowOptions } from './options.ts';
import { readTracking } from './read-tracking.ts';
import { returnUrlOf } from './return-url.ts';

/** The request says what the visitor chose and typed; price, duration and place are the server's to know. */
export const createConfirmRequest = (
  { sessionType, slot, details, zone }: BookingAttempt,
  { tracking, returnUrl }: Pick<FlowOptions, 'tracking' | 'returnUrl'>,
): BookingConfirmRequest => {
  const answers = sessionType.questions.flatMap(({ question }) => {
    const answer = answerOf(details.answers, question).trim();
    return answer ? [{ question, answer }] : [];
  });
  const { location, notes, guests } = details;
  const campaign = readTracking(tracking);
  const address = sessionType.price === null ? undefined : returnUrlOf(returnUrl);
  return {
    sessionTypeId: sessionType.id,
    timeSlot: {
      startTime: slot.startTime,
      endTime: slot.endTime,
      schedulingUrl: slot.schedulingUrl,
    },
    clientDetails: { name: details.name.trim(), email: details.email.trim(), timezone: zone },
    ...(notes.trim() !== '' && { notes: notes.trim() }),
    ...(location !== undefined && {
      location: {
        kind: location.kind,
        ...(location.location !== undefined && { location: location.location.trim() }),
      },
    }),
    ...(answers.length > 0 && { answers }),
    ...(guests.length > 0 && { guests: [...guests] }),
    ...(campaign !== undefined && { tracking: campaign }),
    ...(address !== undefined && { returnUrl: address }),
  };
};
