import { html } from 'hono/html';
import type { Markup } from '../../page/layout.ts';
import type { CustomQuestion, EventType, LocationConfiguration } from '../resources.ts';
import { askedQuestions, type FormEntries } from './booking-form.ts';

const placeNames: Record<LocationConfiguration['kind'], string> = {
  physical: 'In person',
  ask_invitee: 'Somewhere you choose',
  custom: 'In person',
  outbound_call: 'Phone call, we call you',
  inbound_call: 'Phone call, you call us',
  google_conference: 'Google Meet',
  zoom_conference: 'Zoom',
  microsoft_teams_conference: 'Microsoft Teams',
  webex_conference: 'Webex',
  gotomeeting_conference: 'GoTo Meeting',
};

const required = (yes: boolean): Markup | string => (yes ? html`required` : '');
const optional = (question: CustomQuestion): string => (question.required ? '' : ' (optional)');

function choices(question: CustomQuestion, given: string[]): Markup {
  const name = `answer_${question.position}`;
  const type = question.type === 'single_select' ? 'radio' : 'checkbox';
  const offered = question.answer_choices ?? [];
  const other = given.find((answer) => !offered.includes(answer)) ?? '';
  return html`<fieldset class="field">
    <legend>${question.name}${optional(question)}</legend>
    ${offered.map(
      (choice) =>
        html`<label class="choice"
          ><input
            type="${type}"
            name="${name}"
            value="${choice}"
            ${given.includes(choice) ? html`checked` : ''}
          />${choice}</label
        >`,
    )}
    ${
      question.include_other
        ? html`<label class="field"
            >Other <input type="text" name="${name}_other" value="${other}"
          /></label>`
        : ''
    }
  </fieldset>`;
}

function questionField(question: CustomQuestion, given: string[]): Markup {
  const name = `answer_${question.position}`;
  const text = given.join('\n');
  switch (question.type) {
    case 'single_select':
    case 'multi_select':
      return choices(question, given);
    case 'text':
      return html`<label class="field"
        >${question.name}${optional(question)}<textarea
          name="${name}"
          rows="3"
          ${required(question.required)}
        >
${text}</textarea>
      </label>`;
    default:
      return html`<label class="field"
        >${question.name}${optional(question)}<input
          type="${question.type === 'phone_number' ? 'tel' : 'text'}"
          name="${name}"
          value="${text}"
          ${required(question.required)}
      /></label>`;
  }
}

function placeFields(eventType: EventType, entries: FormEntries): Markup | string {
  const offered = eventType.locations ?? [];
  if (offered.length === 0 || eventType.pooling_type === 'round_robin') return '';
  const asksForText = offered.some(
    ({ kind }) => kind === 'outbound_call' || kind === 'ask_invitee',
  );
  return html`<fieldset class="field">
      <legend>Place</legend>
      ${offered.map(
        (place, index) =>
          html`<label class="choice"
            ><input
              type="radio"
              name="place"
              value="${index}"
              ${String(index) === entries.place ? html`checked` : ''}
            />${placeNames[place.kind]}${place.location ? `: ${place.location}` : ''}</label
          >`,
      )}
    </fieldset>
    ${
      asksForText
        ? html`<label class="field"
            >Your phone number or place, if it needs one<input
              type="text"
              name="location"
              value="${entries.location}"
          /></label>`
        : ''
    }`;
}

export function bookingForm(
  eventType: EventType,
  entries: FormEntries,
  problems: string[],
): Markup {
  const { price } = eventType.rules;
  return html`<form method="post">
    ${
      problems.length > 0
        ? html`<div class="notice bad" role="alert">
            ${problems.map((problem) => html`<p>${problem}</p>`)}
          </div>`
        : ''
    }
    <label class="field"
      >Name<input type="text" name="name" value="${entries.name}" autocomplete="name" required
    /></label>
    <label class="field"
      >E-mail<input
        type="email"
        name="email"
        value="${entries.email}"
        autocomplete="email"
        required
    /></label>
    <label class="field"
      >Guests (optional)<input type="text" name="guests" value="${entries.guests}"
    /></label>
    ${placeFields(eventType, entries)}
    ${askedQuestions(eventType).map((question) => questionField(question, entries.answers.get(question.position) ?? []))}
    <label class="field"
      >Time zone<input type="text" name="timezone" value="${entries.timezone}"
    /></label>
    ${Object.entries(entries.tracking).map(([key, value]) =>
      value ? html`<input type="hidden" name="${key}" value="${value}" />` : '',
    )}
    <button class="primary">
      ${eventType.is_paid && price ? `Pay ${price.amount} ${price.currency} and schedule` : 'Schedule event'}
    </button>
  </form>`;
}
