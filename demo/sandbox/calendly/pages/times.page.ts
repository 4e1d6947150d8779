import { html } from 'hono/html';
import type { Markup } from '../../page/layout.ts';
import { type OpenSlot, openSlots } from '../availability.ts';
import { type Core, instant } from '../core.ts';
import { localDate } from '../local-days.ts';
import { noDigits } from '../present.ts';
import type { EventType, User } from '../resources.ts';
import { dayOf, timeOf } from './hosted-layout.ts';

const day = 24 * 60 * 60_000;

/** The free times of the coming weeks by day; `linkTo` says what choosing one means. */
export function timesList(
  core: Core,
  host: User,
  eventType: EventType,
  chooseTime: (start: string, label: Markup) => Markup,
): Markup {
  const now = core.clock.now();
  const slots = core.trouble.noFreeTimes
    ? []
    : openSlots(core, eventType, now + 1, now + eventType.rules.bookable_days * day);
  if (slots.length === 0) return html`<p>There are no free times at the moment.</p>`;
  const days = Map.groupBy(slots, (slot) => localDate(slot.startMs, host.timezone));
  const label = (slot: OpenSlot): Markup =>
    html`${timeOf(slot.startMs, host.timezone)}${eventType.rules.seats > 1 ? html`<small>${slot.seatsLeft} left</small>` : ''}`;
  return html`<p class="muted">All times are ${host.timezone} time.</p>
    ${[...days.values()].map((ofDay) => {
      const [first] = ofDay;
      return html`<section class="day">
        <h2>${first ? dayOf(first.startMs, host.timezone) : ''}</h2>
        <ul class="times">
          ${ofDay.map((slot) => html`<li>${chooseTime(noDigits(instant(slot.startMs)), label(slot))}</li>`)}
        </ul>
      </section>`;
    })}`;
}
