import { type Detail, invalidArgument } from '../refusal.ts';
import type { QuestionAndAnswer, Tracking } from '../resources.ts';
import {
  checkBody,
  type BodyCheck,
  type Fields,
  isEmail,
  isFields,
  isPhone,
  isTimeZone,
} from './body.ts';
import { parseInstant } from './query.ts';

/** The body of `POST /invitees` once its shape is right; whether Calendly likes what it says is seen later. */
export interface InviteeRequest {
  eventType: string;
  startMs: number;
  name: string;
  firstName: string | null;
  lastName: string | null;
  email: string;
  timezone: string;
  textReminderNumber: string | null;
  location: { kind: string; location: string | null } | undefined;
  answers: QuestionAndAnswer[];
  tracking: Tracking;
  guests: string[];
}

const trackingKeys = [
  'utm_campaign',
  'utm_source',
  'utm_medium',
  'utm_content',
  'utm_term',
  'salesforce_uuid',
] as const;

/** All or nothing: whoever sends two of the six is told about the other four. */
function readTracking(check: BodyCheck, body: Fields): Tracking {
  const sent = check.fields(body, '', 'tracking');
  const tracking = {} as Tracking;
  for (const key of trackingKeys) {
    tracking[key] = sent ? check.optionalText(sent, 'tracking', key) : null;
    if (sent && sent[key] === undefined) check.add(`tracking.${key}`, 'is missing');
  }
  return tracking;
}

function readAnswers(
  check: BodyCheck,
  body: Fields,
): { answers: QuestionAndAnswer[]; unplaced: boolean } {
  let unplaced = false;
  const list = check.list(body, '', 'questions_and_answers') ?? [];
  const answers = list.map((item, index): QuestionAndAnswer => {
    const path = `questions_and_answers[${index}]`;
    const fields = isFields(item) ? item : {};
    const question = check.text(fields, path, 'question');
    const { answer, position } = fields;
    if (answer === undefined) check.add(`${path}.answer`, 'is missing');
    else if (typeof answer !== 'string') check.add(`${path}.answer`, 'must be a string');
    if (position === undefined || position === null) unplaced = true;
    else if (!Number.isInteger(position)) check.add(`${path}.position`, 'must be an integer');
    return { question, answer: String(answer), position: Number(position) };
  });
  return { answers, unplaced };
}

export function readInviteeRequest(body: Fields): InviteeRequest {
  const check = checkBody();
  const eventType = check.text(body, '', 'event_type');
  const startText = check.text(body, '', 'start_time');
  const startMs = parseInstant(startText);
  if (startText && startMs === undefined) check.add('start_time', 'is invalid');
  if (body.invitee === undefined) check.add('invitee', 'is missing');
  const invitee = check.fields(body, '', 'invitee');
  const person = invitee ?? {};
  let email = '';
  let timezone = '';
  let fullName: string | null = null;
  let firstName: string | null = null;
  if (invitee) {
    email = check.text(person, 'invitee', 'email');
    if (email && !isEmail(email)) check.add('invitee.email', 'is invalid');
    timezone = check.text(person, 'invitee', 'timezone');
    if (timezone && !isTimeZone(timezone)) check.add('invitee.timezone', 'is invalid');
    fullName = check.optionalText(person, 'invitee', 'name');
    firstName = check.optionalText(person, 'invitee', 'first_name');
    if (!fullName?.trim() && !firstName?.trim())
      check.add('invitee.name', fullName === null ? 'is missing' : 'must be filled');
  }
  const lastName = check.optionalText(person, 'invitee', 'last_name');
  const textReminderNumber = check.optionalText(person, 'invitee', 'text_reminder_number');
  if (textReminderNumber && !isPhone(textReminderNumber))
    check.add('invitee.text_reminder_number', 'is invalid');

  const location = check.fields(body, '', 'location');
  const kind = location ? check.text(location, 'location', 'kind') : '';
  const place = location ? check.optionalText(location, 'location', 'location') : null;
  const tracking = readTracking(check, body);
  const { answers, unplaced } = readAnswers(check, body);
  const guests = (check.list(body, '', 'event_guests') ?? []).map((guest, index) => {
    if (typeof guest !== 'string' || !isEmail(guest))
      check.add(`event_guests[${index}]`, 'is invalid');
    return String(guest);
  });
  if (guests.length > 10) check.add('event_guests', 'size cannot be greater than 10');
  check.done();
  // The one key whose absence Calendly does not name.
  if (unplaced) throw invalidArgument();

  return {
    eventType,
    startMs: startMs ?? 0,
    name: fullName?.trim() || [firstName, lastName].filter(Boolean).join(' '),
    firstName: fullName?.trim() ? null : firstName,
    lastName: fullName?.trim() ? null : lastName,
    email: email.toLowerCase(),
    timezone,
    textReminderNumber,
    location: location ? { kind, location: place } : undefined,
    answers,
    tracking,
    guests,
  };
}

export const alreadyFilled = (): Detail => ({
  parameter: 'event.start_time',
  message: 'That start time has been filled',
  code: 'already_filled',
});
