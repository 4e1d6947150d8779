import { html, type TemplateResult } from 'lit';
import { choosePlace, isChosenPlace } from '../../flow/fit-location.ts';
import type { SessionType } from '../../flow/state.ts';
import { locationText } from '../location-text.ts';
import { placeInput } from './check-details.ts';
import { choice } from './choice.ts';
import { groupEntry } from './entry.ts';
import type { Form } from './form.ts';
import { textField } from './text-field.ts';

type Place = SessionType['locations'][number];

/** Where to meet, when there is a choice. What was typed for a place comes back with it. */
export const locationField = (form: Form): TemplateResult => {
  const { texts, state } = form.flow;
  return groupEntry(
    form,
    { name: 'location', role: 'radiogroup', label: texts('whereToMeet'), isWide: true },
    html`${state.sessionType.locations.map((place, index) =>
      choice({
        kind: 'radio',
        field: 'location',
        index,
        label: labelOf(form, place),
        note: noteOf(form, place),
        isChecked: isChosenPlace(place, state.details.location),
        choose: () =>
          form.edit('location', { location: choosePlace(place, form.typedPlace(place.kind)) }),
      }),
    )}`,
  );
};

const labelOf = ({ flow }: Form, place: Place): string =>
  locationText(flow, place.kind === 'inbound_call' ? { kind: place.kind } : place);

const noteOf = ({ flow }: Form, { kind, location, additionalInfo }: Place): string | undefined => {
  const { texts } = flow;
  if (kind === 'outbound_call') return texts('callsYou');
  if (kind === 'inbound_call' && location !== null) return texts('youCall', { number: location });
  return additionalInfo ?? undefined;
};

/** What has to be added to the place: a phone number, or a place of the invitee's own. */
export const placeField = (form: Form): TemplateResult => {
  const { texts, state } = form.flow;
  const { sessionType, details } = state;
  const isPhone = placeInput(sessionType, details) === 'phone';
  const kind =
    sessionType.locations.length === 1 ? sessionType.locations[0]?.kind : details.location?.kind;
  return textField(form, {
    name: 'place',
    label: texts(isPhone ? 'phoneNumber' : 'place'),
    hint: texts(isPhone ? 'phoneHint' : 'placeHint'),
    kind: isPhone ? 'tel' : 'text',
    autocomplete: isPhone ? 'tel' : 'off',
    value: details.location?.location ?? '',
    change: (value) => (kind === undefined ? {} : { location: { kind, location: value } }),
  });
};
