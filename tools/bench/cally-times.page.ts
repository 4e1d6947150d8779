// The lower bound for any widget that needs data: a calendar alone, and beside it a plain list of the first day's
// times, asked for the moment the script runs.
import { times } from './fetch-times.page.ts';
import 'cally';

document.body.insertAdjacentHTML(
  'beforeend',
  '<calendar-date><calendar-month></calendar-month></calendar-date><ul></ul>',
);
const { slots } = await times;
const dayOf = (instant: string) => new Date(instant).toDateString();
const [first] = slots;
const list = document.querySelector('ul');
for (const { startTime } of slots) {
  if (first === undefined || dayOf(startTime) !== dayOf(first.startTime)) break;
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.className = 'time';
  button.textContent = new Date(startTime).toLocaleTimeString([], { timeStyle: 'short' });
  item.append(button);
  list?.append(item);
}
