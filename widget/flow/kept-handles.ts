import { isRecord } from '../api/read-times.ts';
import { readHandle } from './booking-store.ts';
import type { BookingHandle } from './state.ts';
import type { World } from './world.ts';

// A bank's app may send the visitor back into another tab. So what opens a booking that is being paid is known to all
// tabs of the page's origin, but not for longer than a payment can take.
const KEPT_MS = 2 * 3_600_000;

interface Kept extends BookingHandle {
  /** Which element of the page it belongs to: its session type, as the page wrote it. */
  readonly element: string;
  readonly at: number;
}

const readKept = ({ sharedStore, environment }: World): Kept[] => {
  const saved = sharedStore.read('paying');
  if (!Array.isArray(saved)) return [];
  const oldest = environment.now() - KEPT_MS;
  return saved.flatMap((item: unknown): Kept[] => {
    const handle = readHandle(item);
    if (handle === null || !isRecord(item) || !(Number(item['at']) > oldest)) return [];
    return [{ ...handle, element: String(item['element']), at: Number(item['at']) }];
  });
};

const elementOf = ({ options }: World): string => options.sessionTypeId ?? '';

export const keepHandle = (world: World, { id, token }: BookingHandle): void => {
  const others = readKept(world).filter((kept) => kept.id !== id);
  const kept = { id, token, element: elementOf(world), at: world.environment.now() };
  world.sharedStore.write('paying', [...others, kept]);
};

/** `isMine`: this element of the page made it, or one just like it. */
export const findKept = (
  world: World,
  id: string,
): { handle: BookingHandle; isMine: boolean } | null => {
  const kept = readKept(world).find((one) => one.id === id);
  if (kept === undefined) return null;
  return { handle: { id, token: kept.token }, isMine: kept.element === elementOf(world) };
};

export const dropHandle = (world: World, id: string): void =>
  world.sharedStore.write(
    'paying',
    readKept(world).filter((kept) => kept.id !== id),
  );
