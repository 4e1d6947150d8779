import * as v from 'valibot';

/** Every error code of the interface with its HTTP status. The table is the documentation. */
export const errorStatus = {
  invalid_request: 400,
  unauthorized: 401,
  sign_in_required: 401,
  origin_not_allowed: 403,
  not_found: 404,
  session_type_not_found: 404,
  booking_not_found: 404,
  method_not_allowed: 405,
  slot_taken: 409,
  idempotency_key_reused: 409,
  booking_not_changeable: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  too_many_requests: 429,
  internal_error: 500,
  scheduling_refused: 502,
  scheduling_unavailable: 503,
  payments_unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** The body of every answer that is not a success. `fields` maps a path such as `clientDetails.email` to a sentence. */
export const ErrorBody = v.object({
  success: v.literal(false),
  error: v.string(),
  code: v.picklist(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]),
  fields: v.optional(v.record(v.string(), v.string())),
});
export type ErrorBody = v.InferOutput<typeof ErrorBody>;
