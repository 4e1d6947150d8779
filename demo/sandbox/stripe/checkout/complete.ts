import type { Core } from '../core.ts';
import type { Session } from '../state.ts';

/** The buyer is done; whether money moved is for the payment intent to say. */
export function completeSession(
  core: Core,
  session: Session,
  paymentStatus: 'paid' | 'unpaid' | 'no_payment_required',
  buyer: { email: string; name: string },
): void {
  session.status = 'complete';
  session.payment_status = paymentStatus;
  session.url = null;
  if (session.customer_creation === 'always') session.customer = core.identities.id('cus_', 14);
  session.collected_information = {
    business_name: null,
    individual_name: null,
    shipping_details: null,
  };
  session.customer_details = {
    address: {
      city: null,
      country: 'DE',
      line1: null,
      line2: null,
      postal_code: null,
      state: null,
    },
    business_name: null,
    email: buyer.email,
    individual_name: null,
    name: buyer.name,
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
  };
  core.announce('checkout.session.completed', session);
}

/** Nobody can pay it any more; what the buyer's browser shows does not change by that. */
export function expireSession(core: Core, session: Session): void {
  session.status = 'expired';
  session.url = null;
  core.announce('checkout.session.expired', session);
}
