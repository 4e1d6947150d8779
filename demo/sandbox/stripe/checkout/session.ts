import type { Session } from '../state.ts';
import type { CreateValues } from './session-parameters.ts';

interface Blank {
  id: string;
  url: string;
  created: number;
  expiresAt: number;
  currency: string;
  total: number;
  methods: string[];
  values: CreateValues;
}

const customText = (values: CreateValues): Session['custom_text'] => ({
  after_submit: values.custom_text?.after_submit ?? null,
  shipping_address: values.custom_text?.shipping_address ?? null,
  submit: values.custom_text?.submit ?? null,
  terms_of_service_acceptance: values.custom_text?.terms_of_service_acceptance ?? null,
});

/** A session as it is answered right after it was created: open, unpaid, without a payment intent. */
export const blankSession = ({ values, ...blank }: Blank): Session => ({
  id: blank.id,
  object: 'checkout.session',
  adaptive_pricing: { enabled: values.adaptive_pricing?.enabled ?? false },
  after_expiration: null,
  allow_promotion_codes: values.allow_promotion_codes ?? null,
  allowed_payment_method_types: values.allowed_payment_method_types ?? null,
  amount_subtotal: blank.total,
  amount_total: blank.total,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  billing_address_collection: values.billing_address_collection ?? null,
  branding_settings: {
    background_color: values.branding_settings?.background_color ?? '#ffffff',
    border_style: values.branding_settings?.border_style ?? 'rounded',
    button_color: values.branding_settings?.button_color ?? '#0074d4',
    display_name: values.branding_settings?.display_name ?? 'Sandbox',
    font_family: values.branding_settings?.font_family ?? 'default',
    icon: null,
    logo: null,
  },
  cancel_url: values.cancel_url ?? null,
  client_reference_id: values.client_reference_id ?? null,
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  created: blank.created,
  currency: blank.currency,
  currency_conversion: null,
  custom_fields: [],
  custom_text: customText(values),
  customer: null,
  customer_account: null,
  customer_creation: values.customer_creation ?? 'if_required',
  customer_details: null,
  customer_email: values.customer_email ?? null,
  discounts: [],
  ...(values.excluded_payment_method_types && {
    excluded_payment_method_types: values.excluded_payment_method_types,
  }),
  expires_at: blank.expiresAt,
  integration_identifier: values.integration_identifier ?? null,
  invoice: null,
  invoice_creation: {
    enabled: values.invoice_creation?.enabled ?? false,
    invoice_data: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: null,
      metadata: {},
      rendering_options: null,
    },
  },
  livemode: false,
  locale: values.locale ?? null,
  managed_payments: { enabled: false },
  metadata: values.metadata ?? {},
  mode: 'payment',
  origin_context: values.origin_context ?? null,
  payment_intent: null,
  payment_link: null,
  payment_method_collection: 'if_required',
  payment_method_configuration_details: null,
  payment_method_options: {
    card: {
      ...(values.payment_method_options?.card?.capture_method && { capture_method: 'manual' }),
      request_three_d_secure:
        values.payment_method_options?.card?.request_three_d_secure ?? 'automatic',
    },
  },
  payment_method_types: blank.methods,
  payment_status: 'unpaid',
  permissions: null,
  phone_number_collection: { enabled: values.phone_number_collection?.enabled ?? false },
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  status: 'open',
  submit_type: values.submit_type ?? null,
  subscription: null,
  success_url: values.success_url ?? null,
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  ui_mode: 'hosted_page',
  url: blank.url,
  wallet_options: null,
});
