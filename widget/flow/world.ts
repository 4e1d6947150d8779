import type { Call } from '../api/client.ts';
import type { Dictionary } from '../i18n/texts.ts';
import type { Environment } from './environment.ts';
import type { Message } from './message.ts';
import type { FlowOptions } from './options.ts';
import type { Store } from './store.ts';

/** What effects are run with. */
export interface World {
  readonly options: FlowOptions;
  readonly environment: Environment;
  /** When this run of the flow began, in milliseconds since the Unix epoch. */
  readonly startedAt: number;
  readonly call: Call;
  /** Aborts when this run of the flow is over: a new configuration, or the element left the page. */
  readonly signal: AbortSignal;
  /** Survives a reload of this tab. */
  readonly tabStore: Store;
  /** Shared by all tabs of the page's origin. */
  readonly sharedStore: Store;
  /** Settles when the texts of the language are there, or will not come. */
  translated(): Promise<void> | undefined;
  dispatch(message: Message): void;
  emit(event: Event): void;
  /** English that comes with code that comes later. */
  learn(english: Dictionary): void;
}
