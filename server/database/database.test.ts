import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import SQLite from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from './database.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booking-calendar-database-'));
  file = join(folder, 'bookings.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const schemaOf = (path: string): unknown => {
  const db = new SQLite(path, { readonly: true });
  const schema = {
    version: db.pragma('user_version', { simple: true }),
    objects: db.prepare('select type, name, sql from sqlite_master order by name').all(),
  };
  db.close();
  return schema;
};

describe('opening a database', () => {
  test('makes it, and finds it as it was the next time', async () => {
    const first = await openDatabase(`file:${file}`);
    await first.insertInto('setting').values({ name: 'a', value: '1' }).execute();
    await first.destroy();
    const schema = schemaOf(file);
    const second = await openDatabase(`file:${file}`);
    expect(await second.selectFrom('setting').selectAll().execute()).toEqual([
      { name: 'a', value: '1' },
    ]);
    await second.destroy();
    expect(schemaOf(file)).toEqual(schema);
  });

  test.each(['file:', 'file://'])('understands %s addresses', async (prefix) => {
    await (await openDatabase(prefix + file)).destroy();
    expect(schemaOf(file)).toMatchObject({ version: expect.any(Number) });
  });

  test(
    'from several processes at once makes it once, and lets all of them write',
    { timeout: 20_000 },
    async () => {
      const module = new URL('./database.ts', import.meta.url).href;
      const program = `const { openDatabase } = await import(${JSON.stringify(module)});
      const db = await openDatabase(${JSON.stringify(`file:${file}`)});
      for (let time = 0; time < 25; time++) await db.transaction().execute(async (trx) => {
        // Read, then write: with a deferred transaction this is where SQLite gives up.
        await trx.selectFrom('setting').selectAll().execute();
        await trx.insertInto('setting').values({ name: process.pid + ' ' + time, value: '' }).execute();
      });
      await db.destroy();`;
      const run = promisify(execFile);
      await Promise.all(
        Array.from({ length: 4 }, () =>
          run(process.execPath, ['--input-type=module', '-e', program]),
        ),
      );
      const db = await openDatabase(`file:${file}`);
      expect(await db.selectFrom('setting').selectAll().execute()).toHaveLength(100);
      await db.destroy();
    },
  );

  test('is refused when a newer program has made it, and nothing in it is touched', async () => {
    await (await openDatabase(`file:${file}`)).destroy();
    const db = new SQLite(file);
    db.pragma('user_version = 99');
    db.close();
    const schema = schemaOf(file);
    await expect(openDatabase(`file:${file}`)).rejects.toThrow(
      /schema version 99; this program knows \d+\. Use the newer program\./,
    );
    expect(schemaOf(file)).toEqual(schema);
  });

  test('is refused when it is something else', async () => {
    await expect(openDatabase('file:package.json')).rejects.toThrow(/not a database/);
  });
});

describe('an open database', () => {
  test('writes what it says it has written to the disk, and keeps its references', async () => {
    const db = await openDatabase(`file:${file}`);
    const pragma = async (name: string): Promise<unknown> => {
      const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(db);
      return Object.values(rows[0] ?? {})[0];
    };
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('foreign_keys')).toBe(1);
    expect(await pragma('busy_timeout')).toBe(5_000);
    const orphan = db
      .insertInto('job')
      .values({
        kind: 'x',
        dedupe_key: 'x',
        payload: '{}',
        run_at: 0,
        attempts: 0,
        created_at: 0,
        booking_id: 'nobody',
      })
      .execute();
    await expect(orphan).rejects.toThrow(/FOREIGN KEY/);
    await db.destroy();
  });
});
