import type { Slot } from '../../server/contract/available-times.ts';
import type { ErrorCode } from '../../server/contract/error.ts';

/** Why a call did not succeed. `unreachable`: no answer, no sense in it, or not from our backend at all. */
export type Failure =
  | { readonly is: 'unreachable' }
  | {
      readonly is: 'refused';
      readonly code: ErrorCode;
      /** The server's own sentence for a person. */
      readonly sentence: string;
      readonly fields: Readonly<Record<string, string>>;
      /** With `slot_taken`: the nearest times that are still free. */
      readonly slots: readonly Slot[];
    };

export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };
