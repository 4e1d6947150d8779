import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { parseInstant } from '../api/query.ts';
import { openSlotAt } from '../availability.ts';
import { type Core, eventOf, eventTypePage, known } from '../core.ts';
import type { InviteeActions } from '../invitee-actions.ts';
import { type EventType, lastSegment, type SchedulingLink, type User } from '../resources.ts';
import { entriesFromForm, entriesFromLink, problemsWith, strangerFrom } from './booking-form.ts';
import { bookingForm } from './booking-form.page.ts';
import { heading, notFoundPage, pageAnswer, whenOf } from './hosted-layout.ts';
import { timesList } from './times.page.ts';

interface Place {
  host: User;
  eventType: EventType;
  /** The page's own address, below which its times are. */
  path: string;
  link?: SchedulingLink;
}

const hostOf = (core: Core, eventType: EventType): User =>
  known(core.state.users, eventType.rules.owner);

const slotGone = (place: Place): Promise<Response> =>
  pageAnswer(
    place.eventType.name,
    html`<section class="card">
      ${heading(place.host, place.eventType)}
      <p class="notice" role="alert">This time is no longer free. Please choose another one.</p>
      <p><a class="button" href="${place.path}">Other times</a></p>
    </section>`,
    409,
  );

/** Pages on which an invitee books: a user's list, an event type, a single-use link. */
export function bookingPages(core: Core, actions: InviteeActions): Hono {
  const findPlace = (context: Context): Place | undefined => {
    const { user, slug } = context.req.param() as { user?: string; slug?: string };
    const host = core.state.users.find((candidate) => candidate.slug === user);
    const eventType = core.state.eventTypes.find(
      (candidate) =>
        candidate.rules.owner === host?.uri &&
        (candidate.slug ?? lastSegment(candidate.uri)) === slug,
    );
    if (!host || !eventType || !eventType.active || eventType.deleted_at) return undefined;
    return { host, eventType, path: `/${host.slug}/${slug}` };
  };

  const findLinkedPlace = (context: Context): Place | undefined => {
    const link = core.state.links.find(({ id }) => id === context.req.param('link'));
    const eventType = link && known(core.state.eventTypes, link.event_type);
    if (!link || link.used || !eventType?.active) return undefined;
    return {
      host: hostOf(core, eventType),
      eventType,
      path: new URL(link.booking_url).pathname,
      link,
    };
  };

  const showTimes = (place: Place, context: Context): Promise<Response> => {
    const { search } = new URL(context.req.url);
    return pageAnswer(
      place.eventType.name,
      html`<section class="card">
        ${heading(place.host, place.eventType)}
        ${timesList(core, place.host, place.eventType, (start, label) => html`<a class="button" href="${place.path}/${start}${search}">${label}</a>`)}
      </section>`,
    );
  };

  const showForm = (place: Place, context: Context): Promise<Response> => {
    const startMs = parseInstant(context.req.param('start') ?? '');
    if (startMs === undefined) return notFoundPage();
    if (!openSlotAt(core, place.eventType, startMs)) return slotGone(place);
    const query = new URL(context.req.url).searchParams;
    const entries = entriesFromLink(place.eventType, query, place.host.timezone);
    return pageAnswer(
      place.eventType.name,
      html`<section class="card">
        ${heading(place.host, place.eventType, startMs)}
        ${bookingForm(place.eventType, entries, [])}
        <p><a href="${place.path}">Other times</a></p>
      </section>`,
    );
  };

  const takeForm = async (place: Place, context: Context): Promise<Response> => {
    const startMs = parseInstant(context.req.param('start') ?? '');
    if (startMs === undefined) return notFoundPage();
    const form = new URLSearchParams(await context.req.text());
    const entries = entriesFromForm(place.eventType, form);
    const problems = problemsWith(place.eventType, entries);
    if (problems.length > 0)
      return pageAnswer(
        place.eventType.name,
        html`<section class="card">
          ${heading(place.host, place.eventType, startMs)}
          ${bookingForm(place.eventType, entries, problems)}
        </section>`,
        422,
      );
    const invitee = actions.book(place.eventType, startMs, strangerFrom(place.eventType, entries));
    if (!invitee) return slotGone(place);
    if (place.link) place.link.used = true;
    const id = lastSegment(invitee.uri);
    return context.redirect(
      `${new URL(eventTypePage(core, place.eventType)).pathname}/invitees/${id}`,
      303,
    );
  };

  const showBooked = (context: Context): Promise<Response> => {
    const id = context.req.param('id');
    const invitee = core.state.invitees.find(({ uri }) => lastSegment(uri) === id);
    if (!invitee) return notFoundPage();
    const event = eventOf(core, invitee);
    const eventType = known(core.state.eventTypes, event.event_type);
    const host = hostOf(core, eventType);
    return pageAnswer(
      'You are scheduled',
      html`<section class="card">
        <h1>${invitee.status === 'active' ? 'You are scheduled' : 'This event is canceled'}</h1>
        <p>${eventType.name} with ${host.name}<br />${whenOf(event, host)}</p>
        <p>An invitation has been e-mailed to ${invitee.email}.</p>
        ${
          invitee.status === 'active'
            ? html`<p class="row">
                <a class="button" href="/reschedulings/${id}">Reschedule</a
                ><a class="button" href="/cancellations/${id}">Cancel</a>
              </p>`
            : ''
        }
      </section>`,
    );
  };

  const showUser = (context: Context): Promise<Response> => {
    const host = core.state.users.find(({ slug }) => slug === context.req.param('user'));
    if (!host) return notFoundPage();
    const offered = core.state.eventTypes.filter(
      (eventType) => eventType.rules.owner === host.uri && eventType.active && !eventType.secret,
    );
    return pageAnswer(
      host.name,
      html`<section class="card">
        <h1>${host.name}</h1>
        <ul class="types">
          ${offered.map(
            (eventType) =>
              html`<li>
                <a class="button" href="${new URL(eventTypePage(core, eventType)).pathname}"
                  >${eventType.name}<small>${eventType.duration} min</small></a
                >
              </li>`,
          )}
        </ul>
      </section>`,
    );
  };

  const at =
    (
      find: (context: Context) => Place | undefined,
      show: (place: Place, context: Context) => Promise<Response>,
    ) =>
    (context: Context): Promise<Response> => {
      const place = find(context);
      return place ? show(place, context) : notFoundPage();
    };

  return new Hono()
    .get('/d/:link/:slug', at(findLinkedPlace, showTimes))
    .get('/d/:link/:slug/:start', at(findLinkedPlace, showForm))
    .post('/d/:link/:slug/:start', at(findLinkedPlace, takeForm))
    .get('/:user/:slug/invitees/:id', showBooked)
    .get('/:user/:slug/:start', at(findPlace, showForm))
    .post('/:user/:slug/:start', at(findPlace, takeForm))
    .get('/:user/:slug', at(findPlace, showTimes))
    .get('/:user', showUser);
}
