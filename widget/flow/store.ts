import { toJson } from '../api/to-json.ts';

/** JSON in a Storage that may be missing, blocked, full, or written by something else. */
export const createStore = (storage: Storage | undefined, prefix: string) => ({
  read: (key: string): unknown => {
    try {
      return JSON.parse(storage?.getItem(prefix + key) ?? 'null');
    } catch {
      return null;
    }
  },
  write: (key: string, value: unknown): void => {
    try {
      storage?.setItem(prefix + key, toJson(value));
    } catch {
      // Full or blocked: the widget works on without a memory.
    }
  },
  remove: (key: string): void => {
    try {
      storage?.removeItem(prefix + key);
    } catch {
      // Blocked.
    }
  },
});
export type Store = ReturnType<typeof createStore>;
