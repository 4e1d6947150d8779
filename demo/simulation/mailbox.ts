import type { Clock } from '../../server/clock.ts';
import type { Mail, Mailer } from '../../server/notification/notification.ts';
import type { Dice } from './dice.ts';
import type { Trace } from './trace.ts';
import type { Trouble } from './trouble.ts';

/** A mail server that is sometimes away, and whose word that it has taken a mail sometimes gets lost. */
export function createMailer(deps: {
  clock: Clock;
  dice: Dice;
  trouble: Trouble;
  trace: Trace;
  mails: Mail[];
}): Mailer {
  const { clock, dice, trouble, trace, mails } = deps;
  return {
    async send(mail) {
      await trouble.crashAt('before mail');
      await clock.wait(dice.between(1, 50));
      if (trouble.befalls('mail')) return { outcome: 'retry', detail: 'Greylisted.' };
      mails.push(mail);
      trace.note('mailbox', `${mail.subject} (${mail.messageId})`);
      await trouble.crashAt('after mail');
      return trouble.befalls('mail')
        ? { outcome: 'retry', detail: 'The connection was lost.' }
        : { outcome: 'sent' };
    },
  };
}
