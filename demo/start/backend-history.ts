import Database from 'better-sqlite3';

// The backend keeps how things are; the panel tells how they came about. So the sandbox has the database itself note every
// move of a booking, in a table beside the backend's own, of which the backend knows nothing.

/** One move, in the words of the backend. */
export interface Move {
  at: number;
  booking_id: string;
  status: string;
  payment_status: string;
  hold_expires_at: number | null;
}

const note = `insert into sandbox_move (at, booking_id, status, payment_status, hold_expires_at)
  values (new.updated_at, new.id, new.status, new.payment_status, new.hold_expires_at);`;

export function noteMoves(databaseFile: string): void {
  const db = new Database(databaseFile, { timeout: 5_000 });
  db.exec(`
    create table if not exists sandbox_move (
      id integer primary key, at integer, booking_id text, status text, payment_status text, hold_expires_at integer
    );
    create trigger if not exists sandbox_made after insert on booking begin ${note} end;
    create trigger if not exists sandbox_moved after update on booking
      when old.status <> new.status or old.payment_status <> new.payment_status
      begin ${note} end;
  `);
  db.close();
}

/** Oldest first; none where nobody notes them. */
export function readMoves(db: Database.Database): Move[] {
  const isNoted = db
    .prepare(`select 1 from sqlite_schema where type = 'table' and name = 'sandbox_move'`)
    .get();
  return isNoted === undefined
    ? []
    : db
        .prepare<[], Move>(
          `select at, booking_id, status, payment_status, hold_expires_at from sandbox_move
           order by id desc limit 200`,
        )
        .all()
        .toReversed();
}
