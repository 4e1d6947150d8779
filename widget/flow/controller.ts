import { ContextProvider } from '@lit/context';
import type { ReactiveController, ReactiveElement } from 'lit';
import { createCall } from '../api/client.ts';
import { BookingStepChangeEvent } from '../events.ts';
import type { TextKey } from '../i18n/dictionary.ts';
import { englishSelectTime } from '../i18n/en-select-time.ts';
import { createTexts, type Dictionary } from '../i18n/texts.ts';
import { dayOf } from '../time/day.ts';
import { createFormat, type Format, type HourCycle } from '../time/format.ts';
import { hasTemporal } from '../time/temporal.ts';
import { flowContext, type Flow } from './context.ts';
import { createEarlyQuestion } from './early-question.ts';
import type { Effect, Outcome } from './effect.ts';
import type { Environment } from './environment.ts';
import { loadLaterSteps, type LaterSteps } from './load-later-steps.ts';
import type { Message } from './message.ts';
import type { FlowOptions } from './options.ts';
import { runEffect } from './run-effect.ts';
import { openTimes, startSelectTime } from './open-times.ts';
import type { State } from './state.ts';
import { createStore } from './store.ts';
import type { World } from './world.ts';

export interface Language {
  readonly locale: string;
  readonly hourCycle: HourCycle | undefined;
  readonly overrides: Dictionary<TextKey>;
}

