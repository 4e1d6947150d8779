type TemporalNamespace = typeof globalThis.Temporal;

// What the browser has, or the polyfill's, which only browsers without it load. Nothing is installed on the page.
let current: TemporalNamespace | undefined = (
  globalThis as Partial<Pick<typeof globalThis, 'Temporal'>>
).Temporal;

export const hasTemporal = (): boolean => current !== undefined;

/** Nothing to wait for where Temporal is native: then the first paint stays in one task. */
export const loadTemporal = (): Promise<void> | undefined =>
  current === undefined ? loadPolyfill() : undefined;

const loadPolyfill = async (): Promise<void> => {
  current = (await import('temporal-polyfill')).Temporal;
};

/** For this folder only; everything in it may be called once `loadTemporal()` has settled. */
export const temporal = (): TemporalNamespace => {
  if (current === undefined) throw new Error('No Temporal yet');
  return current;
};
