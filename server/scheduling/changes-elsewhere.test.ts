import { afterEach, describe, expect, it } from 'vitest';
import {
  createDeployment,
  type Deployment,
  type DeploymentOptions,
} from '../../demo/sandbox/deployment.ts';
import type { AvailableTimesResponse, Slot } from '../contract/available-times.ts';
import type { Booking, BookingConfirmRequest, ConfirmedBooking } from '../contract/booking.ts';

/** What people do on Calendly's own pages, and what of it we hear of late, or only by looking. */

let deployment: Deployment;
afterEach(() => deployment.close());

const unheard = { webhooksLost: true };

async function deploy(trouble: object = {}, options?: DeploymentOptions): Promise<void> {
  deployment = await createDeployment(options);
  await deployment.app.subscribe();
  Object.assign(deployment.calendly.trouble, trouble);
}

async function slotsOf(sessionTypeId: string): Promise<Slot[]> {
  const { body } = await deployment.get<AvailableTimesResponse>(
    `/api/scheduling/calendly/available-times?sessionTypeId=${sessionTypeId}`,
  );
  return body.slots;
}

const at = (slots: readonly Slot[], index: number): Slot => {
  const slot = slots[index];
  if (!slot) throw new Error(`There is no free slot ${index}.`);
  return slot;
};

const timeSlot = ({ startTime, endTime, schedulingUrl }: Slot) => ({
  startTime,
  endTime,
  schedulingUrl,
});

async function book(
  slot: Slot,
  part: Partial<BookingConfirmRequest> = {},
): Promise<ConfirmedBooking> {
  const answer = await deployment.until(
    deployment.post<{ booking: ConfirmedBooking }>('/api/scheduling/bookings/confirm', {
      sessionTypeId: 'intro-call',
      timeSlot: timeSlot(slot),
      clientDetails: { name: 'Ada Okafor', email: 'ada@example.com', timezone: 'Europe/London' },
      answers: [{ question: 'What would you like to talk about?', answer: 'Prices' }],
      ...part,
    }),
  );
  if (answer?.status !== 200) throw new Error(`Not booked: ${JSON.stringify(answer)}`);
  return answer.body.booking;
}

async function act(
  { id, token }: { id: string; token: string },
  action: 'cancel' | 'reschedule',
  body: object = {},
): Promise<{ status: number; booking: Booking }> {
  const answer = await deployment.until(
    deployment.post<{ booking: Booking }>(`/api/scheduling/bookings/${id}/${action}`, body, {
      authorization: `Bearer ${token}`,
    }),
  );
  if (!answer) throw new Error('Nobody answered.');
  return { status: answer.status, booking: answer.body.booking };
}

/** What the invitee does on Calendly's page that a booking was handed over to. */
const finishThere = (booking: ConfirmedBooking, { startTime }: Slot, slug = 'intro-call') =>
  deployment.calendly.bookAsStranger(slug, startTime, {
    name: 'Ada Okafor',
    email: 'ada@example.com',
    tracking: {
      utm_campaign: null,
      utm_source: null,
      utm_medium: null,
      utm_content: null,
      utm_term: null,
      salesforce_uuid: booking.id,
    },
  });

const invitees = () =>
  deployment.calendly.state.invitees.filter(
    ({ status, tracking }) => status === 'active' && tracking.salesforce_uuid !== null,
  );

/** Moves the only invitee there is. */
function moveThere({ startTime }: Slot): void {
  const [invitee] = invitees();
  deployment.calendly.rescheduleAsInvitee(invitee?.uri ?? '', startTime);
}

const confirmed = () =>
  deployment.db.selectFrom('booking').selectAll().where('status', '=', 'confirmed').execute();

const deadJobs = () =>
  deployment.db.selectFrom('job').selectAll().where('dead_at', 'is not', null).execute();

/** Time for every retry, then the sweep. */
async function catchUp(): Promise<void> {
  for (let seconds = 0; seconds < 180; seconds += 30) await deployment.pass(30_000);
  await deployment.until(deployment.app.sweep());
  await deployment.settle();
}

/** What is confirmed here is what Calendly has, no more and no less. */
async function expectAgreement(count: number): Promise<void> {
  const uris = invitees().map(({ uri }) => uri);
  expect(uris).toHaveLength(count);
  expect(new Set((await confirmed()).map((row) => row.invitee_uri))).toEqual(new Set(uris));
  expect(await confirmed()).toHaveLength(count);
  expect(await deadJobs()).toEqual([]);
}

