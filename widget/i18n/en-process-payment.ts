import type { Text } from './texts.ts';

export const englishProcessPayment = {
  stepPayment: 'payment',
  heldTitle: '{time} is held for you',
  heldHelp:
    'Stripe’s payment page opens in this window. Come back here when you have paid and we book the time.',
  heldStuckHelp:
    'Stripe’s payment page did not open by itself. Open it here, and come back when you have paid.',
  unpaidTitle: 'Not paid yet',
  unpaidHelp: 'Nothing was charged. {time} is held until {end}.',
  declinedTitle: 'The card was declined',
  declinedHelp: 'Nothing was charged. Another card or another way to pay often works. {still}',
  stillHeld: '{time} is still held for you.',
  returnedTitle: 'Checking your payment',
  returnedHelp: 'This takes a few seconds. You may close this page: we e-mail you either way.',
  returnedLate: 'Still checking. If you have paid, the answer also comes by e-mail.',
  timeLeft: 'Time left to pay',
  heldUntil: 'Held until {end}',
  heldFromOthers: 'Not offered to anyone else here until then.',
  detailsKept: 'Your details are kept too.',
  holdEnding: 'The hold is ending.',
  minutesLeft: { one: '{count} minute left to pay.', other: '{count} minutes left to pay.' },
  goToPayment: 'Go to payment, {price}',
  openingPayment: 'Opening payment, {price}',
  payAgain: 'Try again, {price}',
  giveBack: 'Give the time back',
  givingBack: 'Giving it back',
  notGivenBack:
    'The time could not be given back just now. Nothing was charged, and the hold ends by itself.',
  reservedTitle: 'Payment approved, booking your time',
  receivedTitle: 'Payment received, booking your time',
  reserved: '{price} reserved on your card',
  notCharged: 'Not charged yet',
  received: '{price} paid',
  goesBack: 'It goes back if the time cannot be booked.',
  chargedLast: 'Card charged, invitation sent',
  invitedLast: 'Invitation sent',
  reservedLate: 'Still booking. You are charged only if it works; the answer also comes by e-mail.',
  receivedLate:
    'Still booking. If it does not work, your money goes back; the answer also comes by e-mail.',
  lostTitle: 'Back from the payment page',
  lostHelp:
    'This browser keeps nothing from one page to the next, so your booking cannot be shown here. The answer comes by e-mail, whichever it is: please wait for it before you book again.',
} as const satisfies Record<string, Text>;
export type ProcessPaymentKey = keyof typeof englishProcessPayment;
