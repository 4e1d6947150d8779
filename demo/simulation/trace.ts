import { createHash } from 'node:crypto';

/** What happened in a history, in order and in words. The same seed gives the same trace, byte for byte. */
export interface Trace {
  note(who: string, what: string): void;
  /** From now on this identity is written as `name`: nobody reads UUIDs. */
  name(identity: string, name: string): void;
  text(): string;
  hash(): string;
}

export function createTrace(clock: { now(): number }): Trace {
  const start = clock.now();
  const entries: { at: number; who: string; what: string }[] = [];
  const names = new Map<string, string>();

  const named = (text: string): string => {
    for (const [identity, name] of names) text = text.replaceAll(identity, name);
    return text;
  };
  const text = (): string =>
    entries
      .map(({ at, who, what }) => `${sinceStart(at - start)}  ${who.padEnd(10)} ${named(what)}`)
      .join('\n');

  return {
    note: (who, what) => void entries.push({ at: clock.now(), who, what }),
    name: (identity, name) => void names.set(identity, name),
    text,
    hash: () => createHash('sha256').update(text()).digest('hex'),
  };
}

/** `1d 02:03:04.567` */
function sinceStart(ms: number): string {
  const day = 86_400_000;
  const clock = new Date(ms % day).toISOString().slice(11, 23);
  return `${Math.floor(ms / day)}d ${clock}`;
}