const loseReply = (): void => {
  deployment.calendly.trouble.dropReplyAfter.push({
    route: 'POST /invitees',
    how: 'reset',
    executed: true,
  });
};

describe("a booking that is moved on Calendly's own page", () => {
  it('is found at its third time when nothing was heard of the second', async () => {
    await deploy(unheard);
    const slots = await slotsOf('intro-call');
    await book(at(slots, 3));
    moveThere(at(slots, 6));
    moveThere(at(slots, 9));
    await catchUp();
    await expectAgreement(1);
  });

  it('is found at its third time when the news of both moves comes at once', async () => {
    await deploy();
    const slots = await slotsOf('intro-call');
    await book(at(slots, 3));
    await deployment.settle();
    moveThere(at(slots, 6));
    moveThere(at(slots, 9));
    await deployment.settle();
    await expectAgreement(1);
  });

  it('may come back to its first time', async () => {
    await deploy();
    const slots = await slotsOf('intro-call');
    await book(at(slots, 3));
    await deployment.settle();
    moveThere(at(slots, 6));
    await deployment.settle();
    moveThere(at(slots, 3));
    await deployment.settle();
    await expectAgreement(1);
  });

  it('is canceled when it was canceled there after the move, before we heard of either', async () => {
    await deploy(unheard);
    const slots = await slotsOf('intro-call');
    await book(at(slots, 3));
    moveThere(at(slots, 6));
    deployment.calendly.cancelAsInvitee(invitees()[0]?.uri ?? '');
    await catchUp();
    await expectAgreement(0);
  });

  it('is given up there too when it is canceled here before we heard of the move', async () => {
    await deploy(unheard);
    const slots = await slotsOf('intro-call');
    const booking = await book(at(slots, 3));
    moveThere(at(slots, 6));
    expect((await act(booking, 'cancel')).booking.status).toBe('canceled');
    await catchUp();
    await expectAgreement(0);
  });

  it('leaves one of the two times when it is moved here and there at once', async () => {
    await deploy();
    const slots = await slotsOf('intro-call');
    const booking = await book(at(slots, 3));
    await deployment.settle();
    loseReply();
    await act(booking, 'reschedule', { timeSlot: timeSlot(at(slots, 12)) });
    const old = invitees().find(({ tracking }) => tracking.salesforce_uuid === booking.id);
    deployment.calendly.rescheduleAsInvitee(old?.uri ?? '', at(slots, 6).startTime);
    await deployment.settle();
    await catchUp();
    await expectAgreement(1);
    expect((await confirmed())[0]?.start_time).toBe(at(slots, 12).startTime);
  });

  it('is not taken for canceled when the reply to its making was lost', async () => {
    await deploy(unheard);
    const slots = await slotsOf('intro-call');
    loseReply();
    await book(at(slots, 3));
    moveThere(at(slots, 6));
    await catchUp();
    await expectAgreement(1);
  });
});

describe("a booking that is finished on Calendly's own page", () => {
  const handedOver = { quotaUsedUp: true };

  it('is found by the sweep at an earlier time than the one that was handed over', async () => {
    await deploy({ ...handedOver, ...unheard });
    const slots = await slotsOf('intro-call');
    finishThere(await book(at(slots, 20)), at(slots, 1));
    await catchUp();
    await expectAgreement(1);
  });

  it('is found by the sweep when it was finished just before its own time began', async () => {
    await deploy({ ...handedOver, ...unheard });
    const slots = await slotsOf('intro-call');
    const booking = await book(at(slots, 0));
    await deployment.pass(Date.parse(booking.startTime) - deployment.clock.now() - 60_000);
    finishThere(booking, at(slots, 20));
    await catchUp();
    await expectAgreement(1);
  });

  it('may have another length there, whatever is held beside it here', async () => {
    await deploy(handedOver);
    const slots = await slotsOf('intro-call');
    const booking = await book(at(slots, 2));
    await book(at(slots, 3));
    const { event } = finishThere(booking, at(slots, 2));
    const scheduled = deployment.calendly.state.events.find(({ uri }) => uri === event);
    if (scheduled) scheduled.end_time = at(slots, 3).endTime;
    await deployment.settle();
    await expectAgreement(1);
  });

  for (const [news, trouble] of [
    ['late', { webhookDelayMs: 60_000 }],
    ['never', unheard],
  ] as const) {
    it(`is given up there too when it was finished there, given up here, and heard of ${news}`, async () => {
      await deploy({ ...handedOver, ...trouble });
      const slots = await slotsOf('intro-call');
      const booking = await book(at(slots, 3));
      finishThere(booking, at(slots, 5));
      await deployment.pass(1_000);
      expect((await act(booking, 'cancel')).booking.status).toBe('canceled');
      await catchUp();
      await expectAgreement(0);
      expect((await act(booking, 'cancel')).booking.status).toBe('canceled');
    });
  }

  it('is shown to a human when it is finished after it was given up here', async () => {
    await deploy(handedOver);
    const slots = await slotsOf('intro-call');
    const booking = await book(at(slots, 3));
    await act(booking, 'cancel');
    await deployment.pass(1_000);
    finishThere(booking, at(slots, 3));
    await deployment.settle();
    expect(await deadJobs()).toMatchObject([{ last_error: 'Calendly has one booking twice.' }]);
  });

  it('leaves a booking that it was to replace as changeable as before when it is given up', async () => {
    await deploy();
    const slots = await slotsOf('intro-call');
    const booking = await book(at(slots, 3));
    Object.assign(deployment.calendly.trouble, handedOver);
    const moved = await act(booking, 'reschedule', { timeSlot: timeSlot(at(slots, 12)) });
    expect(moved.booking.status).toBe('awaiting_invitee');
    await act({ id: moved.booking.id, token: booking.token }, 'cancel');
    const again = await act(booking, 'reschedule', { timeSlot: timeSlot(at(slots, 9)) });
    expect(again.status).toBe(200);
    // The move that waits goes with the booking.
    expect((await act(booking, 'cancel')).booking.status).toBe('canceled');
    await catchUp();
    await expectAgreement(0);
    const rows = await deployment.db.selectFrom('booking').select('status').execute();
    expect(rows.map(({ status }) => status)).toEqual(['canceled', 'canceled', 'canceled']);
  });
});

