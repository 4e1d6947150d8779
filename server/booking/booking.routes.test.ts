import { afterEach, describe, expect, it } from 'vitest';
import {
  createDeployment,
  pageOrigin,
  type Deployment,
  type DeploymentOptions,
} from '../../demo/sandbox/deployment.ts';
import type { AvailableTimesResponse, Slot } from '../contract/available-times.ts';
import type {
  BookingConfirmRequest,
  BookingConfirmResponse,
  BookingResponse,
} from '../contract/booking.ts';
import type { ErrorCode } from '../contract/error.ts';

/** What any answer may hold; a test reads what it expects to be there. */
interface Answer extends Omit<BookingConfirmResponse, 'success'> {
  code: ErrorCode;
  fields: Record<string, string>;
  slots: Slot[];
}
type BookingAnswer = Omit<BookingResponse, 'success'> & Pick<Answer, 'code' | 'slots'>;

let deployment: Deployment;
afterEach(() => deployment.close());

const deploy = async (options?: DeploymentOptions): Promise<Deployment> =>
  (deployment = await createDeployment(options));

async function slotsOf(sessionTypeId: string): Promise<Slot[]> {
  const { body } = await deployment.get<AvailableTimesResponse>(
    `/api/scheduling/calendly/available-times?sessionTypeId=${sessionTypeId}`,
  );
  return body.slots;
}

async function slotOf(sessionTypeId: string, index = 0): Promise<Slot> {
  const slot = (await slotsOf(sessionTypeId))[index];
  if (!slot) throw new Error(`${sessionTypeId} has no free slot ${index}`);
  return slot;
}

const timeSlotOf = ({ startTime, endTime, schedulingUrl }: Slot) => ({
  startTime,
  endTime,
  schedulingUrl,
});

const introCall = (
  slot: Slot,
  part: Partial<BookingConfirmRequest> = {},
): BookingConfirmRequest => ({
  sessionTypeId: 'intro-call',
  timeSlot: { startTime: slot.startTime, endTime: slot.endTime, schedulingUrl: slot.schedulingUrl },
  clientDetails: { name: 'Ada Okafor', email: 'ada@example.com', timezone: 'Europe/London' },
  answers: [{ question: 'What would you like to talk about?', answer: 'Prices' }],
  ...part,
});

const workshop = (slot: Slot, email: string): BookingConfirmRequest => ({
  sessionTypeId: 'pricing-workshop',
  timeSlot: { startTime: slot.startTime, endTime: slot.endTime, schedulingUrl: slot.schedulingUrl },
  clientDetails: { name: 'Ada Okafor', email, timezone: 'Europe/London' },
});

const confirm = (request: unknown, key = 'key-1') =>
  deployment.post<Answer>('/api/scheduling/bookings/confirm', request, {
    'idempotency-key': key,
  });

const read = (booking: { id: string; token: string }) =>
  deployment.get<BookingAnswer>(`/api/scheduling/bookings/${booking.id}`, {
    headers: { authorization: `Bearer ${booking.token}` },
  });

const act = (
  booking: { id: string; token: string },
  action: string,
  body: unknown = {},
  key = 'act-1',
) =>
  deployment.post<BookingAnswer>(`/api/scheduling/bookings/${booking.id}/${action}`, body, {
    authorization: `Bearer ${booking.token}`,
    'idempotency-key': key,
  });

const activeTracking = {
  utm_campaign: null,
  utm_source: null,
  utm_medium: null,
  utm_content: null,
  utm_term: null,
};

const bookingPosts = () => deployment.calendly.calls({ method: 'POST', path: /^\/invitees$/ });
const activeInvitees = () =>
  deployment.calendly.state.invitees.filter(
    ({ status, tracking }) => status === 'active' && tracking.salesforce_uuid !== null,
  );

