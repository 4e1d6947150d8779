/** Which promise of the database a write would have broken; null when the error is something else. */
export type Conflict = 'seat' | 'idempotency_key' | 'replacement' | 'invitee' | 'other';

const byColumn: readonly [RegExp, Conflict][] = [
  [/booking_overlap|booking\.seat/, 'seat'],
  [/booking\.idempotency_hash/, 'idempotency_key'],
  [/booking\.replaces/, 'replacement'],
  [/booking\.invitee_uri/, 'invitee'],
];

export function conflictOf(error: unknown): Conflict | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error ? String(error.code) : '';
  if (!code.startsWith('SQLITE_CONSTRAINT')) return null;
  return byColumn.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'other';
}
