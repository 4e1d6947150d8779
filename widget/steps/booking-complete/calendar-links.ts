/** What a calendar wants to know. */
export interface CalendarEntry {
  readonly title: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly details: string;
  readonly location: string;
}

/** Longer addresses are cut off by some browsers and servers. */
const LONGEST = 1500;

/** https://calendar.google.com opens with everything filled in. */
export const googleCalendarUrl = (entry: CalendarEntry): string =>
  address('https://calendar.google.com/calendar/render', {
    action: 'TEMPLATE',
    text: entry.title,
    dates: `${compact(entry.startTime)}/${compact(entry.endTime)}`,
    details: entry.details,
    location: entry.location,
  });

/** Outlook on the web opens with everything filled in. */
export const outlookCalendarUrl = (entry: CalendarEntry): string =>
  address('https://outlook.live.com/calendar/0/deeplink/compose', {
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: entry.title,
    startdt: entry.startTime,
    enddt: entry.endTime,
    body: entry.details,
    location: entry.location,
  });

/** 20261119T134500Z */
const compact = (instant: string): string =>
  `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

// URLSearchParams takes even half a surrogate pair, where encodeURIComponent throws; but Outlook shows its plus signs.
const address = (base: string, parameters: Readonly<Record<string, string>>): string => {
  const given = Object.entries(parameters).filter(([, text]) => text !== '');
  const query = new URLSearchParams(given.map(([name, text]) => [name, text.slice(0, LONGEST)]));
  return `${base}?${query.toString().replaceAll('+', '%20')}`;
};
