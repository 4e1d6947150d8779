import * as v from 'valibot';
import { SessionType } from './session-type.ts';
import { Instant } from './time.ts';

export const AvailableTimesRequest = v.pipe(
  v.strictObject({
    sessionTypeId: v.pipe(
      v.string('This is needed.'),
      v.nonEmpty('This is needed.'),
      v.maxLength(300),
    ),
    from: v.optional(Instant),
    to: v.optional(Instant),
  }),
  v.forward(
    v.check(
      ({ from, to }) => (from === undefined) === (to === undefined),
      'Give both from and to, or neither.',
    ),
    ['to'],
  ),
  v.forward(
    v.check(
      ({ from, to }) => from === undefined || to === undefined || from < to,
      'This must be after from.',
    ),
    ['to'],
  ),
  v.forward(
    v.check(
      ({ from, to }) =>
        from === undefined ||
        to === undefined ||
        Date.parse(to) - Date.parse(from) <= 366 * 86_400_000,
      'Ask for at most a year at once.',
    ),
    ['to'],
  ),
);
export type AvailableTimesRequest = v.InferOutput<typeof AvailableTimesRequest>;

/** A time that can be chosen. */
export const Slot = v.object({
  startTime: v.string(),
  endTime: v.string(),
  /** Calendly's own page with this time picked. */
  schedulingUrl: v.string(),
  /** Seats left, ours already taken off; 1 for everything but group sessions. */
  inviteesRemaining: v.number(),
});
export type Slot = v.InferOutput<typeof Slot>;

export const AvailableTimesResponse = v.object({
  sessionType: SessionType,
  /** Ascending by `startTime`. */
  slots: v.array(Slot),
  /** True when Calendly could not be asked just now and these times are some minutes old. */
  stale: v.boolean(),
  /** The range that `slots` covers whole: `from` inclusive, `to` exclusive. */
  from: v.string(),
  to: v.string(),
});
export type AvailableTimesResponse = v.InferOutput<typeof AvailableTimesResponse>;
