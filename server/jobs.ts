import { existsSync } from 'node:fs';
import { systemClock } from './clock.ts';
import { readDatabaseUrl } from './config.ts';
import { openDatabase } from './database/database.ts';
import { runJobsCommand } from './outbox/jobs-command.ts';

const url = readDatabaseUrl(process.env);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

// Opening it would make an empty one, in which nothing is ever wrong.
if (existsSync(url.replace(/^file:(\/\/)?/, ''))) {
  const db = await openDatabase(url);
  process.exitCode = await runJobsCommand(process.argv.slice(2), { db, clock: systemClock, print });
  await db.destroy();
} else {
  print(`There is no database at ${url}. DATABASE_URL must be the one that the backend has.`);
  process.exitCode = 1;
}
