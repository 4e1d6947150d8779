/** How dates and times read for one visitor; made without the widget's own code, so that the two can disagree. */
export interface Wording {
  /** The time of day, as a name begins with it: the name may go on with seats or an offset. */
  time(startTime: string): RegExp;
  timeText(startTime: string): string;
  /** The day, as the name of a cell begins with it. */
  day(startTime: string): RegExp;
  month(startTime: string): string;
}

const escape = (text: string): string =>
  text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s/g, '\\s');

export function createWording(locale: string, timeZone: string): Wording {
  const write = (startTime: string, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(new Date(startTime));
  const timeText = (startTime: string): string => write(startTime, { timeStyle: 'short' });

  return {
    timeText,
    time: (startTime) => new RegExp(`^${escape(timeText(startTime))}\\b`),
    day: (startTime) =>
      new RegExp(
        `^${escape(write(startTime, { weekday: 'long', day: 'numeric', month: 'long' }))}\\b`,
      ),
    month: (startTime) => write(startTime, { month: 'long', year: 'numeric' }),
  };
}
