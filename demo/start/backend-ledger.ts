import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Row } from '../sandbox/panel/ledger.ts';

interface BookingRow {
  status: string;
  title: string;
  name: string;
  start_time: string;
  updated_at: number;
}

interface DeliveryRow {
  outcome: string | null;
  body: string;
  received_at: number;
}

interface MailRow {
  attempts: number;
  done_at: number | null;
  dead_at: number | null;
  created_at: number;
}

const bad = new Set(['rejected', 'expired']);
const instant = (ms: number): string => new Date(ms).toISOString();

/** The sandbox looks into the backend's database from outside: the backend does not notice. */
function look<T>(databaseFile: string, read: (db: Database.Database) => T, otherwise: T): T {
  if (!existsSync(databaseFile)) return otherwise;
  const db = new Database(databaseFile, { readonly: true });
  try {
    return read(db);
  } finally {
    db.close();
  }
}

/** What the backend has written down. */
export const readBackendLedger = (databaseFile: string): Row[] =>
  look(databaseFile, (db) => [...bookings(db), ...deliveries(db), ...mails(db)], []);

/** Bookings that the visitor was told of and that Calendly knows nothing of. */
export function acceptedAndLost(databaseFile: string, known: readonly { uri: string }[]): number {
  const uris = new Set(known.map(({ uri }) => uri));
  return look(
    databaseFile,
    (db) =>
      db
        .prepare<[], { invitee_uri: string | null }>(
          `select invitee_uri from booking where status = 'confirmed'`,
        )
        .all()
        .filter(({ invitee_uri: uri }) => uri === null || !uris.has(uri)).length,
    0,
  );
}

const bookings = (db: Database.Database): Row[] =>
  db
    .prepare<[], BookingRow>(
      `select status, title, name, start_time, updated_at from booking
       order by updated_at desc limit 50`,
    )
    .all()
    .map((row) => ({
      at: instant(row.updated_at),
      title: row.status,
      detail: `${row.title}, ${row.start_time.slice(0, 16).replace('T', ' ')} UTC, ${row.name}`,
      tone: row.status === 'confirmed' ? 'good' : bad.has(row.status) ? 'bad' : 'neutral',
    }));

const deliveries = (db: Database.Database): Row[] =>
  db
    .prepare<[], DeliveryRow>(
      'select outcome, body, received_at from delivery order by id desc limit 50',
    )
    .all()
    .map((row) => ({
      at: instant(row.received_at),
      title: /"event":\s*"([\w.]+)"/.exec(row.body)?.[1] ?? 'delivery',
      detail: `Webhook taken in, ${row.outcome ?? 'not processed yet'}`,
    }));

const mails = (db: Database.Database): Row[] =>
  db
    .prepare<[], MailRow>(
      `select attempts, done_at, dead_at, created_at from job where kind = 'send-mail'
       order by id desc limit 50`,
    )
    .all()
    .map((row) => ({
      at: instant(row.done_at ?? row.dead_at ?? row.created_at),
      title: row.done_at ? 'mail sent' : row.dead_at ? 'mail given up' : 'mail owed',
      ...(row.attempts > 1 && { detail: `after ${row.attempts} tries` }),
      tone: row.dead_at ? 'bad' : 'neutral',
    }));
