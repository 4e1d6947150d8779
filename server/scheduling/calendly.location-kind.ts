import { locationKinds, type LocationKind } from '../contract/session-type.ts';

// Events say `type` where event types and requests say `kind`, and name three of them shortly.
const shortNames = new Map<string, LocationKind>([
  ['zoom', 'zoom_conference'],
  ['webex', 'webex_conference'],
  ['gotomeeting', 'gotomeeting_conference'],
]);

/** Where to meet, by either of Calendly's names for it; null for a kind of tomorrow. */
export const readLocationKind = (name: string): LocationKind | null =>
  shortNames.get(name) ?? locationKinds.find((kind) => kind === name) ?? null;
