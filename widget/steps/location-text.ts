import type { LocationKind } from '../../server/contract/session-type.ts';
import type { Flow } from '../flow/context.ts';

const BRANDS: { readonly [kind in LocationKind]?: string } = {
  google_conference: 'Google Meet',
  zoom_conference: 'Zoom',
  microsoft_teams_conference: 'Microsoft Teams',
  webex_conference: 'Webex',
  gotomeeting_conference: 'GoTo Meeting',
};

/** Where a session takes place, in a few words. */
export const locationText = (
  { texts }: Pick<Flow, 'texts'>,
  { kind, location }: { kind: LocationKind; location?: string | null | undefined },
): string =>
  BRANDS[kind] ??
  (location ||
    texts(
      kind === 'physical'
        ? 'inPerson'
        : kind.endsWith('_call')
          ? 'phoneCall'
          : kind === 'ask_invitee'
            ? 'yourPlace'
            : 'online',
    ));
