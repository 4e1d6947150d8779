// The site's own form around the calendar: one event says which time was chosen.
const form = document.querySelector('[data-visit]');
const chosen = document.querySelector('[data-chosen]');
const problem = document.querySelector('[data-problem]');
const request = document.querySelector('[data-request]');
const body = document.querySelector('[data-request-body]');

let time = null;

document.querySelector('booking-slot-picker').addEventListener('booking-slot-select', (event) => {
  const { slot, sessionType, timeZone } = event;
  time = { session: sessionType.id, start: slot.startTime, end: slot.endTime, zone: timeZone };
  const when = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone,
  });
  chosen.textContent = when.formatRange(new Date(slot.startTime), new Date(slot.endTime));
  problem.textContent = '';
});

form.addEventListener('submit', (event) => {
  event.preventDefault();
  problem.textContent = time === null ? 'Please choose a time first.' : '';
  request.hidden = time === null;
  if (time === null) return;
  const { studio, mail, offers } = Object.fromEntries(new FormData(form));
  body.textContent = JSON.stringify({ studio, mail, offers, time }, null, 2);
  request.focus();
});
