import { describe, expect, it } from 'vitest';
import { createDeployment, type Deployment } from '../../demo/sandbox/deployment.ts';
import { seededRandom } from '../../demo/sandbox/seeded-random.ts';
import type { AvailableTimesResponse } from '../contract/available-times.ts';
import type { BookingConfirmResponse } from '../contract/booking.ts';

/**
 * `POST /invitees` has no idempotency key, so a reply that never comes leaves four possible worlds. In each of them there
 * must be one invitee for a confirmed booking and none for a rejected one, and never a stranger's taken for ours.
 */
const forms = ['done', 'not done', 'done late', 'filled by a stranger'] as const;
type Form = (typeof forms)[number];

const seedsPerForm = process.env['CI'] === 'true' ? 250 : 50;

/** Loses the reply to the first booking; with `late` the request itself arrives only when the next one is sent. */
function losing(form: Form): (send: typeof fetch) => typeof fetch {
  return (send) => {
    let held: Request | null = null;
    let first = true;
    return async (input, init) => {
      const request = new Request(input, init);
      if (request.method !== 'POST' || !request.url.endsWith('/invitees')) return send(request);
      if (!first) {
        if (held) await send(held);
        held = null;
        return send(request);
      }
      first = false;
      // Without the caller's signal: what Calendly has received goes on, whoever hangs up.
      const copy = new Request(request.url, {
        method: 'POST',
        headers: request.headers,
        body: await request.text(),
      });
      if (form === 'done') await send(copy);
      if (form === 'done late') held = copy;
      throw new TypeError('fetch failed');
    };
  };
}

async function live(form: Form, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const pick = (below: number): number => (random(1)[0] ?? 0) % below;
  const deployment: Deployment = await createDeployment({ seed, network: losing(form) });
  try {
    const { calendly } = deployment;
    calendly.trouble.webhooksLost = pick(2) === 0;
    calendly.trouble.webhookDelayMs = pick(4) * 7_000;
    await deployment.app.subscribe();
    const times = await deployment.get<AvailableTimesResponse>(
      '/api/scheduling/calendly/available-times?sessionTypeId=intro-call',
    );
    const slot = times.body.slots[8 + pick(12)];
    if (!slot) throw new Error('no slot');
    const { startTime, endTime, schedulingUrl } = slot;
    const { status, body } = await deployment.post<BookingConfirmResponse>(
      '/api/scheduling/bookings/confirm',
      {
        sessionTypeId: 'intro-call',
        timeSlot: { startTime, endTime, schedulingUrl },
        clientDetails: { name: 'Ada Okafor', email: 'ada@example.com', timezone: 'Europe/London' },
        answers: [{ question: 'What would you like to talk about?', answer: 'Prices' }],
      },
    );
    expect(status).toBe(200);
    if (form === 'filled by a stranger')
      calendly.bookAsStranger('intro-call', startTime, { email: 'ada@example.com' });
    if (pick(2) === 0) deployment.restart();
    for (let minutes = 0; minutes < 5; minutes++) await deployment.pass(60_000);
    await deployment.app.sweep();
    await deployment.settle();

    const [row] = await deployment.db.selectFrom('booking').selectAll().execute();
    const own = calendly.state.invitees.filter(
      ({ status: state, tracking }) =>
        state === 'active' && tracking.salesforce_uuid === body.booking.id,
    );
    if (form === 'filled by a stranger') {
      expect(row).toMatchObject({ status: 'rejected', rejection: 'slot_taken', seat: null });
      expect(own).toHaveLength(0);
      // The visitor had left with "still booking": they hear of the end by mail.
      expect(deployment.mails.map(({ subject }) => subject.split(':')[0])).toEqual(['Not booked']);
    } else {
      expect(row?.status).toBe('confirmed');
      expect(own).toHaveLength(1);
      expect(row?.invitee_uri).toBe(own[0]?.uri);
    }
    const posts = calendly.calls({ method: 'POST', path: /^\/invitees$/ }).length;
    expect(posts).toBe(
      form === 'done' || form === 'not done' || form === 'filled by a stranger' ? 1 : 2,
    );
  } finally {
    await deployment.close();
  }
}

describe('a lost reply to POST /invitees', () => {
  for (const form of forms) {
    it(`leaves neither a duplicate nor a missing invitee when it was ${form}, over ${seedsPerForm} seeds`, async () => {
      for (let seed = 1; seed <= seedsPerForm; seed++) await live(form, seed);
    }, 60_000);
  }
});
