import { sql, type Kysely } from 'kysely';
import type { Connection } from './connection.ts';
import type { Tables } from './schema.ts';
import * as bookings from './migrations/0001-bookings.ts';

/** Append only: what has run on somebody's machine stays as it is. */
const migrations: readonly { up: (db: Connection) => Promise<void> }[] = [bookings];

/**
 * Brings the database to today's schema in one transaction. SQLite's own version counter is the record, so that two
 * processes starting at once cannot both apply a step: the second waits for the lock and finds nothing to do.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const result = await sql<{ user_version: number }>`pragma user_version`.execute(trx);
    const version = result.rows[0]?.user_version ?? 0;
    if (version > migrations.length) {
      throw new Error(
        `The database has schema version ${version}; this program knows ${migrations.length}. Use the newer program.`,
      );
    }
    for (const migration of migrations.slice(version)) await migration.up(trx);
    await sql`pragma user_version = ${sql.raw(String(migrations.length))}`.execute(trx);
  });
}
