import { Hono } from 'hono';
import * as v from 'valibot';
import { pageHeaders } from '../page/layout.ts';
import type { Mailbox } from './mailbox.ts';
import { mailboxPage } from './mailbox.page.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const MailFaultsPatch = v.partial(
  v.strictObject({ greylist: count, reject: count, dropAfterData: count, slowMs: count }),
);

/** The mailbox under `/_sandbox/mailbox`. */
export const mailboxRoutes = (mailbox: Mailbox): Hono =>
  new Hono()
    .get('/_sandbox/mailbox.json', (context) =>
      context.json({
        messages: mailbox.messages.map((message) => ({
          ...message,
          attachments: message.attachments.map(({ content, ...attachment }) => ({
            ...attachment,
            size: content.length,
            text: Buffer.from(content).toString(),
          })),
        })),
        faults: mailbox.faults,
      }),
    )
    .delete('/_sandbox/mailbox.json', (context) => {
      mailbox.clear();
      return context.body(null, 204);
    })
    .patch('/_sandbox/mailbox/faults', async (context) => {
      const patch = v.safeParse(MailFaultsPatch, await context.req.json().catch(() => null));
      if (!patch.success) return context.json({ issues: v.flatten(patch.issues) }, 400);
      Object.assign(mailbox.faults, patch.output);
      return context.json(mailbox.faults);
    })
    .get('/_sandbox/mailbox', (context) =>
      context.html(mailboxPage(mailbox, mailbox.messages[0]), 200, pageHeaders),
    )
    .get('/_sandbox/mailbox/:id', (context) => {
      const message = mailbox.messages.find(({ id }) => id === context.req.param('id'));
      return context.html(mailboxPage(mailbox, message), message ? 200 : 404, pageHeaders);
    })
    .get('/_sandbox/mailbox/:id/attachments/:index', (context) => {
      const message = mailbox.messages.find(({ id }) => id === context.req.param('id'));
      const attachment = message?.attachments[Number(context.req.param('index'))];
      if (!attachment) return context.notFound();
      return context.body(new Uint8Array(attachment.content), 200, {
        'Content-Type': attachment.contentType,
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(attachment.filename)}`,
      });
    });
