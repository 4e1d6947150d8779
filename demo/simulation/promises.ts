import { bookingsIn, jobsIn, moneyAt, type BookingRow } from './ledgers.ts';
import { firstMoment, priceOf } from './shop.ts';
import type { World } from './world.ts';

/** What has to be so once all trouble is over and time has passed; null when it is, else the first thing that is not. */
export function brokenPromise(world: World): string | null {
  return (
    stillOwed(world) ??
    jobForNoReason(world) ??
    disagreementWithCalendly(world) ??
    wrongMoney(world) ??
    wrongMails(world) ??
    deliveryTakenTwice(world) ??
    world.complaint()
  );
}

/** Jobs that wait for a day far ahead. */
const distant = new Set(['check-refund', 'expire-invitation', 'expire-hold']);

/** What is still on its way. */
export function stillOwed({ database, clock }: World): string | null {
  for (const booking of bookingsIn(database)) {
    const { id, status, payment_status: payment } = booking;
    if (status === 'scheduling' || status === 'awaiting_payment') return `${id} is still ${status}`;
    const isOver = Date.parse(booking.start_time) < clock.now() - 3_600_000;
    if (status === 'awaiting_invitee' && isOver) return `${id} still awaits its invitee`;
    if (['open', 'releasing', 'refunding'].includes(payment)) {
      return `the payment of ${id} is still ${payment}`;
    }
  }
  for (const job of jobsIn(database)) {
    if (job.done_at !== null || job.dead_at !== null) continue;
    const isAhead = distant.has(job.kind) && job.run_at > clock.now();
    if (!isAhead) return `${job.kind} of ${job.booking_id} is still owed: ${job.last_error}`;
  }
  return null;
}

function jobForNoReason(world: World): string | null {
  for (const { kind, booking_id: id, dead_at: deadAt, last_error: error } of jobsIn(
    world.database,
  )) {
    if (deadAt !== null && !isInevitable(world, kind, id)) {
      return `a human is asked for no reason: ${kind} of ${id}, ${error}`;
    }
  }
  return null;
}

/** Some things Stripe makes a human's: a hold that the bank took back before it was captured, a refund that it refuses. */
function isInevitable(world: World, kind: string, bookingId: string | null): boolean {
  const booking = bookingsIn(world.database).find(({ id }) => id === bookingId);
  if (!booking) return false;
  const money = moneyOf(world, booking);
  if (kind === 'capture-payment') return money?.lapsed === true;
  return kind.includes('refund') && (money?.failedRefunds ?? 0) > 0;
}

function payerOf(world: World, booking: BookingRow): string {
  const payer = world.database.raw
    .prepare<[string], string | null>('select paid_by from booking where id = ?')
    .pluck()
    .get(booking.id);
  return payer ?? booking.id;
}

function moneyOf(world: World, booking: BookingRow) {
  const price = priceOf(booking.session_type_id);
  return price && moneyAt(world.deployment, payerOf(world, booking), price);
}

function disagreementWithCalendly({ database, deployment }: World): string | null {
  const { events, invitees } = deployment.calendly.state;
  const bookings = bookingsIn(database);
  const ids = new Set(bookings.map(({ id }) => id));
  const active = invitees.filter(({ status }) => status === 'active');
  const confirmed = bookings.filter(({ status }) => status === 'confirmed');
  for (const booking of confirmed) {
    const invitee = active.find(({ uri }) => uri === booking.invitee_uri);
    if (!invitee) return `${booking.id} is confirmed, and Calendly does not have it`;
    const event = events.find(({ uri }) => uri === invitee.event);
    if (Date.parse(event?.start_time ?? '') !== Date.parse(booking.start_time)) {
      return `${booking.id} is at ${booking.start_time}, in Calendly at ${event?.start_time}`;
    }
  }
  for (const { uri, tracking } of active) {
    const tag = tracking.salesforce_uuid;
    if (tag === null || !ids.has(tag)) continue;
    const holders = confirmed.filter(({ invitee_uri }) => invitee_uri === uri).length;
    if (holders !== 1) return `Calendly has an invitee of ${tag} that ${holders} bookings know of`;
  }
  return null;
}

/** After so many tries Stripe's own memory of the first is what is in the way, and another key is used. */
const triesPerKey = 5;

