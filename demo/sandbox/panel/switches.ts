import type { CalendlySandbox } from '../calendly/calendly.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import type { StripeSandbox } from '../stripe/stripe.ts';

/** What the panel's switches turn, in words a person understands. */
export interface PanelSubjects {
  calendly: CalendlySandbox;
  stripe: StripeSandbox;
  mailbox: Mailbox;
}

export interface Switch {
  id: string;
  label: string;
  isOn(subjects: PanelSubjects): boolean;
  turn(subjects: PanelSubjects, on: boolean): void;
}

export interface Choice {
  id: string;
  label: string;
  isChosen(subjects: PanelSubjects): boolean;
  choose(subjects: PanelSubjects): void;
}

const bookingRoute = 'POST /invitees';

export const calendlySwitches: Switch[] = [
  {
    id: 'slot-taken',
    label: 'Time taken meanwhile',
    isOn: ({ calendly }) => calendly.trouble.slotTakenNext > 0,
    turn: ({ calendly }, on) => (calendly.trouble.slotTakenNext = on ? 1 : 0),
  },
  {
    id: 'reply-lost',
    label: 'Reply to a booking lost',
    isOn: ({ calendly }) => calendly.trouble.dropReplyAfter.length > 0,
    turn: ({ calendly }, on) =>
      (calendly.trouble.dropReplyAfter = on ? [{ route: bookingRoute, how: 'reset' }] : []),
  },
  {
    id: 'missing-scope',
    label: 'Token lacks a scope',
    isOn: ({ calendly }) => calendly.trouble.missingScopes.length > 0,
    turn: ({ calendly }, on) =>
      (calendly.trouble.missingScopes = on ? ['scheduled_events:write'] : []),
  },
  {
    id: 'quota',
    label: 'Booking quota used up',
    isOn: ({ calendly }) => calendly.trouble.quotaUsedUp,
    turn: ({ calendly }, on) => (calendly.trouble.quotaUsedUp = on),
  },
  {
    id: 'plan',
    label: 'Plan without booking by API',
    isOn: ({ calendly }) => calendly.trouble.planRefused,
    turn: ({ calendly }, on) => (calendly.trouble.planRefused = on),
  },
  {
    id: 'subscription',
    label: 'Subscription disabled',
    isOn: ({ calendly }) =>
      calendly.state.subscriptions.some((subscription) => subscription.state === 'disabled'),
    // A disabled subscription cannot be revived, only deleted and made anew.
    turn: ({ calendly }, on) =>
      on ? calendly.disableSubscriptions() : calendly.deleteSubscriptions(),
  },
  {
    id: 'no-times',
    label: 'No free times',
    isOn: ({ calendly }) => calendly.trouble.noFreeTimes,
    turn: ({ calendly }, on) => (calendly.trouble.noFreeTimes = on),
  },
  {
    id: 'cancel-reason',
    label: 'Cancel reasons refused',
    isOn: ({ calendly }) => calendly.trouble.cancelReasonRefused,
    turn: ({ calendly }, on) => (calendly.trouble.cancelReasonRefused = on),
  },
  {
    id: 'conference',
    label: 'Meeting link never comes',
    isOn: ({ calendly }) => calendly.trouble.conferenceFails,
    turn: ({ calendly }, on) => (calendly.trouble.conferenceFails = on),
  },
  {
    id: 'french',
    label: 'Account speaks French',
    isOn: ({ calendly }) => calendly.trouble.locale === 'fr',
    turn: ({ calendly }, on) => (calendly.trouble.locale = on ? 'fr' : null),
  },
];

export const mailSwitches: Switch[] = [
  {
    id: 'greylist',
    label: 'Next mail put off',
    isOn: ({ mailbox }) => mailbox.faults.greylist > 0,
    turn: ({ mailbox }, on) => (mailbox.faults.greylist = on ? 1 : 0),
  },
  {
    id: 'reject',
    label: 'Next mail refused',
    isOn: ({ mailbox }) => mailbox.faults.reject > 0,
    turn: ({ mailbox }, on) => (mailbox.faults.reject = on ? 1 : 0),
  },
  {
    id: 'drop-mail',
    label: 'Next mail taken, answer lost',
    isOn: ({ mailbox }) => mailbox.faults.dropAfterData > 0,
    turn: ({ mailbox }, on) => (mailbox.faults.dropAfterData = on ? 1 : 0),
  },
];

const slowMs = 5_000;
const lateMs = 30_000;

export const healthChoices: Choice[] = [
  {
    id: 'up',
    label: 'Up',
    isChosen: ({ calendly: { trouble } }) => trouble.down === 'no' && trouble.latencyMs === 0,
    choose: ({ calendly: { trouble } }) => Object.assign(trouble, { down: 'no', latencyMs: 0 }),
  },
  {
    id: 'slow',
    label: 'Slow',
    isChosen: ({ calendly: { trouble } }) => trouble.down === 'no' && trouble.latencyMs > 0,
    choose: ({ calendly: { trouble } }) =>
      Object.assign(trouble, { down: 'no', latencyMs: slowMs }),
  },
  {
    id: 'down',
    label: 'Down',
    isChosen: ({ calendly: { trouble } }) => trouble.down !== 'no',
    choose: ({ calendly: { trouble } }) =>
      Object.assign(trouble, { down: 'html-502', latencyMs: 0 }),
  },
];

const onTime = {
  webhooksLost: false,
  webhookCopies: 1,
  webhookDelayMs: 0,
  webhookShuffleMs: 0,
  webhookOrder: 'canceled-first',
  webhookSignature: 'right',
} as const;

const webhooksArrive = (
  id: string,
  label: string,
  trouble: object,
  isChosen: Choice['isChosen'],
): Choice => ({
  id,
  label,
  isChosen,
  choose: ({ calendly }) => Object.assign(calendly.trouble, onTime, trouble),
});

export const webhookChoices: Choice[] = [
  webhooksArrive('on-time', 'On time', {}, (subjects) =>
    webhookChoices.slice(1).every((choice) => !choice.isChosen(subjects)),
  ),
  webhooksArrive(
    'late',
    'Late',
    { webhookDelayMs: lateMs },
    ({ calendly: { trouble } }) => trouble.webhookDelayMs > 0,
  ),
  webhooksArrive(
    'twice',
    'Twice',
    { webhookCopies: 2 },
    ({ calendly: { trouble } }) => trouble.webhookCopies > 1,
  ),
  webhooksArrive(
    'shuffled',
    'Shuffled',
    { webhookShuffleMs: lateMs, webhookOrder: 'created-first' },
    ({ calendly: { trouble } }) => trouble.webhookShuffleMs > 0,
  ),
  webhooksArrive(
    'never',
    'Never',
    { webhooksLost: true },
    ({ calendly: { trouble } }) => trouble.webhooksLost === true,
  ),
  webhooksArrive(
    'forged',
    'Forged',
    { webhookSignature: 'wrong' },
    ({ calendly: { trouble } }) => trouble.webhookSignature === 'wrong',
  ),
];
