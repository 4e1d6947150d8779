import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { EnterDetails } from '../../flow/state.ts';
import { checkField, fieldsOf, questionOf, type FieldName, type Problem } from './check-details.ts';
import type { Form } from './form.ts';
import { placeServerProblems } from './server-problems.ts';

interface Host extends ReactiveControllerHost {
  readonly form: Form;
  /** What is wrong with what is in the line for guests and no guest yet. */
  readonly guestProblem: Problem | null;
}

/** Which fields need a look, and in which words: after they were left, after Continue, after the server said so. */
export class ProblemsController implements ReactiveController {
  readonly #host: Host;
  readonly #touched = new Set<FieldName>();
  #answered: EnterDetails['fields'] = {};
  byField: ReadonlyMap<FieldName, string> = new Map();
  /** What the server said about something that is no field here. */
  unplaced: readonly string[] = [];

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    const { fields, details, sessionType } = this.#host.form.flow.state;
    if (fields === this.#answered) return;
    this.#answered = fields;
    const { byField, unplaced } = placeServerProblems(fields, details, sessionType);
    this.byField = byField;
    this.unplaced = unplaced;
  }

  /** A field that is being put right is not told off again before it is left. */
  touch(name: FieldName): void {
    this.#touched.add(name);
    this.#set(name, null);
    if (name === 'location') this.#set('place', null);
  }

  /** A field that nobody has written in is not wrong yet. */
  leave(name: FieldName): void {
    if (!this.#touched.has(name)) return;
    const sentence = this.#check(name);
    this.#set(name, sentence);
    if (sentence !== null) this.#host.form.flow.announce(sentence);
  }

  /** Whether everything is right. */
  checkAll(): boolean {
    const problems = new Map<FieldName, string>();
    for (const name of this.#fields()) {
      const sentence = this.#check(name);
      if (sentence !== null) problems.set(name, sentence);
    }
    this.byField = problems;
    this.#host.requestUpdate();
    return problems.size === 0;
  }

  get first(): FieldName | undefined {
    return this.#fields().find((name) => this.byField.has(name));
  }

  #fields(): FieldName[] {
    const { sessionType, details } = this.#host.form.flow.state;
    return fieldsOf(sessionType, details);
  }

  #check(name: FieldName): string | null {
    const { form, guestProblem } = this.#host;
    const { flow, others } = form;
    const { details, sessionType } = flow.state;
    const problem =
      (name === 'guests' ? guestProblem : null) ?? checkField(name, details, sessionType);
    if (problem === null) return null;
    const question = questionOf(sessionType, name)?.question ?? '';
    const isEmpty = problem.key === 'choiceMissing' || problem.key === 'choicesMissing';
    const isOther = isEmpty && others.has(question);
    return flow.texts(isOther ? 'otherMissing' : problem.key, problem.parameters);
  }

  #set(name: FieldName, sentence: string | null): void {
    if ((this.byField.get(name) ?? null) === sentence) return;
    const problems = new Map(this.byField);
    if (sentence === null) problems.delete(name);
    else problems.set(name, sentence);
    this.byField = problems;
    this.#host.requestUpdate();
  }
}
