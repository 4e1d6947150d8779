import Database from 'better-sqlite3';

/** The backend's database, looked into from outside while it runs. */
export interface Owed {
  /** Bookings and payments that are still on their way. */
  bookings(): number;
  /** Who works on what, as it stands written. */
  leases(): Set<string>;
  /** Jobs that are due by then or have been tried before: those that wait for their first try later do not count. */
  jobs(now: number): OwedJob[];
  /** What ended on the list that a human sees. */
  givenUp(): string[];
  close(): void;
}

export interface OwedJob {
  kind: string;
  run_at: number;
  lease: string | null;
  lease_until: number | null;
}

export function openOwed(databaseFile: string): Owed {
  const db = new Database(databaseFile, { readonly: true });
  const bookings = db
    .prepare<[], number>(
      `select count(*) from booking
       where status in ('awaiting_payment', 'scheduling', 'awaiting_invitee')
         or payment_status in ('releasing', 'refunding')
         or (status = 'confirmed' and payment_status = 'authorized')`,
    )
    .pluck();
  const leases = db
    .prepare<[], string>('select lease from job where lease is not null and done_at is null')
    .pluck();
  const jobs = db.prepare<[number], OwedJob>(
    `select kind, run_at, lease, lease_until from job
     where done_at is null and dead_at is null and (run_at <= ? or attempts > 0)`,
  );
  const givenUp = db
    .prepare<[], string>(
      `select kind || ': ' || coalesce(last_error, '') from job where dead_at is not null`,
    )
    .pluck();
  return {
    bookings: () => bookings.get() ?? 0,
    leases: () => new Set(leases.all()),
    jobs: (now) => jobs.all(now),
    givenUp: () => givenUp.all(),
    close: () => void db.close(),
  };
}
