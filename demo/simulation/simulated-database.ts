import SQLite from 'better-sqlite3';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
} from 'kysely';
import type { Database } from '../../server/database/connection.ts';
import { migrate } from '../../server/database/migrate.ts';
import type { Tables } from '../../server/database/schema.ts';
import { sqliteDialectOn } from '../../server/database/sqlite.ts';

/** The moments at which a database can fail a process, or the process die. */
export type DatabaseMoment = 'before' | 'write' | 'after';

export interface DatabaseWeather {
  /**
   * Called before a transaction begins or a single write is made, at each write, and when all is durable. Throws what the
   * database would; a promise holds the process up, one that never resolves ends it.
   */
  at(moment: DatabaseMoment, what: string): Promise<void> | undefined;
  /** Rows of this table are other ones, unless the transaction fails. */
  wrote(table: string): void;
  /** What was written will last. */
  committed(): void;
}

/** One database in memory that outlives the processes which use it, and can be had as new for the next history. */
export interface SimulatedDatabase {
  readonly raw: SQLite.Database;
  /** As one process has it: when `life` aborts, what was not committed is gone and nothing more is written. */
  connect(life: AbortSignal, weather: DatabaseWeather): Database;
  /** As it was when it was made. */
  empty(): void;
  close(): void;
}

export interface SimulatedDatabaseOptions {
  /** Done to the database once it is made: takes a constraint away, say. */
  alter?: string;
  /** Done to the parameters of every query: makes a key useless, say. */
  rewrite?: (query: CompiledQuery) => CompiledQuery;
}

export async function createSimulatedDatabase(
  options: SimulatedDatabaseOptions = {},
): Promise<SimulatedDatabase> {
  const { alter, rewrite = (query) => query } = options;
  const raw = new SQLite(':memory:');
  raw.pragma('foreign_keys = ON');
  const dialect = sqliteDialectOn({ prepare: preparedOnce(raw), close: () => undefined });
  // What looks on has statements of its own: these give single values, too.
  raw.prepare = preparedOnce(raw);
  await migrate(new Kysely<Tables>({ dialect }));
  if (alter !== undefined) raw.exec(alter);
  // Those that others refer to come last. Switching the references off instead would have every statement prepared anew.
  const tables = raw
    .prepare<[], string>(
      `select name from sqlite_master where type = 'table' order by name = 'booking'`,
    )
    .pluck()
    .all();
  const emptying = [
    raw.prepare('update booking set replaces = null, rescheduled_to = null, paid_by = null'),
    ...tables.map((table) => raw.prepare(`delete from ${table}`)),
  ];

  return {
    raw,
    connect(life, weather) {
      life.addEventListener('abort', () => {
        if (raw.inTransaction) raw.exec('rollback');
      });
      return new Kysely<Tables>({ dialect: mortalDialect(dialect, life, weather, rewrite) });
    },
    empty() {
      for (const statement of emptying) statement.run();
    },
    close: () => void raw.close(),
  };
}

/** Preparing is most of what a small query costs, and a thousand histories ask the same ones. */
function preparedOnce(raw: SQLite.Database): SQLite.Database['prepare'] {
  const prepare = raw.prepare.bind(raw);
  const statements = new Map<string, SQLite.Statement>();
  return ((sql: string) => {
    const known = statements.get(sql) ?? prepare(sql);
    statements.set(sql, known);
    return known;
  }) as SQLite.Database['prepare'];
}

/** A new one each time: whoever waits for it is to be forgotten. */
const never = (): Promise<never> => new Promise(() => undefined);

type Rewrite = (query: CompiledQuery) => CompiledQuery;

function mortalDialect(
  dialect: Dialect,
  life: AbortSignal,
  weather: DatabaseWeather,
  rewrite: Rewrite,
): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => mortalDriver(dialect.createDriver(), life, weather, rewrite),
  };
}

interface Connection extends DatabaseConnection {
  inner: DatabaseConnection;
  inTransaction: boolean;
}

function mortalDriver(
  inner: Driver,
  life: AbortSignal,
  weather: DatabaseWeather,
  rewrite: Rewrite,
): Driver {
  const innerOf = (connection: DatabaseConnection): DatabaseConnection =>
    (connection as Connection).inner;

  async function executeQuery<R>(
    connection: Connection,
    query: CompiledQuery,
  ): Promise<QueryResult<R>> {
    if (life.aborted) return never();
    const what = writeOf(query);
    if (what === null) return connection.inner.executeQuery<R>(query);
    if (!connection.inTransaction) {
      await weather.at('before', what);
      if (life.aborted) return never();
    }
    await weather.at('write', what);
    const result = await connection.inner.executeQuery<R>(query);
    const hasChanged = result.rows.length > 0 || (result.numAffectedRows ?? 0n) > 0n;
    if (hasChanged) weather.wrote(what.slice(what.indexOf(' ') + 1));
    if (connection.inTransaction || !hasChanged) return result;
    weather.committed();
    await weather.at('after', what);
    return life.aborted ? never() : result;
  }

  return {
    init: () => inner.init(),
    async acquireConnection() {
      const connection: Connection = {
        inner: await inner.acquireConnection(),
        inTransaction: false,
        executeQuery: (query) => executeQuery(connection, rewrite(query)),
        streamQuery: () => {
          throw new Error('Nothing streams from the database.');
        },
      };
      return connection;
    },
    async beginTransaction(connection, settings) {
      await weather.at('before', 'transaction');
      if (life.aborted) return never();
      await inner.beginTransaction(innerOf(connection), settings);
      (connection as Connection).inTransaction = true;
    },
    async commitTransaction(connection) {
      await weather.at('write', 'commit');
      if (life.aborted) return never();
      await inner.commitTransaction(innerOf(connection));
      (connection as Connection).inTransaction = false;
      weather.committed();
      await weather.at('after', 'commit');
      return life.aborted ? never() : undefined;
    },
    async rollbackTransaction(connection) {
      if (life.aborted) return never();
      await inner.rollbackTransaction(innerOf(connection));
      (connection as Connection).inTransaction = false;
    },
    releaseConnection: (connection) => inner.releaseConnection(innerOf(connection)),
    destroy: async () => undefined,
  };
}

/** `insert booking`; null for what only reads. */
function writeOf({ sql }: CompiledQuery): string | null {
  const [, verb, table] = /^(insert into|update|delete from) "(\w+)"/.exec(sql) ?? [];
  return verb === undefined ? null : `${verb.slice(0, 6)} ${table}`;
}
