import * as v from 'valibot';

const instantPattern =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** An ISO 8601 instant with an offset, normalised to `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export const Instant = v.pipe(
  v.string('This must be a time.'),
  v.maxLength(40, 'This must be a time.'),
  v.check(
    (text) => instantPattern.test(text) && !Number.isNaN(Date.parse(text)),
    'This must be a time such as 2026-12-01T15:00:00Z.',
  ),
  v.transform((text) => new Date(text).toISOString()),
);
export type Instant = string;

/** An IANA time zone id, any alias that `Intl` accepts; offsets such as `+01:00` are not zones. */
export const TimeZoneId = v.pipe(
  v.string('This must be a time zone.'),
  v.maxLength(64, 'This must be a time zone.'),
  v.check((id) => {
    if (!/^[A-Za-z]/.test(id)) return false;
    try {
      return new Intl.DateTimeFormat('en', { timeZone: id }).format(0) !== '';
    } catch {
      return false;
    }
  }, 'This must be a time zone such as Europe/Berlin.'),
);
export type TimeZoneId = string;
