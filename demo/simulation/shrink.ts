import { liveHistory, type HistoryOptions } from './history.ts';
import { troubles, type TroubleKind } from './weather.ts';

/** Which troubles a broken history can do without and still break a promise. What is left is where to look. */
export async function shrink(options: HistoryOptions): Promise<Set<TroubleKind>> {
  const without = new Set(options.without);
  for (const kind of troubles) {
    if (without.has(kind)) continue;
    without.add(kind);
    const { broken } = await liveHistory({ ...options, without });
    if (broken === null) without.delete(kind);
  }
  return without;
}