function wrongMoney(world: World): string | null {
  const bookings = bookingsIn(world.database);
  for (const booking of bookings) {
    const { id, status, payment_status: payment } = booking;
    const price = priceOf(booking.session_type_id);
    if (!price || status === 'rescheduled') continue;
    const isFreeMove = booking.price_amount === null;
    if (isFreeMove && booking.replaces === null) return `${id} has lost its price`;
    if (isFreeMove) continue;
    if (booking.price_amount !== price.amount || booking.price_currency !== price.currency) {
      return `${id} costs ${booking.price_amount} ${booking.price_currency}`;
    }
    const money = moneyAt(world.deployment, payerOf(world, booking), price);
    const says = `${id} is ${status} and ${payment}; Stripe: ${JSON.stringify(money)}`;
    if (money.wrongAmounts > 0) return `another amount was asked for: ${says}`;
    const tries = jobsIn(world.database)
      .filter((job) => job.kind === 'open-checkout' && job.booking_id === payerOf(world, booking))
      .reduce((sum, job) => sum + job.attempts, 0);
    if (money.sessions > Math.ceil(tries / triesPerKey)) {
      return `another checkout is opened for the same booking: ${says}`;
    }
    if (money.held > 0) return `money is reserved for ever: ${says}`;
    if (money.taken > price.amount) return `somebody paid twice: ${says}`;
    if (money.refunds > 1 || money.givenBack > money.taken) return `refunded twice: ${says}`;

    const kept = money.taken - money.givenBack;
    const isPaid = payment === 'paid';
    const isExcused =
      (status === 'confirmed' && payment === 'authorized' && money.lapsed) ||
      (payment === 'refund_failed' && money.failedRefunds > 0) ||
      // With the news lost, a refund that fails after it had succeeded is found out a day later.
      (payment === 'refunded' && money.failedRefunds > 0 && isFirstDay(world));
    if (isExcused) continue;
    if (status === 'confirmed' && kept !== price.amount) return `a booking without money: ${says}`;
    if (status !== 'confirmed' && kept > 0 && !isTooLate(booking, bookings)) {
      return `money without a booking: ${says}`;
    }
    if (isPaid !== (kept === price.amount)) return `our word and Stripe’s differ: ${says}`;
    if ((payment === 'refunded') !== (money.taken > 0 && kept === 0)) {
      return `our word and Stripe’s differ: ${says}`;
    }
  }
  return null;
}

const isFirstDay = ({ clock }: World): boolean => clock.now() < firstMoment + 86_400_000;

/** Canceled by the invitee after the last moment for a refund: the money stays. */
const isTooLate = (booking: BookingRow, bookings: readonly BookingRow[]): boolean => {
  const lastMoment = refundUntil(booking, bookings);
  return (
    booking.status === 'canceled' &&
    booking.canceled_by === 'invitee' &&
    lastMoment !== null &&
    booking.updated_at > lastMoment
  );
};

/** Whoever moves a booking after its last moment for a refund does not get a new one with the new time. */
function refundUntil(booking: BookingRow, bookings: readonly BookingRow[]): number | null {
  const { refund_until_hours: hours, start_time: start, replaces } = booking;
  if (hours === null) return null;
  const earlier = bookings.find(({ id }) => id === replaces);
  const ended = earlier ? refundUntil(earlier, bookings) : null;
  const isOver = ended !== null && ended < (booking.known_since ?? booking.created_at);
  return isOver ? ended : Date.parse(start) - hours * 3_600_000;
}

function wrongMails({ database, mails }: World): string | null {
  const kinds = new Map<string, Set<string>>();
  const jobs = new Map(jobsIn(database).map((job) => [String(job.id), job]));
  for (const { messageId } of mails) {
    const job = jobs.get(messageId.slice(0, messageId.indexOf('.')));
    if (!job) return `a mail that nobody owed: ${messageId}`;
    const mail = String((JSON.parse(job.payload) as { mail?: string }).mail);
    const key = `${job.booking_id} ${mail}`;
    kinds.set(key, (kinds.get(key) ?? new Set()).add(messageId));
  }
  for (const [key, ids] of kinds) {
    if (ids.size > 1) return `${ids.size} different mails: ${key}`;
  }
  for (const { id, status, replaces, known_since: knownSince } of bookingsIn(database)) {
    const expected =
      status === 'confirmed'
        ? replaces === null
          ? 'booking-confirmed'
          : 'booking-rescheduled'
        : status === 'canceled' && knownSince !== null
          ? 'booking-canceled'
          : null;
    if (expected !== null && !kinds.has(`${id} ${expected}`))
      return `nobody sent ${expected}: ${id}`;
  }
  return null;
}

function deliveryTakenTwice({ database }: World): string | null {
  const twice = database.raw
    .prepare<[], string>(
      `select source || ' ' || min(dedupe_key) from delivery group by source, body having count(*) > 1`,
    )
    .pluck()
    .get();
  return twice === undefined ? null : `one delivery was taken twice: ${twice}`;
}
