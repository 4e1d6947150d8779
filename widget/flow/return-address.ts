/** What the backend adds to the address that a payment returns to: the booking's id, and its token in the fragment. */
const NAME = 'booking-calendar=';

const PARTS = /^([^?#]*)(?:\?([^#]*))?(#[^]*)?$/;

const split = (href: string) => {
  const [, path = '', query, fragment = ''] = PARTS.exec(href) ?? [];
  return { path, parameters: query?.split('&') ?? [], fragment };
};

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

/** The booking that this address comes back with, and its token when the address has it. */
export const readReturn = (href: string): { id: string; token: string | null } | null => {
  const { parameters, fragment } = split(href);
  const found = parameters.findLast((parameter) => parameter.startsWith(NAME));
  const id = decoded(found?.slice(NAME.length) ?? '');
  if (id === null || id === '') return null;
  const token = fragment.startsWith(`#${NAME}`) ? decoded(fragment.slice(NAME.length + 1)) : null;
  return { id, token: token === '' ? null : token };
};

/** The address as the page knows it. All that is not ours stays as it is spelled: it may be a router's. */
export const withoutReturn = (href: string): string => {
  const { path, parameters, fragment } = split(href);
  const others = parameters.filter((parameter) => !parameter.startsWith(NAME));
  if (others.length === parameters.length && !fragment.startsWith(`#${NAME}`)) return href;
  return [
    path,
    others.length === 0 ? '' : `?${others.join('&')}`,
    fragment.startsWith(`#${NAME}`) ? '' : fragment,
  ].join('');
};
