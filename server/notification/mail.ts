import { createTransport } from 'nodemailer';
import type { Mail, Mailbox, Mailer, SendOutcome } from './notification.ts';
import { readFailure } from './read-failure.ts';
import { looksLikeLink, oneLine } from './words/clean-text.ts';

export interface SmtpMailerOptions {
  /** `smtp://user:password@host:587` or `smtps://…`; nodemailer's settings may follow as a query. */
  url: string;
  /** `bookings@example.com` or `Example <bookings@example.com>` */
  from: string;
  /** The longest wait for one answer of the server. */
  answerTimeoutMs?: number;
  /** The longest that one mail may take altogether, a server that answers drop by drop included. */
  sendTimeoutMs?: number;
}

export interface SmtpMailer extends Mailer {
  close(): void;
}

export function createSmtpMailer(options: SmtpMailerOptions): SmtpMailer {
  const { url, from, answerTimeoutMs = 10_000, sendTimeoutMs = 30_000 } = options;
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 2,
    // The outbox tries again, and only the outbox: it is the one that remembers.
    maxRequeues: 0,
    dnsTimeout: answerTimeoutMs,
    connectionTimeout: answerTimeoutMs,
    greetingTimeout: answerTimeoutMs,
    socketTimeout: answerTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  return { send, close: () => transport.close() };

  async function send(mail: Mail, signal?: AbortSignal): Promise<SendOutcome> {
    const fault = findFault(mail);
    if (fault !== null) return { outcome: 'refused', detail: fault };
    const timeout = AbortSignal.timeout(sendTimeoutMs);
    try {
      await transport.sendMail({
        messageId: `<${bareMessageId(mail)}>`,
        from,
        to: mailbox(mail.to),
        ...(mail.replyTo === undefined ? {} : { replyTo: mailbox(mail.replyTo) }),
        subject: oneLine(mail.subject),
        text: mail.text,
        html: mail.html,
        attachments: mail.calendar === null ? [] : [calendarAttachment(mail.calendar)],
        headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
      return { outcome: 'sent' };
    } catch (error) {
      return readFailure(error);
    }
  }
}

/** For a deployment without a mail server. Whoever chooses it says so once, at start. */
export const createSilentMailer = (): Mailer => ({
  send: async () => ({ outcome: 'sent' }),
});

const calendarAttachment = (content: string) => ({
  filename: 'booking.ics',
  content,
  contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
  contentDisposition: 'attachment' as const,
  // Quoted-printable would be at liberty to change the line ends, which are CRLF by the format.
  contentTransferEncoding: 'base64' as const,
});

/** A name is what somebody typed: one that reads as a link stays out of the headers too. */
function mailbox({ name, address }: Mailbox): Mailbox {
  const line = oneLine(name);
  return { name: looksLikeLink(line) ? '' : line, address };
}

const bareMessageId = ({ messageId }: Mail): string => messageId.replace(/^<|>$/g, '');

// Narrower than the standard: one plain mailbox, nothing that a header or an SMTP command could read as more than that.
const mailboxPattern = /^[^\s\p{Cc}<>()[\]\\,;:"@]{1,64}@[^\s\p{Cc}<>()[\]\\,;:"@]{1,255}$/u;

/** Why this mail cannot be sent at all. Says which part is wrong, never what stands in it. */
function findFault(mail: Mail): string | null {
  if (!mailboxPattern.test(mail.to.address)) return 'The address is not one.';
  if (mail.replyTo !== undefined && !mailboxPattern.test(mail.replyTo.address)) {
    return 'The address for answers is not one.';
  }
  if (!/^[\x21-\x3b\x3d\x3f\x41-\x7e]+@[\x21-\x3b\x3d\x3f\x41-\x7e]+$/.test(bareMessageId(mail))) {
    return 'The Message-ID is not one.';
  }
  return null;
}
