import type { LaterStepsKey } from './en-later-steps.ts';
import type { SelectTimeKey } from './en-select-time.ts';
import type { SessionTypesKey } from './en-session-types.ts';
import type { Dictionary } from './texts.ts';

/** Everything until a time is chosen. */
export type FirstTexts = Required<Dictionary<SelectTimeKey | SessionTypesKey>>;
/** Everything after it. */
export type LaterTexts = Required<Dictionary<LaterStepsKey>>;

export interface Translation {
  readonly texts: FirstTexts;
  loadLaterSteps(): Promise<{ readonly texts: LaterTexts }>;
}
export type Languages = { readonly [tag: string]: () => Promise<Translation> };
