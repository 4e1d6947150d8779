import { isRecord } from '../api/read-times.ts';
import { createDraftId } from './draft.ts';
import type { PendingBooking } from './effect.ts';
import { readDetails } from './read-details.ts';
import type { BookingHandle } from './state.ts';
import type { World } from './world.ts';

// What the visitor typed stays in the tab: a shared computer must not keep it. Only the meaningless draft id is shared by
// all tabs, so that two of them cannot book the same thing twice.

/** The details as they were left, or as the page fills them in. */
export const readDraft = ({ tabStore, sharedStore, options }: World) => {
  const saved = tabStore.read('details');
  const known = sharedStore.read('draft');
  const draftId =
    typeof known === 'string' && /^[0-9a-f]{32}$/.test(known) ? known : createDraftId();
  if (draftId !== known) sharedStore.write('draft', draftId);
  return { details: readDetails(saved ?? options.prefill), draftId };
};

/** After a booking the next one is another intention. Tabs that are already open keep the old id, and so the old booking. */
export const renewDraft = ({ sharedStore }: World): void => {
  sharedStore.write('draft', createDraftId());
};

export const readHandle = ({ tabStore }: World): BookingHandle | null => {
  const saved = tabStore.read('booking');
  return isRecord(saved) && typeof saved['id'] === 'string' && typeof saved['token'] === 'string'
    ? { id: saved['id'], token: saved['token'] }
    : null;
};

export const readPending = ({ tabStore }: World): PendingBooking | null => {
  const saved = tabStore.read('pending');
  return isRecord(saved) && typeof saved['key'] === 'string' && isRecord(saved['request'])
    ? (saved as unknown as PendingBooking)
    : null;
};
