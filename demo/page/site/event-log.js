// What a site's own analytics would hear: the calendar's events, and the messages that Calendly's embed would post.
const names = [
  'booking-slot-select',
  'booking-step-change',
  'booking-confirmed',
  'booking-canceled',
  'booking-error',
];

const list = document.querySelector('[data-event-log]');
const count = document.querySelector('[data-event-count]');
const none = document.querySelector('[data-event-none]');

const note = (name, details) => {
  const line = document.createElement('li');
  for (const text of [new Date().toLocaleTimeString('en-GB'), name, details]) {
    const part = document.createElement('span');
    part.textContent = text;
    line.append(part);
  }
  list.append(line);
  count.textContent = String(list.children.length);
  none.hidden = true;
};

const inWords = (event) => {
  switch (event.type) {
    case 'booking-slot-select':
      return `${event.sessionType.title}, ${event.slot.startTime}, ${event.timeZone}`;
    case 'booking-step-change':
      return `${event.previousStep} → ${event.step}`;
    case 'booking-error':
      return `${event.code}: ${event.message}`;
    default:
      return `${event.booking.title}, ${event.booking.startTime}`;
  }
};

for (const name of names) {
  document.addEventListener(name, (event) => note(name, inWords(event)));
}
addEventListener('message', ({ origin, data }) => {
  const isOurs = origin === location.origin && String(data?.event).startsWith('calendly.');
  if (isOurs) note(data.event, JSON.stringify(data.payload ?? {}));
});
