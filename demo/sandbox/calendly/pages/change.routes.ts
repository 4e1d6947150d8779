import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { Markup } from '../../page/layout.ts';
import { parseInstant } from '../api/query.ts';
import { type Core, eventOf, eventTypePage, known } from '../core.ts';
import type { InviteeActions } from '../invitee-actions.ts';
import {
  type EventType,
  type Invitee,
  lastSegment,
  type ScheduledEvent,
  type User,
} from '../resources.ts';
import { notFoundPage, pageAnswer, whenOf } from './hosted-layout.ts';
import { timesList } from './times.page.ts';

interface Booked {
  invitee: Invitee;
  event: ScheduledEvent;
  eventType: EventType;
  host: User;
}

const told = (title: string, text: string, status = 200): Promise<Response> =>
  pageAnswer(
    title,
    html`<section class="card">
      <h1>${title}</h1>
      <p>${text}</p>
    </section>`,
    status,
  );

const facts = (booked: Booked): Markup =>
  html`<p>
    ${booked.eventType.name} with ${booked.host.name}<br />${whenOf(booked.event, booked.host)}<br />${booked.invitee.name}
  </p>`;

/** The pages behind `cancel_url` and `reschedule_url`: whoever has the link may act. */
export function changePages(core: Core, actions: InviteeActions): Hono {
  const find = (context: Context): Booked | undefined => {
    const id = context.req.param('id');
    const invitee = core.state.invitees.find(({ uri }) => lastSegment(uri) === id);
    if (!invitee) return undefined;
    const event = eventOf(core, invitee);
    const eventType = known(core.state.eventTypes, event.event_type);
    return { invitee, event, eventType, host: known(core.state.users, eventType.rules.owner) };
  };

  /** What stands in the way of any change, as an answer. */
  const obstacle = ({ invitee, event }: Booked): Promise<Response> | undefined => {
    if (invitee.status === 'canceled')
      return told('This event is already canceled', 'There is nothing left to change.', 409);
    if (Date.parse(event.start_time) <= core.clock.now())
      return told('This event is in the past', 'It cannot be changed any more.', 409);
    return undefined;
  };

  const at =
    (show: (booked: Booked, context: Context) => Promise<Response>) =>
    (context: Context): Promise<Response> => {
      const booked = find(context);
      return booked ? (obstacle(booked) ?? show(booked, context)) : notFoundPage();
    };

  const reasonField = html`<label class="field"
    >Reason (optional)<textarea name="reason" rows="3"></textarea>
  </label>`;

  const readForm = async (context: Context): Promise<URLSearchParams> =>
    new URLSearchParams(await context.req.text());

  const showTimes = (booked: Booked, notice?: string): Promise<Response> =>
    pageAnswer(
      'Reschedule',
      html`<section class="card">
        <h1>Reschedule</h1>
        ${notice ? html`<p class="notice" role="alert">${notice}</p>` : ''} ${facts(booked)}
        <form method="post">
          ${reasonField}
          ${timesList(core, booked.host, booked.eventType, (start, label) => html`<button class="button" name="start_time" value="${start}">${label}</button>`)}
        </form>
      </section>`,
      notice ? 409 : 200,
    );

  return new Hono()
    .get(
      '/cancellations/:id',
      at((booked) =>
        pageAnswer(
          'Cancel event',
          html`<section class="card">
            <h1>Cancel event?</h1>
            ${facts(booked)}
            <form method="post">${reasonField}<button class="danger">Cancel event</button></form>
          </section>`,
        ),
      ),
    )
    .post(
      '/cancellations/:id',
      at(async (booked, context) => {
        const reason = (await readForm(context)).get('reason')?.trim();
        actions.cancel(booked.invitee, reason || null);
        return told(
          'Cancellation confirmed',
          `${booked.eventType.name} will not take place for you.`,
        );
      }),
    )
    .get(
      '/reschedulings/:id',
      at((booked) => showTimes(booked)),
    )
    .post(
      '/reschedulings/:id',
      at(async (booked, context) => {
        const form = await readForm(context);
        const startMs = parseInstant(form.get('start_time') ?? '');
        if (startMs === undefined) return showTimes(booked, 'Please choose a time.');
        const moved = actions.move(booked.invitee, startMs, form.get('reason')?.trim() || null);
        if (!moved)
          return showTimes(booked, 'This time is no longer free. Please choose another one.');
        const path = new URL(eventTypePage(core, booked.eventType)).pathname;
        return context.redirect(`${path}/invitees/${lastSegment(moved.uri)}`, 303);
      }),
    );
}
