import { locationInput } from '../../server/contract/session-type.ts';
import type { Details, SessionType } from './state.ts';

type Place = SessionType['locations'][number];
type Chosen = Details['location'];

/** Whether this is the one that was chosen; places of one kind are told apart by their text. */
export const isChosenPlace = (place: Place, chosen: Chosen): boolean =>
  chosen !== undefined &&
  place.kind === chosen.kind &&
  (locationInput(place.kind) !== 'none' || (place.location ?? undefined) === chosen.location);

/** A place as a choice: what the invitee has to add stays as it was typed. */
export const choosePlace = (place: Place, typed: string): NonNullable<Chosen> =>
  locationInput(place.kind) !== 'none'
    ? { kind: place.kind, location: typed }
    : { kind: place.kind, ...(place.location !== null && { location: place.location }) };

/** What was chosen for one session type may not be offered by another; the only place needs no choosing. */
export const fitLocation = (chosen: Chosen, { locations }: SessionType): Chosen => {
  const [only] = locations;
  if (locations.length === 1 && only !== undefined) {
    if (locationInput(only.kind) === 'none') return undefined;
    return choosePlace(only, (chosen?.kind === only.kind ? chosen.location : undefined) ?? '');
  }
  return locations.some((place) => isChosenPlace(place, chosen)) ? chosen : undefined;
};
