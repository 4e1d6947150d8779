import type SQLite from 'better-sqlite3';

const questions = new WeakMap<SQLite.Database, SQLite.Statement<[], string>>();

/** What must be so after every single write; null when it is, else what is not. */
export function standingPromise(raw: SQLite.Database): string | null {
  let question = questions.get(raw);
  if (!question) {
    question = raw.prepare<[], string>(asked).pluck();
    questions.set(raw, question);
  }
  return question.get() ?? null;
}

const asked = `
  select 'one seat is sold twice: ' || a.start_time || ' seat ' || a.seat
  from booking a join booking b
    on a.calendar = b.calendar and a.start_time = b.start_time and a.seat = b.seat and a.id < b.id
  union all
  select 'two sessions of one calendar overlap at ' || a.start_time
  from booking a join booking b on a.calendar = b.calendar and a.id <> b.id
    and a.seat is not null and b.seat is not null
    and a.start_time < b.end_time and b.start_time < a.end_time
    and not (a.event_type = b.event_type and a.start_time = b.start_time)
  union all
  select 'a booking is ' || status || ' with its payment ' || payment_status from booking
  where (status = 'confirmed' and payment_status not in ('not_required', 'authorized', 'paid'))
     or (status = 'scheduling' and payment_status not in ('not_required', 'authorized', 'paid'))
     or (status = 'awaiting_payment' and payment_status <> 'open')
     or (status in ('expired', 'rejected') and payment_status in ('open', 'authorized', 'paid'))
     or (status = 'canceled' and payment_status in ('open', 'authorized'))
  limit 1`;