describe('confirming a free booking', () => {
  it('creates the invitee in Calendly, keeps the booking and mails the invitee', async () => {
    await deploy();
    const slot = await slotOf('intro-call');
    const { status, body } = await confirm(introCall(slot));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      success: true,
      paymentRequired: false,
      booking: { status: 'confirmed', startTime: slot.startTime, endTime: slot.endTime },
    });
    expect(body.booking.token).toMatch(/^[\w-]{43}$/);
    expect(body.booking.confirmationUrl).toBe(
      `https://book.example.com/bookings/${body.booking.id}#${body.booking.token}`,
    );
    expect(activeInvitees()).toHaveLength(1);
    expect(activeInvitees()[0]).toMatchObject({
      email: 'ada@example.com',
      timezone: 'Europe/London',
      tracking: { ...activeTracking, salesforce_uuid: body.booking.id },
    });
    await deployment.settle();
    expect(deployment.mails).toHaveLength(1);
    expect(deployment.mails[0]?.to.address).toBe('ada@example.com');
    expect(deployment.mails[0]?.text).toContain(body.booking.confirmationUrl);
    const stored = await read(body.booking);
    expect(stored.body.booking).toMatchObject({ status: 'confirmed', email: 'ada@example.com' });
  });

  it('gives the same booking for the same key, token included, without asking Calendly again', async () => {
    await deploy();
    const request = introCall(await slotOf('intro-call'));
    const first = await confirm(request);
    const second = await confirm(request);
    expect(second.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect(bookingPosts()).toHaveLength(1);
  });

  it('gives one booking for the same key sent many times at once', async () => {
    await deploy();
    const request = introCall(await slotOf('intro-call'));
    const answers = await Promise.all(Array.from({ length: 10 }, () => confirm(request)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.booking.token)).size).toBe(1);
    expect(bookingPosts()).toHaveLength(1);
  });

  it('refuses the same key with other details', async () => {
    await deploy();
    const slot = await slotOf('intro-call');
    await confirm(introCall(slot));
    const other = await confirm(introCall(slot, { notes: 'something else' }));
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } });
  });

  it('answers a lost race with 409 and the nearest free times', async () => {
    await deploy();
    const slot = await slotOf('intro-call', 3);
    await confirm(introCall(slot), 'first');
    const { status, body } = await confirm(introCall(slot), 'second');
    expect(status).toBe(409);
    expect(body.code).toBe('slot_taken');
    expect(body.slots.length).toBeGreaterThan(0);
    expect(body.slots.map(({ startTime }) => startTime)).not.toContain(slot.startTime);
  });

  it('lets one of two hundred visitors have the one seat and asks Calendly to book once', async () => {
    await deploy();
    const slot = await slotOf('intro-call');
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => confirm(introCall(slot), `visitor-${index}`)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(199);
    expect(bookingPosts()).toHaveLength(1);
  });

  it('sells every seat of a group once', async () => {
    await deploy();
    const slot = (await slotsOf('pricing-workshop')).find(
      ({ inviteesRemaining }) => inviteesRemaining === 6,
    );
    if (!slot) throw new Error('no workshop with all its seats free');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        confirm(workshop(slot, `guest${index}@example.com`), `guest-${index}`),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(6);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(14);
    expect(activeInvitees()).toHaveLength(6);
  });

  it('sells no two overlapping times of one host, whatever the session types', async () => {
    await deploy();
    const intro = await slotOf('intro-call', 4);
    const visits = (await slotsOf('on-site-visit')).filter(
      ({ startTime, endTime }) => startTime < intro.endTime && intro.startTime < endTime,
    );
    const [visit] = visits;
    if (!visit) return;
    const answers = await Promise.all([
      confirm(introCall(intro), 'a'),
      confirm(
        {
          ...introCall(visit),
          sessionTypeId: 'on-site-visit',
          location: { kind: 'zoom_conference' },
          answers: [{ question: 'How many will you be?', answer: 'Just me' }],
        },
        'b',
      ),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  it('tells the visitor when a stranger took the slot in the last moment', async () => {
    await deploy();
    const slot = await slotOf('intro-call');
    deployment.calendly.trouble.slotTakenNext = 1;
    const { status, body } = await confirm(introCall(slot));
    expect(status).toBe(409);
    expect(body.code).toBe('slot_taken');
    expect(activeInvitees()).toHaveLength(0);
    await deployment.settle();
    expect(deployment.mails).toHaveLength(0);
  });

  it('says which fields are wrong and stores nothing', async () => {
    await deploy();
    const slot = await slotOf('intro-call');
    const { status, body } = await confirm({
      ...introCall(slot),
      clientDetails: { name: '', email: 'ada@', timezone: 'Mars/Olympus' },
      price: 1,
    });
    expect(status).toBe(400);
    expect(Object.keys(body.fields).toSorted()).toEqual([
      'clientDetails.email',
      'clientDetails.name',
      'clientDetails.timezone',
      'price',
    ]);
    expect(await deployment.db.selectFrom('booking').selectAll().execute()).toEqual([]);
  });

  it('asks for the answers that the event type requires', async () => {
    await deploy();
    const slot = await slotOf('intro-call');
    const { status, body } = await confirm(introCall(slot, { answers: [] }));
    expect(status).toBe(400);
    expect(body.fields).toEqual({
      'answers[What would you like to talk about?]': 'Please answer this one.',
    });
  });

  it('reads the questions again when the host has changed one meanwhile', async () => {
    await deploy();
    const slot = await slotOf('intro-call');
    const [first, ...rest] =
      deployment.calendly.state.eventTypes.find(({ slug }) => slug === 'intro-call')
        ?.custom_questions ?? [];
    if (!first) throw new Error('no question');
    deployment.calendly.editEventType('intro-call', {
      custom_questions: [{ ...first, name: 'Your topic?' }, ...rest],
    });
    const stale = await confirm(introCall(slot));
    expect(stale).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    const fresh = await confirm(
      introCall(slot, { answers: [{ question: 'Your topic?', answer: 'Prices' }] }),
    );
    expect(fresh.status).toBe(200);
  });

  it('hands the visitor to Calendly when the quota is used up, and closes the booking when they finish there', async () => {
    await deploy();
    await deployment.app.subscribe();
    const slot = await slotOf('intro-call');
    deployment.calendly.trouble.quotaUsedUp = true;
    const { status, body } = await confirm(introCall(slot));
    expect(status).toBe(200);
    expect(body.booking.status).toBe('awaiting_invitee');
    const page = new URL(body.booking.continueUrl ?? '');
    expect(page.searchParams.get('email')).toBe('ada@example.com');
    expect(page.searchParams.get('a1')).toBe('Prices');
    expect(page.searchParams.get('salesforce_uuid')).toBe(body.booking.id);

    const form = await deployment.calendly.fetch(new Request(page));
    expect(form.status).toBe(200);
    deployment.calendly.bookAsStranger('intro-call', slot.startTime, {
      email: 'ada@example.com',
      name: 'Ada Okafor',
      tracking: { ...activeTracking, salesforce_uuid: body.booking.id },
    });
    await deployment.settle();
    expect((await read(body.booking)).body.booking).toMatchObject({
      status: 'confirmed',
      continueUrl: null,
    });
    await deployment.settle();
    expect(deployment.mails).toHaveLength(1);
  });

  it('answers 503 and keeps nothing when Calendly is down', async () => {
    await deploy();
    const slot = await slotOf('intro-call');
    deployment.calendly.trouble.down = 'json-503';
    const answer = confirm(introCall(slot));
    await deployment.clock.advance(10_000);
    expect((await answer).status).toBe(503);
    expect(await deployment.db.selectFrom('booking').selectAll().execute()).toEqual([]);
  });
});

describe('a booking whose reply from Calendly was lost', () => {
  for (const [form, executed] of [
    ['done', true],
    ['not done', false],
  ] as const) {
    it(`is booked once when it was ${form}`, async () => {
      await deploy();
      const slot = await slotOf('intro-call', 5);
      deployment.calendly.trouble.dropReplyAfter.push({
        route: 'POST /invitees',
        how: 'hang',
        executed,
      });
      const answer = confirm(introCall(slot));
      await deployment.clock.advance(9_000);
      const { status, body } = await answer;
      expect(status).toBe(200);
      expect(body.booking.status).toBe('scheduling');
      await deployment.pass(60_000);
      expect((await read(body.booking)).body.booking.status).toBe('confirmed');
      expect(activeInvitees()).toHaveLength(1);
      expect(bookingPosts()).toHaveLength(executed ? 1 : 2);
    });
  }
});

describe('changing a booking', () => {
  async function booked(): Promise<BookingConfirmResponse['booking']> {
    await deploy();
    await deployment.app.subscribe();
    const { body } = await confirm(introCall(await slotOf('intro-call')));
    await deployment.settle();
    return body.booking;
  }

  /** The worker of a real process runs by itself; here somebody has to turn it. */
  async function turning<T>(answer: Promise<T>): Promise<T> {
    let over = false;
    const ended = answer.finally(() => (over = true));
    while (!over) await deployment.pass(250);
    return ended;
  }

  it('cancels in Calendly, in the database and by mail', async () => {
    const booking = await booked();
    const { status, body } = await turning(act(booking, 'cancel', { reason: 'ill' }));
    expect(status).toBe(200);
    expect(body.booking).toMatchObject({ status: 'canceled', canceledBy: 'invitee' });
    await deployment.settle();
    expect(activeInvitees()).toHaveLength(0);
    expect(deployment.mails).toHaveLength(2);
    expect(deployment.mails[1]?.calendar).toContain('STATUS:CANCELLED');
  });

  it('cancels once, however often it is asked', async () => {
    const booking = await booked();
    const [first, second] = await turning(
      Promise.all([act(booking, 'cancel'), act(booking, 'cancel')]),
    );
    expect([first?.status, second?.status]).toEqual([200, 200]);
    await deployment.settle();
    expect(deployment.mails).toHaveLength(2);
    expect(deployment.calendly.calls({ method: 'POST', path: /cancellation$/ })).toHaveLength(1);
  });

  it('shows a cancellation by the host', async () => {
    const booking = await booked();
    const [invitee] = activeInvitees();
    deployment.calendly.cancelAsHost(invitee?.event ?? '', 'Flu');
    await deployment.settle();
    expect((await read(booking)).body.booking).toMatchObject({
      status: 'canceled',
      canceledBy: 'host',
      cancelReason: 'Flu',
    });
  });

  it('moves a booking: the new time first, then the old one goes', async () => {
    const booking = await booked();
    const other = await slotOf('intro-call', 6);
    const { schedulingUrl, startTime, endTime } = other;
    const { status, body } = await act(booking, 'reschedule', {
      timeSlot: { startTime, endTime, schedulingUrl },
    });
    expect(status).toBe(200);
    expect(body.booking).toMatchObject({ status: 'confirmed', startTime });
    await deployment.settle();
    expect((await read(booking)).body.booking).toMatchObject({
      status: 'rescheduled',
      rescheduledTo: body.booking.id,
    });
    // The same token opens the new one.
    expect((await read({ id: body.booking.id, token: booking.token })).status).toBe(200);
    expect(activeInvitees().map(({ email }) => email)).toEqual(['ada@example.com']);
    const mail = deployment.mails.at(-1);
    expect(mail?.calendar).toContain(`UID:${booking.id}@`);
    expect(mail?.calendar).toContain('SEQUENCE:1');
    expect(deployment.mails).toHaveLength(2);
  });

  it('keeps the old time when the new one is gone', async () => {
    const booking = await booked();
    const { startTime, endTime, schedulingUrl } = await slotOf('intro-call', 6);
    deployment.calendly.bookAsStranger('intro-call', startTime);
    const { status, body } = await act(booking, 'reschedule', {
      timeSlot: { startTime, endTime, schedulingUrl },
    });
    expect(status).toBe(409);
    expect(body.code).toBe('slot_taken');
    expect((await read(booking)).body.booking.status).toBe('confirmed');
  });

  it('can be moved again while an earlier move still waits on Calendly’s own page', async () => {
    const booking = await booked();
    const [one, two] = [await slotOf('intro-call', 6), await slotOf('intro-call', 8)];
    deployment.calendly.trouble.quotaUsedUp = true;
    const waiting = await act(booking, 'reschedule', { timeSlot: timeSlotOf(one) }, 'first');
    expect(waiting.body.booking.status).toBe('awaiting_invitee');
    deployment.calendly.trouble.quotaUsedUp = false;
    const moved = await act(booking, 'reschedule', { timeSlot: timeSlotOf(two) }, 'second');
    expect(moved.body.booking).toMatchObject({ status: 'confirmed', startTime: two.startTime });
    const given = await read({ id: waiting.body.booking.id, token: booking.token });
    expect(given.body.booking.status).toBe('canceled');
  });

  it('is moved once when two tabs move it at the same time', async () => {
    const booking = await booked();
    const [one, two] = [await slotOf('intro-call', 6), await slotOf('intro-call', 8)];
    const answers = await Promise.all(
      [one, two].map(({ startTime, endTime, schedulingUrl }, index) =>
        act(
          booking,
          'reschedule',
          { timeSlot: { startTime, endTime, schedulingUrl } },
          `tab-${index}`,
        ),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    await deployment.settle();
    expect(activeInvitees()).toHaveLength(1);
  });

  for (const order of ['canceled-first', 'created-first'] as const) {
    it(`follows a move on Calendly's own page, ${order}`, async () => {
      const booking = await booked();
      deployment.calendly.trouble.webhookOrder = order;
      const other = await slotOf('intro-call', 6);
      deployment.calendly.rescheduleAsInvitee(activeInvitees()[0]?.uri ?? '', other.startTime);
      await deployment.settle();
      const old = (await read(booking)).body.booking;
      expect(old.status).toBe('rescheduled');
      const moved = await read({ id: old.rescheduledTo ?? '', token: booking.token });
      expect(moved.body.booking).toMatchObject({ status: 'confirmed', startTime: other.startTime });
      expect(await deployment.db.selectFrom('booking').selectAll().execute()).toHaveLength(2);
    });
  }

  it('reaches the same state by the sweep when every webhook is lost', async () => {
    const booking = await booked();
    deployment.calendly.trouble.webhooksLost = true;
    const other = await slotOf('intro-call', 6);
    const moved = deployment.calendly.rescheduleAsInvitee(
      activeInvitees()[0]?.uri ?? '',
      other.startTime,
    );
    await deployment.app.sweep();
    await deployment.settle();
    const old = (await read(booking)).body.booking;
    expect(old.status).toBe('rescheduled');
    deployment.calendly.cancelAsInvitee(moved.uri);
    await deployment.app.sweep();
    await deployment.settle();
    expect(
      (await read({ id: old.rescheduledTo ?? '', token: booking.token })).body.booking.status,
    ).toBe('canceled');
  });

  it('sends the invitee of a group to Calendly, where one seat alone can be given back', async () => {
    await deploy();
    const { body } = await confirm(workshop(await slotOf('pricing-workshop'), 'ada@example.com'));
    const canceled = await act(body.booking, 'cancel');
    expect(canceled.body.booking.status).toBe('confirmed');
    expect(canceled.body.booking.continueUrl).toContain('/cancellations/');
    expect(deployment.calendly.calls({ method: 'POST', path: /cancellation$/ })).toHaveLength(0);
  });
});

describe('mails about one booking', () => {
  it('arrive in the order in which things happened, and none says what is no longer so', async () => {
    let greylisted = 1;
    const sent: string[] = [];
    await deploy({
      mailer: {
        async send({ subject }) {
          if (greylisted-- > 0) return { outcome: 'retry', detail: 'not now' };
          sent.push(subject.split(':')[0] ?? '');
          return { outcome: 'sent' };
        },
      },
    });
    const { booking } = (await confirm(introCall(await slotOf('intro-call', 4)))).body;
    await deployment.settle();
    const canceled = await deployment.until(act(booking, 'cancel'));
    expect(canceled?.body.booking.status).toBe('canceled');
    for (let seconds = 0; seconds < 30; seconds += 5) await deployment.pass(5_000);
    expect(sent).toEqual(['Canceled']);
  });

  it('do not wait for a note to the host', async () => {
    const sent: string[] = [];
    await deploy({
      mailer: {
        async send({ subject, to }) {
          if (to.address !== 'ada@example.com') return { outcome: 'retry', detail: 'not now' };
          sent.push(subject.split(':')[0] ?? '');
          return { outcome: 'sent' };
        },
      },
    });
    deployment.calendly.editEventType('intro-call', { custom_questions: [] });
    const request = introCall(await slotOf('intro-call', 4), { answers: [], notes: 'Hello' });
    const { booking } = (await confirm(request)).body;
    await deployment.settle();
    await deployment.until(act(booking, 'cancel'));
    for (let seconds = 0; seconds < 30; seconds += 5) await deployment.pass(5_000);
    expect(sent).toEqual(['Booked', 'Canceled']);
  });
});

describe('who may see and change a booking', () => {
  it('is whoever has its token, and nobody else', async () => {
    await deploy();
    const slot = await slotOf('intro-call');
    const { booking } = (await confirm(introCall(slot), 'mine')).body;
    const other = (await confirm(introCall(await slotOf('intro-call', 6)), 'theirs')).body.booking;
    const { token } = other;
    for (const attempt of [
      await read({ id: booking.id, token }),
      await act({ id: booking.id, token }, 'cancel'),
      await act({ id: booking.id, token }, 'reschedule', {}),
      await read({ id: 'no-such-booking', token }),
      await read({ id: booking.id, token: '' }),
    ]) {
      expect(attempt).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
    }
    const [row] = await deployment.db
      .selectFrom('booking')
      .selectAll()
      .where('id', '=', booking.id)
      .execute();
    expect(JSON.stringify(row)).not.toContain(booking.token);
  });

  it('refuses a page that is not allowed before anything is done', async () => {
    await deploy();
    const request = introCall(await slotOf('intro-call'));
    const response = await deployment.request('/api/scheduling/bookings/confirm', {
      method: 'POST',
      body: JSON.stringify(request),
      headers: { 'content-type': 'application/json', origin: 'https://elsewhere.example' },
    });
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(bookingPosts()).toHaveLength(0);
  });

  it('lets an allowed page read answers, errors included', async () => {
    await deploy();
    const response = await deployment.request('/api/scheduling/bookings/confirm', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('access-control-allow-origin')).toBe(pageOrigin);
  });
});
