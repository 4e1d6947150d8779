import { afterEach, expect } from 'vitest';
import {
  createDeployment,
  pageOrigin,
  type Deployment,
  type DeploymentOptions,
} from '../../../demo/sandbox/deployment.ts';
import type { SessionTypeConfig } from '../../availability/session-type-config.ts';
import type { AvailableTimesResponse, Slot } from '../../contract/available-times.ts';
import type {
  BookingConfirmRequest,
  BookingConfirmResponse,
  BookingResponse,
} from '../../contract/booking.ts';
import type { ErrorBody } from '../../contract/error.ts';

export const price = { amount: 4900, currency: 'eur' };
const paidCall: SessionTypeConfig = {
  id: 'paid-call',
  eventType: 'intro-call',
  price,
  cancellation: { refundUntilHours: 24 },
};
const chargedCall: SessionTypeConfig = {
  id: 'charged-call',
  eventType: 'intro-call',
  price,
  capture: 'before_booking',
};
export const declinedCard = '4000000000000002';
export const page = `${pageOrigin}/book?plan=a+b#/contact`;

/** The deployment of the test that runs. */
export let deployment: Deployment;

/** Each test deploys for itself; what it leaves is cleared away. */
export function useDeployment(): void {
  afterEach(() => deployment.close());
}

export const deploy = async (options: DeploymentOptions = {}): Promise<void> => {
  deployment = await createDeployment({
    ...options,
    config: { sessionTypes: [paidCall, chargedCall], ...options.config },
  });
  await deployment.app.subscribe();
};

export async function slotOf(sessionTypeId: string, index = 20): Promise<Slot> {
  const { body } = await deployment.get<AvailableTimesResponse>(
    `/api/scheduling/calendly/available-times?sessionTypeId=${sessionTypeId}`,
  );
  const slot = body.slots[index];
  if (!slot) throw new Error(`${sessionTypeId} has no free slot ${index}`);
  return slot;
}

export const wish = (
  sessionTypeId: string,
  slot: Slot,
  part: Partial<BookingConfirmRequest> = {},
): BookingConfirmRequest => ({
  sessionTypeId,
  timeSlot: { startTime: slot.startTime, endTime: slot.endTime, schedulingUrl: slot.schedulingUrl },
  clientDetails: { name: 'Ada Okafor', email: 'ada@example.com', timezone: 'Europe/London' },
  answers: [{ question: 'What would you like to talk about?', answer: 'Prices' }],
  returnUrl: page,
  ...part,
});

type Answer = Omit<BookingConfirmResponse, 'success'> & Omit<ErrorBody, 'success'>;

export const confirm = (request: BookingConfirmRequest, key = 'key-1') =>
  deployment.post<Answer>('/api/scheduling/bookings/confirm', request, { 'idempotency-key': key });

const headers = (token: string) => ({ authorization: `Bearer ${token}` });
export const read = async ({ id, token }: { id: string; token: string }) =>
  (
    await deployment.get<BookingResponse>(`/api/scheduling/bookings/${id}`, {
      headers: headers(token),
    })
  ).body.booking;
export const act = async (
  { id, token }: { id: string; token: string },
  action: string,
  body: unknown,
) =>
  deployment.until(
    deployment.post<BookingResponse>(
      `/api/scheduling/bookings/${id}/${action}`,
      body,
      headers(token),
    ),
  );

/** A visitor on the way to Checkout. */
export async function checkout(sessionTypeId = 'paid-call', slot?: Slot) {
  const chosen = slot ?? (await slotOf(sessionTypeId));
  const { status, body } = await confirm(wish(sessionTypeId, chosen), `key ${chosen.startTime}`);
  expect(status).toBe(200);
  const session = deployment.stripe.state.sessions.at(-1);
  if (!session) throw new Error('No session was opened.');
  return { slot: chosen, booking: body.booking, answer: body, session };
}

export const comeBack = async (booking: { id: string }, sessionId: string): Promise<Response> => {
  const answer = await deployment.until(
    deployment.request(`/api/payments/return?booking=${booking.id}&session_id=${sessionId}`),
  );
  if (!answer) throw new Error('Nobody answered.');
  return answer;
};

export const activeInvitees = () =>
  deployment.calendly.state.invitees.filter(
    ({ status, tracking }) => status === 'active' && tracking.salesforce_uuid !== null,
  );
export const intents = () => deployment.stripe.state.paymentIntents;
/** A released authorization is shown as one too. */
export const refunds = () =>
  deployment.stripe.state.refunds.filter(({ metadata }) => metadata['booking_id']);
export const deadJobs = () =>
  deployment.db.selectFrom('job').selectAll().where('dead_at', 'is not', null).execute();

export const timeSlotOf = ({ startTime, endTime, schedulingUrl }: Slot) => ({
  startTime,
  endTime,
  schedulingUrl,
});

/** A visitor who has paid and is booked. */
export async function booked(sessionTypeId = 'paid-call', chosen?: Slot) {
  const { booking, session, slot } = await checkout(sessionTypeId, chosen);
  deployment.stripe.pay(session.id);
  await deployment.settle();
  return { booking, session, slot };
}

/** Lets time pass until then. */
export const passUntil = (instant: number): Promise<void> =>
  deployment.pass(instant - deployment.clock.now());

export const hourMs = 3_600_000;
