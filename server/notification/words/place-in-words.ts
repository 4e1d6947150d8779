import type { LocationKind } from '../../contract/session-type.ts';
import type { BookingFacts } from '../notification.ts';
import { looksLikeLink, oneLine, webAddress } from './clean-text.ts';

const conferences: Partial<Record<LocationKind, string>> = {
  google_conference: 'Google Meet',
  zoom_conference: 'Zoom',
  microsoft_teams_conference: 'Microsoft Teams',
  webex_conference: 'Webex',
  gotomeeting_conference: 'GoTo Meeting',
};

/** Where the session takes place, in one line and perhaps a link to join it. */
export interface PlaceInWords {
  line: string;
  joinUrl: string | null;
}

export function placeInWords(location: BookingFacts['location']): PlaceInWords | null {
  if (location === null) return null;
  const joinUrl = webAddress(location.joinUrl);
  const text = oneLine(location.location ?? '');
  const line = placeLine(location.kind, text, joinUrl);
  return line === '' ? null : { line, joinUrl };
}

function placeLine(kind: LocationKind, text: string, joinUrl: string | null): string {
  const conference = conferences[kind];
  if (conference !== undefined) {
    // Calendly makes the link minutes after the booking.
    return joinUrl === null
      ? `${conference}; the link will be on the page of your booking`
      : conference;
  }
  switch (kind) {
    case 'outbound_call':
      return text === '' || looksLikeLink(text)
        ? 'By phone; you are called'
        : `By phone; you are called on ${text}`;
    case 'inbound_call':
      return text === '' ? 'By phone; you call' : `By phone; you call ${text}`;
    case 'ask_invitee':
      return text === '' || looksLikeLink(text) ? 'The place that you named' : text;
    default:
      return text || (joinUrl === null ? '' : 'Online');
  }
}
