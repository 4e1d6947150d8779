import type {
  CustomQuestion,
  EventType,
  LocationConfiguration,
  LocationKind,
  Tracking,
} from '../resources.ts';
import type { Stranger } from '../strangers.ts';
import { noTracking } from '../scheduling.ts';
import { isEmail, isPhone, isTimeZone } from '../api/body.ts';

/** What the visitor has put into the form so far, from the link that brought them or from their own typing. */
export interface FormEntries {
  name: string;
  email: string;
  timezone: string;
  guests: string;
  /** Index among the event type's locations. */
  place: string;
  location: string;
  /** By position; several choices of one question are several entries. */
  answers: Map<number, string[]>;
  tracking: Tracking;
}

export const askedQuestions = (eventType: EventType): CustomQuestion[] =>
  eventType.custom_questions
    .filter((question) => question.enabled)
    .toSorted((a, b) => a.position - b.position);

const needsText = (kind: LocationKind): boolean =>
  kind === 'outbound_call' || kind === 'ask_invitee';

function placeFor(offered: LocationConfiguration[], location: string): string {
  if (!location) return '0';
  const exact = offered.findIndex((place) => place.location === location);
  const phone = isPhone(location) ? offered.findIndex(({ kind }) => kind === 'outbound_call') : -1;
  const asked = offered.findIndex(({ kind }) => kind === 'ask_invitee');
  return String(Math.max(0, [exact, phone, asked].find((index) => index >= 0) ?? 0));
}

const trackingFrom = (values: URLSearchParams): Tracking => {
  const tracking = { ...noTracking };
  for (const key of Object.keys(noTracking) as (keyof Tracking)[])
    tracking[key] = values.get(key) || null;
  return tracking;
};

/** `name, email, guests, location, a1…a10, utm_…, salesforce_uuid`, as Calendly's links carry them. */
export function entriesFromLink(
  eventType: EventType,
  query: URLSearchParams,
  zone: string,
): FormEntries {
  const answers = new Map<number, string[]>();
  askedQuestions(eventType).forEach((question, index) => {
    const text = query.get(`a${index + 1}`);
    if (text === null || index >= 10) return;
    const several = question.type === 'multi_select';
    answers.set(question.position, several ? text.split(/\n|,\s*/) : [text]);
  });
  const fullName = [query.get('first_name'), query.get('last_name')].filter(Boolean).join(' ');
  const location = query.get('location') ?? '';
  return {
    name: query.get('name') ?? fullName,
    email: query.get('email') ?? '',
    timezone: query.get('timezone') ?? zone,
    guests: query.get('guests') ?? '',
    place: placeFor(eventType.locations ?? [], location),
    location,
    answers,
    tracking: trackingFrom(query),
  };
}

export function entriesFromForm(eventType: EventType, form: URLSearchParams): FormEntries {
  const answers = new Map<number, string[]>();
  for (const question of askedQuestions(eventType)) {
    const name = `answer_${question.position}`;
    const other = form.get(`${name}_other`)?.trim();
    const chosen = form.getAll(name).filter((answer) => answer.trim() !== '');
    answers.set(
      question.position,
      other ? [...chosen.filter((it) => it !== 'Other'), other] : chosen,
    );
  }
  return {
    name: form.get('name')?.trim() ?? '',
    email: form.get('email')?.trim() ?? '',
    timezone: form.get('timezone') ?? '',
    guests: form.get('guests') ?? '',
    place: form.get('place') ?? '0',
    location: form.get('location')?.trim() ?? '',
    answers,
    tracking: trackingFrom(form),
  };
}

const guestsOf = (entries: FormEntries): string[] =>
  entries.guests
    .split(/[\s,;]+/)
    .filter(Boolean)
    .slice(0, 10);

/** What is still wrong, in sentences; nothing when it can be booked. */
export function problemsWith(eventType: EventType, entries: FormEntries): string[] {
  const problems: string[] = [];
  if (!entries.name) problems.push('Please tell us your name.');
  if (!isEmail(entries.email)) problems.push('Please give an e-mail address.');
  if (!isTimeZone(entries.timezone))
    problems.push('Please give a time zone, such as Europe/Berlin.');
  if (guestsOf(entries).some((guest) => !isEmail(guest)))
    problems.push('Please check the e-mail addresses of your guests.');
  const place = eventType.locations?.[Number(entries.place)];
  if (place && needsText(place.kind) && !entries.location)
    problems.push(
      place.kind === 'outbound_call'
        ? 'Please give your phone number.'
        : 'Please say where to meet.',
    );
  for (const question of askedQuestions(eventType))
    if (question.required && !entries.answers.get(question.position)?.some(Boolean))
      problems.push(`Please answer: ${question.name}`);
  return problems;
}

export function strangerFrom(eventType: EventType, entries: FormEntries): Stranger {
  const place = eventType.locations?.[Number(entries.place)] ?? eventType.locations?.[0];
  return {
    name: entries.name,
    email: entries.email.toLowerCase(),
    timezone: entries.timezone,
    guests: guestsOf(entries),
    tracking: entries.tracking,
    questions_and_answers: askedQuestions(eventType).flatMap(({ name, position }) => {
      const answer = (entries.answers.get(position) ?? []).join('\n');
      return answer ? [{ question: name, answer, position }] : [];
    }),
    ...(place && {
      location: {
        kind: place.kind,
        location: needsText(place.kind)
          ? entries.location
          : (place.location ?? place.phone_number ?? null),
      },
    }),
    payment:
      eventType.is_paid && eventType.rules.price
        ? {
            external_id: 'ch_sandbox',
            provider: 'stripe',
            ...eventType.rules.price,
            terms: 'Paid when booking.',
            successful: true,
          }
        : null,
  };
}
