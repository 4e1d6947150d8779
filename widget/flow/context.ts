import { createContext } from '@lit/context';
import type { WidgetTexts } from '../i18n/dictionary.ts';
import type { Day, Instant } from '../time/day.ts';
import type { Format } from '../time/format.ts';
import type { LaterSteps } from './load-later-steps.ts';
import type { Message } from './message.ts';
import type { FlowOptions } from './options.ts';
import type { State } from './state.ts';

/** All that a step gets. Elements ask through `dispatch`; the transition decides; a new Flow comes down. */
export interface Flow<S extends State = State> {
  readonly state: S;
  readonly options: FlowOptions;
  readonly texts: WidgetTexts;
  readonly format: Format;
  readonly now: Instant;
  /** The day it is now in the visitor's zone. */
  readonly today: Day;
  /** False until the first change of step: before it nothing may take the focus of the page. */
  readonly hasMoved: boolean;
  readonly hasLaterSteps: boolean;
  dispatch(message: Message): void;
  /** Says it once through the one polite live region. */
  announce(sentence: string): void;
  /** Everything that is not needed until a time is chosen; there already, mostly. */
  loadLaterSteps(): Promise<LaterSteps>;
}

export const flowContext = createContext<Flow>(Symbol('booking-flow'));
