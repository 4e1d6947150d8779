/** An error answer in Calendly's words. */
export interface Detail {
  parameter?: string;
  message: string;
  code?: string;
}

export class Refusal extends Error {
  readonly status: number;
  readonly title: string;
  readonly details: Detail[] | undefined;
  readonly requiredScopes: string[] | undefined;

  constructor(
    status: number,
    title: string,
    message: string,
    more: { details?: Detail[] | undefined; requiredScopes?: string[] } = {},
  ) {
    super(message);
    this.status = status;
    this.title = title;
    this.details = more.details;
    this.requiredScopes = more.requiredScopes;
  }
}

export const invalidArgument = (
  details?: Detail[],
  message = 'The supplied parameters are invalid.',
): Refusal => new Refusal(400, 'Invalid Argument', message, { details });

export const invalidToken = (): Refusal =>
  new Refusal(401, 'Unauthenticated', 'The access token is invalid');

export const expiredToken = (): Refusal =>
  new Refusal(401, 'Unauthenticated', 'The access token expired');

export const insufficientScope = (required: string[]): Refusal =>
  new Refusal(
    403,
    'Insufficient scope',
    "This operation requires the scopes listed in the 'required_scopes' array.",
    { requiredScopes: required },
  );

export const permissionDenied = (message = 'You do not have permission'): Refusal =>
  new Refusal(403, 'Permission Denied', message);

export const notFound = (): Refusal =>
  new Refusal(404, 'Resource Not Found', 'The server could not find the requested resource.');

export const alreadyExists = (message: string): Refusal =>
  new Refusal(409, 'Already Exists', message);

export const tooManyRequests = (): Refusal =>
  new Refusal(429, 'Too Many Requests', 'You have exceeded the rate limit.');
