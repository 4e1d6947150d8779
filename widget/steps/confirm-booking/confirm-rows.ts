import { html } from 'lit';
import { answerOf } from '../../flow/answer-of.ts';
import type { Flow } from '../../flow/context.ts';
import type { ConfirmBooking, Moving } from '../../flow/state.ts';
import type { TextKey } from '../../i18n/dictionary.ts';
import { addHours } from '../../time/hours.ts';
import { priceText } from '../price-text.ts';
import { richText } from '../rich-text.ts';
import { zoneText } from '../zone-text.ts';
import { placeText, type Place } from './place-text.ts';
import type { SummaryRow } from './summary-list.ts';

type ConfirmFlow = Flow<ConfirmBooking>;

export interface Answers {
  readonly areOpen: boolean;
  toggle(): void;
}

/** A new booking, line by line. */
export const bookingRows = (flow: ConfirmFlow, answers: Answers): SummaryRow[] => {
  const { texts, state } = flow;
  const { details, sessionType } = state;
  const change = changeTo(flow, 'change-details');
  return [
    { ...timeRow(flow), term: texts('when') },
    ...placeRow(
      flow,
      chosenPlace(state),
      sessionType.locations.length > 1 || details.location ? change('changePlace') : undefined,
    ),
    { ...personRow(flow, details), action: change('changePerson') },
    ...answerRows(flow, answers),
    ...(details.notes.trim() === ''
      ? []
      : [
          {
            term: texts('notes'),
            value: html`<bdi class="written">${details.notes.trim()}</bdi>`,
            action: change('changeNotes'),
          },
        ]),
    {
      term: texts('price'),
      value: priceText(flow, sessionType),
      isStrong: true,
    },
    ...cancelingRow(flow),
  ];
};

/** A booking that moves to another time: the new one, the old one, and what stays. */
export const movingRows = (flow: ConfirmFlow, { booking }: Moving): SummaryRow[] => {
  const { texts, format, state } = flow;
  return [
    { ...timeRow(flow), term: texts('newTime') },
    {
      term: texts('oldTime'),
      value: html`<s>${format.fullSpan(booking.startTime, booking.endTime, state.zone)}</s>`,
    },
    ...placeRow(flow, booking.location),
    personRow(flow, booking),
    ...(booking.price === null
      ? []
      : [
          {
            term: texts('price'),
            value: format.money(booking.price),
            help: texts('paidAlready'),
            isStrong: true,
          },
        ]),
  ];
};

/** Where Calendly takes the money, canceling has rules that are known there alone. */
const cancelingRow = ({ texts, format, state, now }: ConfirmFlow): SummaryRow[] => {
  const { slot, zone } = state;
  const { price, paidOnCalendly, refundUntilHours: hours } = state.sessionType;
  const row = (value: string, help: string) => [{ term: texts('canceling'), value, help }];
  if (paidOnCalendly) return [];
  if (price === null) return row(texts('cancelAnyTime'), texts('linkInMail'));
  if (hours === null) return row(texts('refundAnyTime'), texts('linkInMail'));
  const last = addHours(slot.startTime, -hours);
  const moment = format.moment(last, zone);
  return now <= last
    ? row(texts('refundUntil', { moment }), texts('refundAfter'))
    : row(texts('refundNever'), texts('refundOver', { moment }));
};

const changeTo =
  ({ texts, dispatch }: ConfirmFlow, type: 'change-details' | 'change-time') =>
  (name: TextKey) => ({
    word: texts('change'),
    name: texts(name),
    press: () => dispatch({ type }),
  });

const timeRow = (flow: ConfirmFlow) => {
  const { slot, zone } = flow.state;
  return {
    value: flow.format.fullSpan(slot.startTime, slot.endTime, zone),
    help: zoneText(flow, zone, slot.startTime),
    isStrong: true,
    action: changeTo(flow, 'change-time')('changeTime'),
  };
};

const chosenPlace = ({ details, sessionType }: ConfirmBooking): Place | null => {
  const { locations } = sessionType;
  const { location } = details;
  if (location === undefined) return locations.length === 1 ? (locations[0] ?? null) : null;
  const offered = locations.find(
    (place) => place.kind === location.kind && place.location === location.location,
  );
  return offered ?? location;
};

const placeRow = (
  flow: ConfirmFlow,
  place: Place | null,
  action?: SummaryRow['action'],
): SummaryRow[] => {
  if (place === null) return [];
  const { title, help } = placeText(flow, place);
  return [
    {
      term: flow.texts('where'),
      value: html`<bdi>${title}</bdi>`,
      ...(help !== null && { help: html`<bdi>${help}</bdi>` }),
      action,
    },
  ];
};

const personRow = (
  flow: ConfirmFlow,
  { name, email, guests }: { name: string; email: string; guests: readonly string[] },
): SummaryRow => ({
  term: flow.texts('who'),
  value: html`<bdi>${name.trim()}</bdi>`,
  help:
    guests.length === 0
      ? html`<bdi>${email.trim()}</bdi>`
      : richText(flow, 'withGuests', {
          email: email.trim(),
          guests: html`${guests.map(
            (guest, index) => html`${index === 0 ? '' : ', '}<bdi>${guest}</bdi>`,
          )}`,
        }),
});

const answerRows = (flow: ConfirmFlow, { areOpen, toggle }: Answers): SummaryRow[] => {
  const { texts, state } = flow;
  const given = state.sessionType.questions.flatMap(({ question }) => {
    const answer = answerOf(state.details.answers, question).trim();
    return answer === '' ? [] : [{ question, answer }];
  });
  if (given.length === 0) return [];
  return [
    {
      term: texts('answers'),
      value: texts('answerCount', { count: given.length }),
      ...(areOpen && {
        help: html`<ul class="given">
          ${given.map(
            ({ question, answer }) =>
              html`<li><bdi>${question}</bdi><bdi class="written">${answer}</bdi></li>`,
          )}
        </ul>`,
      }),
      action: {
        word: texts(areOpen ? 'hide' : 'show'),
        name: texts(areOpen ? 'hideAnswers' : 'showAnswers'),
        isOpen: areOpen,
        press: toggle,
      },
    },
  ];
};
