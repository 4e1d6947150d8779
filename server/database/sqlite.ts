import SQLite from 'better-sqlite3';
import {
  CompiledQuery,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
  type SqliteDialectConfig,
  type SqliteStatement,
} from 'kysely';
import { LRUCache } from 'lru-cache';

/**
 * A transaction takes the write lock when it begins. A deferred one that reads first and writes later can fail with
 * SQLITE_BUSY however long it is willing to wait, because its snapshot is already old.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new ImmediateSqliteDriver(this.#config);
  }
}

/** `path` is a file or `:memory:`. */
export function createSqliteDialect(path: string): SqliteDialect {
  const database = new SQLite(path, { timeout: 5000 });
  database.pragma('journal_mode = WAL');
  // The library's default for WAL is NORMAL, which may lose committed transactions when the power fails.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  if (database.pragma('synchronous', { simple: true }) !== 2) {
    throw new Error('The database does not write durably (PRAGMA synchronous is not FULL).');
  }
  return sqliteDialectOn(database);
}

/** Preparing is most of what a small query costs; these are as many as there are ways to ask. */
const keptStatements = 500;

/** On a database that is open already. */
export function sqliteDialectOn(database: SqliteDatabase): SqliteDialect {
  const statements = new LRUCache<string, SqliteStatement>({ max: keptStatements });
  const reusing: SqliteDatabase = {
    prepare(text) {
      const known = statements.get(text);
      if (known) return known;
      const statement = database.prepare(text);
      statements.set(text, statement);
      return statement;
    },
    close: () => database.close(),
  };
  return new ImmediateSqliteDialect({ database: reusing });
}
