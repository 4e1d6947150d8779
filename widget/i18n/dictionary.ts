import type { LaterStepsKey } from './en-later-steps.ts';
import type { SelectTimeKey } from './en-select-time.ts';
import type { SessionTypesKey } from './en-session-types.ts';
import type { Dictionary, Texts } from './texts.ts';

export type TextKey = SelectTimeKey | SessionTypesKey | LaterStepsKey;
/** What a page may give to say a thing in its own words. */
export type TextOverrides = Dictionary<TextKey>;
export type WidgetTexts = Texts<TextKey>;
