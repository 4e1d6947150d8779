/**
 * Making a formatter takes longer than all the rest of a mail, and the histories make the same few over and over. To be
 * imported first.
 */
const Real = Intl.DateTimeFormat;
const known = new Map<string, Intl.DateTimeFormat>();

Intl.DateTimeFormat = new Proxy(Real, {
  construct(_, [locale, options]: [string?, Intl.DateTimeFormatOptions?]) {
    const key = `${locale} ${JSON.stringify(options)}`;
    const earlier = known.get(key);
    if (earlier) return earlier;
    const made = new Real(locale, options);
    known.set(key, made);
    return made;
  },
});
