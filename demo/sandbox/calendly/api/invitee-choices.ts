import { type Detail, invalidArgument } from '../refusal.ts';
import type { CustomQuestion, EventType, LocationKind, QuestionAndAnswer } from '../resources.ts';
import { isPhone } from './body.ts';

/** What the invitee chose among the things the host offers: a place, answers to the host's questions. */

const locationRefused = (field: 'kind' | 'location'): Error =>
  invalidArgument(
    [
      {
        // Calendly's own inner path; never a key of the request.
        parameter: `event.location_configuration.${field}`,
        message: 'invalid location choice',
        code: 'invalid_location_choice',
      },
    ],
    'Specified location kind is not configured for this event type.',
  );

export function chooseLocation(
  eventType: EventType,
  sent: { kind: string; location: string | null } | undefined,
): { kind: LocationKind; location: string | null } | null {
  const offered = eventType.locations ?? [];
  if (eventType.pooling_type === 'round_robin' || offered.length === 0) {
    if (sent) throw locationRefused('kind');
    const [first] = offered;
    return first ? { kind: first.kind, location: first.location ?? null } : null;
  }
  const ofKind = offered.filter((configuration) => configuration.kind === sent?.kind);
  const [first] = ofKind;
  if (!sent || !first) throw locationRefused('kind');
  switch (first.kind) {
    case 'physical':
    case 'custom':
      if (!ofKind.some((configuration) => configuration.location === sent.location))
        throw locationRefused('location');
      return { kind: first.kind, location: sent.location };
    case 'outbound_call':
      if (!sent.location || !isPhone(sent.location)) throw locationRefused('location');
      return { kind: first.kind, location: sent.location };
    case 'ask_invitee':
      if (!sent.location?.trim()) throw locationRefused('location');
      return { kind: first.kind, location: sent.location };
    case 'inbound_call':
      return { kind: first.kind, location: first.phone_number ?? null };
    default:
      return { kind: first.kind, location: null };
  }
}

function acceptable(question: CustomQuestion, answer: string): boolean {
  const choices = question.answer_choices ?? [];
  if (answer === '' || question.include_other || choices.length === 0) return true;
  if (question.type === 'single_select') return choices.includes(answer);
  // The read side joins the chosen ones with line breaks.
  if (question.type === 'multi_select')
    return answer.split('\n').every((choice) => choices.includes(choice));
  return true;
}

/** Matches answers to the host's questions byte for byte; there is no other key. */
export function matchAnswers(
  eventType: EventType,
  answers: QuestionAndAnswer[],
): QuestionAndAnswer[] {
  const questions = eventType.custom_questions.filter((question) => question.enabled);
  const details: Detail[] = [];
  answers.forEach(({ question: name, answer }, index) => {
    const question = questions.find((candidate) => candidate.name === name);
    const path = `questions_and_answers[${index}]`;
    if (!question) details.push({ parameter: `${path}.question`, message: 'is invalid' });
    else if (!acceptable(question, answer))
      details.push({ parameter: `${path}.answer`, message: 'is invalid' });
  });
  for (const question of questions.filter(({ required }) => required)) {
    const answered = answers.some(
      ({ question: name, answer }) => name === question.name && answer.trim() !== '',
    );
    if (!answered)
      details.push({
        parameter: `questions_and_answers[${question.position}].answer`,
        message: 'must be filled',
      });
  }
  if (details.length > 0) throw invalidArgument(details);
  return answers.filter(({ answer }) => answer !== '');
}
