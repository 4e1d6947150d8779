import * as v from 'valibot';

/** What a page tells about its start. */
export const PageStart = v.object({
  firstSlotMs: v.number(),
  layoutShift: v.number(),
  /** Files asked for until then, the page itself not counted. */
  requests: v.number(),
});
export type PageStart = v.InferOutput<typeof PageStart>;

/**
 * Runs inside the page, first of all: looks in every frame for a time that can be chosen, through shadow roots too.
 * It is passed on as text, so it must stand alone.
 */
export function watchPageStart(): void {
  let layoutShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      layoutShift += (entry as PerformanceEntry & { value: number }).value;
    }
  }).observe({ type: 'layout-shift', buffered: true });

  const findSlot = () =>
    document.querySelector('button.time') ??
    document
      .querySelector('booking-calendar')
      ?.shadowRoot?.querySelector('button[part~="time"]:not([disabled])');

  const look = (): void => {
    const slot = findSlot();
    if (slot === null || slot === undefined || slot.getClientRects().length === 0) {
      requestAnimationFrame(look);
      return;
    }
    const firstSlotMs = performance.now();
    const requests = performance
      .getEntriesByType('resource')
      .filter(({ startTime }) => startTime < firstSlotMs).length;
    // Whatever jumps when it is all there does so within this time.
    setTimeout(() => {
      Object.assign(globalThis, { pageStart: { firstSlotMs, layoutShift, requests } });
    }, 700);
  };
  requestAnimationFrame(look);
}
