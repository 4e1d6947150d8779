import type { LocationKind } from '../../../server/contract/session-type.ts';
import type { Flow } from '../../flow/context.ts';
import { locationText } from '../location-text.ts';

export interface Place {
  readonly kind: LocationKind;
  readonly location?: string | null | undefined;
  readonly additionalInfo?: string | null | undefined;
}

/** Where it is, and what has to be known about that. */
export const placeText = (
  flow: Pick<Flow, 'texts'>,
  { kind, location, additionalInfo }: Place,
): { title: string; help: string | null } => {
  const { texts } = flow;
  switch (kind) {
    case 'outbound_call':
      return {
        title: locationText(flow, { kind }),
        help: location ? texts('youAreCalledOn', { number: location }) : null,
      };
    case 'inbound_call':
      return {
        title: locationText(flow, { kind }),
        help: location ? texts('youCall', { number: location }) : null,
      };
    case 'physical':
    case 'custom':
    case 'ask_invitee':
      return { title: locationText(flow, { kind, location }), help: additionalInfo ?? null };
    default:
      return { title: locationText(flow, { kind }), help: texts('linkByMail') };
  }
};
