export type LaterSteps = typeof import('./later-steps.ts');

/** The one chunk with everything after a time is chosen. The browser keeps it: asking twice costs nothing. */
export const loadLaterSteps = (): Promise<LaterSteps> => import('./later-steps.ts');
