/** Whether If-None-Match names this tag. https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2 */
export const namesTag = (ifNoneMatch: string, etag: string): boolean =>
  ifNoneMatch === etag ||
  ifNoneMatch
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === etag || tag === '*');
