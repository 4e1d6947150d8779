/** The address when it is safe to link to: nothing that a stranger writes may become a script. */
export const webAddress = (url: string | null | undefined): string | null =>
  url && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null;
