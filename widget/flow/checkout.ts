import { webAddress } from '../steps/web-address.ts';
import type { World } from './world.ts';

/** The payment page wants a window of its own: never a frame. */
const leave = (url: string): void => {
  if (window.top === window.self) window.location.assign(url);
  else window.open(url, '_top');
};

export const openCheckout = (url: string, { environment }: World): void => {
  const address = webAddress(url);
  if (address !== null) (environment.leave ?? leave)(address);
};