/** Holds the state, asks the transition, runs the effects, hands the flow down. Decides nothing. */
export class FlowController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #provider: ContextProvider<typeof flowContext, ReactiveElement>;
  readonly #environment: () => Environment;
  readonly #early = createEarlyQuestion((...request) => this.#environment().fetch(...request));
  #run: AbortController | undefined;
  #options: FlowOptions | undefined;
  #language: Language | undefined;
  #format: Format | undefined;
  /** Until the language is there nothing is said, rather than in another one. */
  #texts: Flow['texts'] = () => '\xa0';
  #translation: Dictionary = {};
  /** What the texts and dates are written for. */
  #spoken: Language | undefined;
  #translated: Promise<void> | undefined;
  #world: World | undefined;
  #later: LaterSteps | undefined;
  #state: State | undefined;
  #hasMoved = false;
  readonly #english: Dictionary[] = [englishSelectTime];
  #needsLaterTexts = false;
  /** What the live region says. */
  announcement = '';

  constructor(host: ReactiveElement, environment: () => Environment) {
    this.#host = host;
    this.#environment = environment;
    this.#provider = new ContextProvider(host, { context: flowContext });
    host.addController(this);
  }

  get flow(): Flow | undefined {
    return this.#provider.value;
  }

  /** Asks for the first times before anything else is known. */
  askEarly(server: string, sessionTypeId: string): void {
    if (this.#run === undefined) this.#early.ask(server, sessionTypeId);
  }

  /** Asks for the texts beside the times. */
  translate(language: Language): void {
    this.#language = language;
    this.#translated = this.#translate();
  }

  /** Starts the flow, or starts it again when it is about something else now. */
  configure(options: FlowOptions, language: Language): void {
    const before = this.#options;
    this.#options = options;
    this.translate(language);
    if (this.#run === undefined || before === undefined || isAnother(before, options)) {
      this.#start(options);
    } else {
      this.#publish();
      if (before.zone !== options.zone) this.dispatch({ type: 'change-zone', zone: options.zone });
    }
  }

  /** False before the first start, and after the element has left the page. */
  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  readonly dispatch = (message: Message): void => {
    const state = this.#state;
    if (state === undefined) return;
    const outcome =
      this.#later?.transition(state, message) ??
      (state.step === 'SELECT_TIME' ? openTimes(state, message) : null);
    // One list gives way to another view of the same step.
    if (message.type === 'choose-session-type') this.#hasMoved = true;
    if (outcome !== null) this.#apply(outcome);
    else if (this.#world !== undefined) void this.#wait(message, this.#world);
  };

  readonly announce = (sentence: string): void => {
    if (this.announcement === sentence) return;
    this.announcement = sentence;
    this.#host.requestUpdate();
  };

  hostDisconnected(): void {
    // A move within the page disconnects and connects in one go: only what stays away is stopped.
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#run?.abort();
      this.#run = undefined;
    });
  }

  hostConnected(): void {
    if (this.#options !== undefined) this.#host.requestUpdate();
  }

  #start(options: FlowOptions): void {
    this.#run?.abort();
    this.#run = new AbortController();
    const { signal } = this.#run;
    const environment = this.#environment();
    const prefix = `booking-calendar:${options.server}:`;
    const current = () => this.#options ?? options;
    this.#world = {
      get options() {
        return current();
      },
      environment,
      startedAt: environment.now(),
      signal,
      call: createCall({
        server: options.server,
        fetch: this.#early.fetch,
        authToken: () => current().authToken,
      }),
      tabStore: createStore(
        environment.sessionStorage,
        prefix + (options.sessionTypeId ?? '') + ':',
      ),
      sharedStore: createStore(environment.localStorage, prefix),
      dispatch: (message) => {
        if (!signal.aborted) this.dispatch(message);
      },
      emit: (event) => this.#host.dispatchEvent(event),
      learn: this.#learn,
      translated: () => this.#translated,
    };
    this.#state = undefined;
    this.#later?.attend(this.#host, this.#world);
    const started = startSelectTime(options.sessionTypeId, options.zone);
    const { read } = this.#world.tabStore;
    const isResumed =
      options.booking ??
      read('pending') ??
      read('booking') ??
      location.search.includes('booking-calendar=');
    if (!isResumed || options.isPicker) return this.#apply(started);
    this.#apply({ state: { ...started.state, phase: { is: 'loading' } }, effects: [] });
    this.#early.drop();
    void this.#resume(this.#world, started);
  }

  async #resume(world: World, otherwise: Outcome<State>): Promise<void> {
    const later = await this.#loadLater().catch(() => undefined);
    const resumed = await later?.resume(world);
    if (!world.signal.aborted) this.#apply(resumed ?? otherwise);
  }

  /** The first code on the page does not know what to do with it: the rest of the flow does. */
  async #wait(message: Message, world: World): Promise<void> {
    try {
      await this.#loadLater();
      world.dispatch(message);
    } catch {
      // The calendar of the first month works on; only what the visitor asked for in vain is a reason to say so.
      if (message.type === 'look-around') return;
      world.dispatch({ type: 'first-times-failed', failure: { is: 'unreachable' } });
    }
  }

  async #loadLater(): Promise<LaterSteps> {
    this.#needsLaterTexts = true;
    const [later] = await Promise.all([loadLaterSteps(), this.#translate()]);
    later.defineSteps();
    if (this.#later === undefined) {
      this.#later = later;
      if (this.#world !== undefined) later.attend(this.#host, this.#world);
      this.#learn(later.english);
      this.#publish();
    }
    return later;
  }

  #apply({ state, effects }: Outcome<State>): void {
    const before = this.#state;
    this.#state = state;
    if (before !== undefined && before.step !== state.step) {
      this.#hasMoved = true;
      this.#host.dispatchEvent(new BookingStepChangeEvent(state.step, before.step));
    }
    this.#publish();
    const world = this.#world;
    if (world !== undefined) for (const effect of effects) void this.#perform(effect, world);
  }

  async #perform(effect: Effect, world: World): Promise<void> {
    try {
      await runEffect(effect, world, () => this.#loadLater());
    } catch (error) {
      if (world.signal.aborted) return;
      console.error(error);
      // Code or polyfill that did not load: for the visitor the same as times that did not.
      if (effect.type.startsWith('load-')) {
        world.dispatch({ type: 'first-times-failed', failure: { is: 'unreachable' } });
      }
    }
  }

  readonly #learn = (english: Dictionary): void => {
    if (this.#english.includes(english)) return;
    this.#english.push(english);
    this.#speak();
  };

  /** What is shown stays in its language until the next one is there. English is there at once. */
  async #translate(): Promise<void> {
    const language = this.#language;
    if (language === undefined) return;
    const { locale, hourCycle } = language;
    this.#format ??= createFormat(locale, hourCycle);
    const texts = locale.startsWith('en')
      ? {}
      : await this.#environment()
          .loadTexts(locale, this.#needsLaterTexts)
          .catch(() => ({}));
    if (language !== this.#language) return;
    if (language !== this.#spoken) this.#format = createFormat(locale, hourCycle);
    this.#spoken = language;
    this.#translation = texts;
    this.#speak();
    this.#publish();
  }

  #speak(): void {
    const { locale, overrides } = this.#spoken ?? {};
    if (locale === undefined || overrides === undefined) return;
    this.#texts = createTexts([
      [locale, overrides],
      [locale, this.#translation],
      ...this.#english.map((english) => ['en', english] as const),
    ]);
  }

  #publish(): void {
    if (!this.#state || !this.#options || !this.#format) return;
    const now = new Date(this.#environment().now()).toISOString();
    this.#provider.setValue({
      state: this.#state,
      options: this.#options,
      texts: this.#texts,
      format: this.#format,
      now,
      today: hasTemporal() ? dayOf(now, this.#state.zone) : now.slice(0, 10),
      hasMoved: this.#hasMoved,
      hasLaterSteps: this.#later !== undefined,
      dispatch: this.dispatch,
      announce: this.announce,
      loadLaterSteps: () => this.#loadLater(),
    });
    this.#host.requestUpdate();
  }
}

const isAnother = (before: FlowOptions, now: FlowOptions): boolean =>
  before.server !== now.server ||
  before.sessionTypeId !== now.sessionTypeId ||
  before.booking?.id !== now.booking?.id;
