import { html, nothing, type TemplateResult } from 'lit';
import type { Flow } from '../flow/context.ts';
import type { SessionType, State } from '../flow/state.ts';
import { icon, type paths } from '../styles/icon.ts';
import { locationText } from './location-text.ts';
import { priceText } from './price-text.ts';
import { zoneText } from './zone-text.ts';

/** What is being booked, beside or above every step. */
export const summary = (flow: Flow): TemplateResult => {
  const { sessionType } = flow.state;
  return html`<header class="summary" part="summary">
    ${sessionType === null ? bones(flow) : about(flow, sessionType)}
  </header>`;
};

const about = (flow: Flow, { title, host, description }: SessionType) =>
  html`${host === null ? nothing : who(host.name)}
    <h2 class="title" part="title"><bdi>${title}</bdi></h2>
    ${
      flow.options.sessionTypeId === null && flow.state.step === 'SELECT_TIME'
        ? html`<booking-other-session></booking-other-session>`
        : nothing
    }
    ${facts(flow)}
    ${
      description
        ? html`<p class="description" part="description"><bdi>${description}</bdi></p>`
        : nothing
    }
    ${progress(flow)}`;

const initials = (name: string): string => {
  const letters = name.match(/(?<!\S)\S/gu) ?? [];
  return [letters[0], letters.slice(1).at(-1)].join('').toUpperCase();
};

export const who = (name: string): TemplateResult =>
  html`<div class="host" part="host">
    <span class="avatar" part="avatar" aria-hidden="true">${initials(name)}</span>
    <bdi>${name}</bdi>
  </div>`;

const fact = (name: keyof typeof paths, text: string, className = '') =>
  html`<li class=${className}>${icon(name)}<span>${text}</span></li>`;

const facts = (flow: Flow) => {
  const { state, format, texts, today } = flow;
  const { zone, sessionType, slot, step } = state;
  const place =
    state.details?.location ??
    (sessionType?.locations.length === 1 ? sessionType.locations[0] : undefined);
  return html`<ul class="facts" part="facts">
    ${fact(
      'calendar',
      slot === null ? texts('noTimeChosen') : format.span(slot.startTime, slot.endTime, zone),
      slot === null ? 'when' : `when chosen ${step}`,
    )}
    ${
      sessionType === null
        ? nothing
        : html`${fact('clock', format.minutes(sessionType.duration))}
          ${fact('card', priceText(flow, sessionType), 'price')}
          ${
            sessionType.locations.length === 0
              ? nothing
              : fact(
                  'place',
                  place === undefined
                    ? texts('places', { count: sessionType.locations.length })
                    : locationText(flow, place),
                )
          }
          ${sessionType.kind === 'group' ? fact('people', texts('group'), 'group') : nothing}`
    }
    ${fact('globe', zoneText(flow, zone, slot?.startTime ?? `${today}T12:00Z`), 'zone')}
  </ul>`;
};

const STEPS = { SELECT_TIME: 1, ENTER_DETAILS: 2, CONFIRM_BOOKING: 3, PROCESS_PAYMENT: 3 } as const;
const NAMES = ['stepTime', 'stepDetails', 'stepConfirm'] as const;

const progress = ({ state, texts }: Flow) => {
  if (state.step === 'BOOKING_COMPLETE' || state.moving !== null) return nothing;
  const count = STEPS[state.step];
  const name = texts(
    state.step === 'PROCESS_PAYMENT' ? 'stepPayment' : (NAMES[count - 1] ?? 'stepTime'),
  );
  return html`<div class="progress" part="progress">
    ${NAMES.map((_, index) => html`<i class=${index < count ? 'done' : ''}></i>`)}
    <span class="small">${texts('step', { count, total: NAMES.length, name })}</span>
  </div>`;
};

const isLoading = (state: State): boolean =>
  ('phase' in state ? state.phase : 'record' in state ? state.record : null)?.is === 'loading';

// Before it is known what is booked: the same lines, or what there is to say without.
const bones = (flow: Flow) =>
  !isLoading(flow.state)
    ? html`<h2 class="title" part="title">${flow.texts('booking')}</h2>
        ${progress(flow)}`
    : html`<div class="host late"><i class="avatar block"></i><i class="block b1"></i></div>
        <div class="title late"><i class="block b2"></i></div>
        <ul class="facts late">
          <li class="when"><i class="block b1"></i></li>
          ${[1, 2, 3].map(() => html`<li class="block b1"></li>`)}
        </ul>
        ${progress(flow)}`;