describe('a move that waits to be finished there', () => {
  it('leaves the booking as it was when it is given up just after it was finished', async () => {
    await deploy(unheard);
    const slots = await slotsOf('intro-call');
    const booking = await book(at(slots, 3));
    Object.assign(deployment.calendly.trouble, { quotaUsedUp: true });
    const moved = await act(booking, 'reschedule', { timeSlot: timeSlot(at(slots, 12)) });
    finishThere({ ...moved.booking, token: booking.token }, at(slots, 12));
    await deployment.pass(1_000);
    await act({ id: moved.booking.id, token: booking.token }, 'cancel');
    await catchUp();
    await expectAgreement(1);
    expect((await confirmed())[0]?.id).toBe(booking.id);
    Object.assign(deployment.calendly.trouble, { quotaUsedUp: false });
    const again = await act(booking, 'reschedule', { timeSlot: timeSlot(at(slots, 9)) });
    expect(again.status).toBe(200);
  });

  it('is overtaken by another move', async () => {
    await deploy();
    const slots = await slotsOf('intro-call');
    const booking = await book(at(slots, 3));
    deployment.calendly.trouble.quotaUsedUp = true;
    await act(booking, 'reschedule', { timeSlot: timeSlot(at(slots, 12)) });
    moveThere(at(slots, 6));
    await deployment.settle();
    await expectAgreement(1);
    expect((await confirmed())[0]?.start_time).toBe(at(slots, 6).startTime);
  });
});

describe('an invitee too many', () => {
  it('can be canceled in Calendly without ending the booking', async () => {
    await deploy();
    const slot = (await slotsOf('pricing-workshop')).find(
      ({ inviteesRemaining }) => inviteesRemaining > 2,
    );
    if (!slot) throw new Error('There is no workshop with seats.');
    const booking = await book(slot, { sessionTypeId: 'pricing-workshop', answers: [] });
    const second = finishThere(booking, slot, 'pricing-workshop');
    await deployment.settle();
    expect(await deadJobs()).toMatchObject([{ last_error: 'Calendly has one booking twice.' }]);
    deployment.calendly.cancelAsInvitee(second.uri);
    await deployment.settle();
    expect(await confirmed()).toHaveLength(1);
  });
});

describe('a booking of a pool', () => {
  it('is found after a lost reply, whoever its host is', async () => {
    await deploy(unheard);
    const slots = await slotsOf('studio-hours');
    for (const index of [0, 3, 6, 9]) {
      loseReply();
      await book(at(slots, index), { sessionTypeId: 'studio-hours', answers: [] });
      await catchUp();
    }
    await expectAgreement(4);
    const hosts = deployment.calendly.state.events
      .filter(({ uri }) => invitees().some(({ event }) => event === uri))
      .flatMap((event) => event.hosts);
    // With one host alone this would prove nothing.
    expect(new Set(hosts).size).toBeGreaterThan(1);
  });
});
