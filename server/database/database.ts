import { Kysely } from 'kysely';
import type { Database } from './connection.ts';
import { migrate } from './migrate.ts';
import type { Tables } from './schema.ts';
import { createSqliteDialect } from './sqlite.ts';

/** Opens the database that `url` names (`file:…`, or `:memory:`) and brings it to today's schema. */
export async function openDatabase(url: string): Promise<Database> {
  const path = url === ':memory:' ? url : url.replace(/^file:(\/\/)?/, '');
  const db = new Kysely<Tables>({ dialect: createSqliteDialect(path) });
  await migrate(db);
  return db;
}
