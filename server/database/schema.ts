/** The tables as code sees them. Instants that the outside sees are ISO text; our own bookkeeping is epoch ms. */
import type { Generated } from 'kysely';
import type { BookingStatus, PaymentStatus, Rejection } from '../contract/booking.ts';
import type { Capture } from '../contract/session-type.ts';

export interface BookingTable {
  id: string;
  owner: string;
  calendar: string;
  version: number;
  status: BookingStatus;
  payment_status: PaymentStatus;
  session_type_id: string;
  event_type: string;
  title: string;
  host_name: string | null;
  /** 0 or 1 */
  is_group: number;
  price_amount: number | null;
  price_currency: string | null;
  refund_until_hours: number | null;
  refund_ended_at: string | null;
  capture: Capture | null;
  checkout_url: string | null;
  /** 0 or 1 */
  payment_declined: number;
  /** The booking whose payment row is this one's too. */
  paid_by: string | null;
  start_time: string;
  end_time: string;
  seat: number | null;
  hold_expires_at: number | null;
  name: string;
  email: string;
  timezone: string;
  notes: string | null;
  /** JSON, as are answers, guests, tracking and place. */
  location: string | null;
  answers: string;
  guests: string;
  tracking: string;
  invitee_uri: string | null;
  event_uri: string | null;
  cancel_url: string | null;
  reschedule_url: string | null;
  known_since: number | null;
  place: string | null;
  scheduling_url: string;
  continue_url: string | null;
  rejection: Rejection | null;
  cancel_requested_at: number | null;
  canceled_by: 'host' | 'invitee' | null;
  cancel_reason: string | null;
  replaces: string | null;
  rescheduled_to: string | null;
  calendar_uid: string;
  sequence: number;
  /** SHA-256 of the booking's token, hex. */
  token_hash: string;
  /** The token, readable only with the request's Idempotency-Key, so that a repeated request gets the same answer. */
  sealed_token: string | null;
  /** The token, readable only with a secret of the environment, for the links in mails. */
  link_token: string;
  idempotency_hash: string | null;
  request_hash: string | null;
  created_at: number;
  updated_at: number;
}

export interface JobTable {
  id: Generated<number>;
  kind: string;
  booking_id: string | null;
  /** Owed once, however often it is asked for. */
  dedupe_key: string;
  /** JSON */
  payload: string;
  run_at: number;
  attempts: number;
  /** Who works on it and until when; a lapsed lease may be taken over. */
  lease: string | null;
  lease_until: number | null;
  last_error: string | null;
  done_at: number | null;
  /** Out of tries: a human has to look. */
  dead_at: number | null;
  created_at: number;
}

export interface DeliveryTable {
  id: Generated<number>;
  source: 'calendly' | 'stripe';
  dedupe_key: string;
  body: string;
  received_at: number;
  processed_at: number | null;
  /** What came of it, in one word. */
  outcome: string | null;
}

export interface PaymentTable {
  booking_id: string;
  /** JSON: what the checkout is opened with, kept before the first try, because a retry must ask for exactly the same. */
  request: string;
  return_url: string | null;
  session_id: string | null;
  payment_id: string | null;
  refund_id: string | null;
  created_at: number;
}

/** One booking of Calendly's quota: promised while `used_at` is null, used since then. */
export interface QuotaUseTable {
  id: Generated<number>;
  booking_id: string;
  owner: string;
  used_at: number | null;
}

export interface SettingTable {
  name: string;
  value: string;
}

export interface Tables {
  booking: BookingTable;
  job: JobTable;
  delivery: DeliveryTable;
  payment: PaymentTable;
  quota_use: QuotaUseTable;
  setting: SettingTable;
}
