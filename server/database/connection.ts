import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './schema.ts';

export type Database = Kysely<Tables>;
/** What a repository function takes: a transaction where several facts belong together, the database otherwise. */
export type Connection = Database | Transaction<Tables>;
