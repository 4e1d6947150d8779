import { errorStatus, type ErrorBody, type ErrorCode } from '../contract/error.ts';

/** A sentence for a person, for every code; routes may say something more fitting. */
const sentences: Record<ErrorCode, string> = {
  invalid_request: 'Something in this request is not right. Please check the marked fields.',
  unauthorized: 'This booking can only be opened with its own link.',
  sign_in_required: 'Sign in to book this one.',
  origin_not_allowed: 'This page is not allowed to use this booking service.',
  not_found: 'There is nothing here.',
  session_type_not_found: 'This session is not offered here (any more).',
  booking_not_found: 'This booking does not exist.',
  method_not_allowed: 'This cannot be done here.',
  slot_taken: 'This time was just taken. Please choose another one.',
  idempotency_key_reused: 'This request was sent before with other details.',
  booking_not_changeable: 'This booking cannot be changed now.',
  payload_too_large: 'This request is too large.',
  unsupported_media_type: 'Send JSON, with Content-Type: application/json.',
  too_many_requests: 'That was a little too often. Please try again in a minute.',
  internal_error: 'Something went wrong on our side. Please try again.',
  scheduling_refused: 'Calendly did not accept this booking. Please try another time.',
  scheduling_unavailable: 'We could not reach the calendar just now. Please try again.',
  payments_unavailable:
    'The payment page cannot be opened just now. Nothing was charged. Please try again.',
};

/** An answer that is not a success. Thrown by routes, mapped to a response in one place. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: ErrorCode;
  readonly fields: Record<string, string> | undefined;
  readonly extra: object;
  readonly headers: Record<string, string>;

  constructor(
    code: ErrorCode,
    message: string = sentences[code],
    options: {
      fields?: Record<string, string>;
      extra?: object;
      headers?: Record<string, string>;
    } = {},
  ) {
    super(message);
    this.code = code;
    this.fields = options.fields;
    this.extra = options.extra ?? {};
    this.headers = options.headers ?? {};
  }

  get status(): (typeof errorStatus)[ErrorCode] {
    return errorStatus[this.code];
  }

  get body(): ErrorBody {
    return {
      success: false,
      error: this.message,
      code: this.code,
      ...(this.fields ? { fields: this.fields } : {}),
      ...this.extra,
    };
  }
}
