import type { LocationKind } from '../../../server/contract/session-type.ts';
import type { Flow } from '../../flow/context.ts';
import type { Details, EnterDetails } from '../../flow/state.ts';
import type { FieldName } from './check-details.ts';

/** What every field of the form works with. */
export interface Form {
  /** As it is now, not as it was when the form was drawn. */
  readonly flow: Flow<EnterDetails>;
  /** Sentences, by field. */
  readonly problems: ReadonlyMap<FieldName, string>;
  /** The invitee's own answers beside the choices, by question; there while "Other" is chosen. */
  readonly others: ReadonlyMap<string, string>;
  /** What was typed for a place before, chosen or not. */
  typedPlace(kind: LocationKind): string;
  edit(field: FieldName, change: Partial<Details>): void;
  setOther(question: string, text: string | null): void;
}

export const idOf = (name: FieldName): string => `field-${name}`;

/** What describes the field to those who do not see it: its problem, or its help. */
export const describedBy = (form: Form, name: FieldName, hint: string | undefined) =>
  form.problems.has(name) ? `${idOf(name)}-problem` : hint ? `${idOf(name)}-hint` : undefined;
