import { isRecord } from '../api/read-times.ts';
import { createDraftId } from './draft.ts';
import type { PendingBooking } from './effect.ts';
import { readDetails } from './read-details.ts';
import type { World } from './world.ts';

// What the visitor typed stays in the tab: a shared computer must not keep it. Only the meaningless draft id is shared by
// all tabs, so that two of them cannot book the same thing twice.

/** The details as they were left, or as the page fills them in. */
export const readDraft = ({ tabStore, sharedStore, options, startedAt }: World) => {
  const saved = tabStore.read('details');
  const known = sharedStore.read('draft');
  const booked = sharedStore.read('booked');
  // Whoever comes after a booking wants another one. Tabs that were open already may be at the very same one.
  const isOver =
    isRecord(booked) && booked['draftId'] === known && Number(booked['at']) < startedAt;
  const isUsable = typeof known === 'string' && /^[0-9a-f]{32}$/.test(known) && !isOver;
  const draftId = isUsable ? known : createDraftId();
  if (draftId !== known) sharedStore.write('draft', draftId);
  return { details: readDetails(saved ?? options.prefill), draftId };
};

export const endDraft = ({ sharedStore, environment }: World, draftId: string): void => {
  sharedStore.write('booked', { draftId, at: environment.now() });
};

/** The next booking is another one. */
export const renewDraft = ({ sharedStore }: World): string => {
  const draftId = createDraftId();
  sharedStore.write('draft', draftId);
  return draftId;
};

export const readPending = ({ tabStore }: World): PendingBooking | null => {
  const saved = tabStore.read('pending');
  return isRecord(saved) && typeof saved['key'] === 'string' && isRecord(saved['request'])
    ? (saved as unknown as PendingBooking)
    : null;
};
