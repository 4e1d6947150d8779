import type { Booking } from '../../flow/state.ts';
import { createStorage, type MountOptions } from '../../test/mount.ts';
import { LaterBackend } from './later-backend.ts';
import { Visitor } from './visit.ts';

export const CHECKOUT = 'https://checkout.stripe.example/c/pay/cs_1';

/** Twenty-five minutes after the time that the tests begin at: 10:55 in Berlin. */
export const HOLD_END = '2026-11-10T09:55:00.000Z';

export const price = { amount: 4900, currency: 'eur' };

/** As a booking of a session with a price begins. */
export const unpaid: Partial<Booking> = {
  status: 'awaiting_payment',
  paymentStatus: 'open',
  price,
  checkoutUrl: CHECKOUT,
  holdExpiresAt: HOLD_END,
  calendlyEventId: null,
};

/** What a payment leads to, one after the other. */
export const reserved: Partial<Booking> = {
  status: 'scheduling',
  paymentStatus: 'authorized',
  checkoutUrl: null,
  holdExpiresAt: null,
  paymentDeclined: false,
};
export const paid: Partial<Booking> = { ...reserved, paymentStatus: 'paid' };
export const booked: Partial<Booking> = { ...paid, status: 'confirmed', calendlyEventId: 'e1' };

/** A backend with one session, for forty-nine euros. */
export const sellingBackend = (
  changes: ConstructorParameters<typeof LaterBackend>[0] = {},
): LaterBackend => {
  const backend = new LaterBackend({
    price,
    capture: 'after_booking',
    refundUntilHours: 24,
    ...changes,
  });
  backend.change(unpaid);
  return backend;
};

const here = location.href;
afterEach(() => history.replaceState(history.state, '', here));

/** Where the backend sends the visitor of a payment page: back, with its parameter and maybe its fragment. */
export const comeBackTo = (id: string, fragment = ''): void =>
  history.replaceState(history.state, '', `${location.search}&booking-calendar=${id}${fragment}`);

/** A browser's tab: every page that is loaded in it remembers what the one before did. */
export class Tab {
  readonly #storage: NonNullable<MountOptions['environment']>;
  readonly backend: LaterBackend;
  #page: Visitor | undefined;

  constructor(backend = sellingBackend(), localStorage: Storage | undefined = createStorage()) {
    this.backend = backend;
    this.#storage = { localStorage, sessionStorage: createStorage() };
  }

  /** Leaves the page before, if there is one. */
  load(given: Partial<Visitor['element']> = {}, options: MountOptions = {}): Visitor {
    this.#page?.element.remove();
    this.#page = this.open(given, options);
    return this.#page;
  }

  /** One more calendar on the same page. */
  open(given: Partial<Visitor['element']> = {}, options: MountOptions = {}): Visitor {
    const environment = { ...this.#storage, ...options.environment };
    return new Visitor(this.backend, given, { ...options, environment });
  }

  /** To the payment page, by the button that says what it costs. */
  async pay(given: Partial<Visitor['element']> = {}): Promise<Visitor> {
    const visitor = await this.load(given).toConfirm();
    await visitor.press('Pay and book €49');
    await visitor.heading('14:45 is held for you');
    return visitor;
  }
}
