import type Stripe from 'stripe';
import {
  anyHash,
  boolean,
  email,
  type FieldsOf,
  hash,
  integer,
  list,
  metadata,
  oneOf,
  required,
  text,
  unsettable,
  url,
  type Values,
} from '../api/parameters.ts';

const locales = (
  'auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ' +
  'ro ru sk sl sv th tr vi zh zh-HK zh-TW'
).split(' ');

const methods = (
  'acss_debit affirm afterpay_clearpay alipay alma amazon_pay au_becs_debit bacs_debit bancontact billie bizum blik ' +
  'boleto card cashapp crypto customer_balance eps fpx giropay grabpay ideal kakao_pay klarna konbini kr_card mb_way ' +
  'mobilepay multibanco naver_pay nz_bank_account oxxo p24 pay_by_bank payco paynow paypal paypay payto pix promptpay ' +
  'revolut_pay samsung_pay satispay scalapay sepa_debit sequra sofort sunbit swish twint upi us_bank_account ' +
  'wechat_pay zip'
).split(' ');

const enabled = hash({ enabled: required(boolean) });
const message = unsettable(hash({ message: required(text(1200)) }));

const productData = hash({
  name: required(text()),
  description: text(),
  images: list(url, 8),
  metadata,
  tax_code: text(),
  tax_details: hash({ performance_location: text(), tax_code: unsettable(text()) }),
  unit_label: text(12),
} satisfies FieldsOf<Stripe.Checkout.SessionCreateParams.LineItem.PriceData.ProductData>);

const priceData = hash({
  currency: required(text(3)),
  product: text(),
  product_data: productData,
  recurring: hash({
    interval: required(oneOf('day', 'month', 'week', 'year')),
    interval_count: integer(1),
  }),
  tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
  unit_amount: integer(0),
  unit_amount_decimal: text(),
} satisfies FieldsOf<Stripe.Checkout.SessionCreateParams.LineItem.PriceData>);

const adjustable = hash({
  enabled: required(boolean),
  maximum: integer(0),
  minimum: integer(0),
});

const lineItem = hash({
  adjustable_quantity: adjustable,
  metadata,
  price: text(),
  price_data: priceData,
  quantity: integer(0),
  tax_rates: list(text()),
} satisfies FieldsOf<Stripe.Checkout.SessionCreateParams.LineItem>);

const intentData = hash({
  application_fee_amount: integer(0),
  capture_method: oneOf('automatic', 'automatic_async', 'manual'),
  description: text(1000),
  metadata,
  on_behalf_of: text(),
  receipt_email: email,
  setup_future_usage: oneOf('off_session', 'on_session'),
  shipping: anyHash,
  statement_descriptor: text(22),
  statement_descriptor_suffix: text(22),
  transfer_data: hash({ amount: integer(1), destination: required(text()) }),
  transfer_group: text(),
} satisfies FieldsOf<Stripe.Checkout.SessionCreateParams.PaymentIntentData>);

const cardOptions = hash({
  capture_method: oneOf('manual'),
  installments: hash({ enabled: boolean }),
  request_extended_authorization: oneOf('if_available', 'never'),
  request_incremental_authorization: oneOf('if_available', 'never'),
  request_multicapture: oneOf('if_available', 'never'),
  request_overcapture: oneOf('if_available', 'never'),
  request_three_d_secure: oneOf('any', 'automatic', 'challenge'),
  restrictions: anyHash,
  setup_future_usage: oneOf('off_session', 'on_session'),
  statement_descriptor_suffix_kana: text(22),
  statement_descriptor_suffix_kanji: text(17),
} satisfies FieldsOf<Stripe.Checkout.SessionCreateParams.PaymentMethodOptions.Card>);

const otherMethods = Object.fromEntries(
  [...methods, 'demo_pay', 'link']
    .filter((method) => method !== 'card')
    .map((method) => [method, anyHash]),
);

/** What `POST /v1/checkout/sessions` takes: no more and no less than the SDK's types know. */
export const createParameters = {
  adaptive_pricing: hash({ enabled: boolean }),
  after_expiration: hash({
    recovery: hash({ enabled: required(boolean), allow_promotion_codes: boolean }),
  }),
  allow_promotion_codes: boolean,
  allowed_payment_method_types: list(oneOf(...methods, 'link')),
  automatic_tax: hash({ enabled: required(boolean), liability: anyHash }),
  billing_address_collection: oneOf('auto', 'required'),
  branding_settings: hash({
    background_color: unsettable(text()),
    border_style: unsettable(oneOf('pill', 'rectangular', 'rounded')),
    button_color: unsettable(text()),
    display_name: text(),
    font_family: unsettable(text()),
    icon: anyHash,
    logo: anyHash,
  }),
  cancel_url: url,
  client_reference_id: text(200),
  consent_collection: hash({
    payment_method_reuse_agreement: hash({ position: required(oneOf('auto', 'hidden')) }),
    promotions: oneOf('auto', 'none'),
    terms_of_service: oneOf('none', 'required'),
  }),
  currency: text(3),
  custom_fields: list(anyHash, 3),
  custom_text: hash({
    after_submit: message,
    shipping_address: message,
    submit: message,
    terms_of_service_acceptance: message,
  }),
  customer: text(),
  customer_account: text(),
  customer_creation: oneOf('always', 'if_required'),
  customer_email: email,
  customer_update: anyHash,
  discounts: list(hash({ coupon: text(), promotion_code: text() }), 1),
  excluded_payment_method_types: list(oneOf(...methods)),
  expires_at: integer(),
  integration_identifier: text(200),
  invoice_creation: hash({ enabled: required(boolean), invoice_data: anyHash }),
  line_items: list(lineItem),
  locale: oneOf(...locales),
  managed_payments: hash({ enabled: boolean }),
  metadata,
  mode: oneOf('payment', 'setup', 'subscription'),
  name_collection: hash({
    business: hash({ enabled: required(boolean), optional: boolean }),
    individual: hash({ enabled: required(boolean), optional: boolean }),
  }),
  optional_items: list(anyHash, 10),
  origin_context: oneOf('mobile_app', 'web'),
  payment_intent_data: intentData,
  payment_method_collection: oneOf('always', 'if_required'),
  payment_method_configuration: text(),
  payment_method_data: hash({ allow_redisplay: oneOf('always', 'limited', 'unspecified') }),
  payment_method_options: hash({ card: cardOptions, ...otherMethods }),
  permissions: anyHash,
  phone_number_collection: enabled,
  redirect_on_completion: oneOf('always', 'if_required', 'never'),
  return_url: url,
  saved_payment_method_options: anyHash,
  setup_intent_data: anyHash,
  shipping_address_collection: anyHash,
  shipping_options: list(anyHash, 5),
  submit_type: oneOf('auto', 'book', 'donate', 'pay', 'subscribe'),
  subscription_data: anyHash,
  success_url: url,
  tax_id_collection: hash({
    enabled: required(boolean),
    required: oneOf('if_supported', 'never'),
  }),
  ui_mode: oneOf('hosted_page', 'embedded_page', 'elements', 'form'),
  wallet_options: hash({ link: hash({ display: oneOf('auto', 'never') }) }),
} satisfies Omit<FieldsOf<Stripe.Checkout.SessionCreateParams>, 'expand'>;

export type CreateValues = Values<typeof createParameters>;
