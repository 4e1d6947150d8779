import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createManualClock } from '../manual-clock.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import { mailboxRoutes } from './mailbox.routes.ts';

let mailbox: Mailbox;
let port: number;
const clock = createManualClock('2026-11-23T08:00:00Z');

beforeEach(async () => {
  mailbox = createMailbox({ clock });
  port = await mailbox.listen(0);
});
afterEach(() => mailbox.stop());

const send = (changes: Record<string, unknown> = {}): Promise<unknown> =>
  createTransport({ host: '127.0.0.1', port, ignoreTLS: true }).sendMail({
    from: 'Ines <ines@almeida.example>',
    to: 'ada@example.org',
    subject: 'You’re booked',
    text: 'Tuesday at ten.',
    html: '<p>Tuesday at <b>ten</b>.</p>',
    messageId: '<booking-1@book.example.com>',
    attachments: [
      { filename: 'booking.ics', contentType: 'text/calendar', content: 'BEGIN:VCALENDAR\r\n' },
    ],
    ...changes,
  });

const page = (route: string, init?: RequestInit): Promise<Response> =>
  Promise.resolve(mailboxRoutes(mailbox).request(route, init));

describe('a mail', () => {
  test('is kept as it came, newest first', async () => {
    await send();
    await send({ subject: 'Second' });
    expect(mailbox.messages.map(({ subject }) => subject)).toEqual(['Second', 'You’re booked']);
    expect(mailbox.messages[1]).toMatchObject({
      receivedAt: '2026-11-23T08:00:00.000Z',
      from: 'ines@almeida.example',
      to: ['ada@example.org'],
      messageId: '<booking-1@book.example.com>',
      text: expect.stringContaining('Tuesday at ten.'),
      html: expect.stringContaining('<b>ten</b>'),
      attachments: [{ filename: 'booking.ics', contentType: 'text/calendar' }],
    });
    expect(mailbox.messages[1]?.raw).toContain('Message-ID: <booking-1@book.example.com>');
  });

  test('is shown with its HTML shut in a frame that may do nothing', async () => {
    await send({ html: '<script>alert(1)</script><p>Ten</p>' });
    const text = await (await page('/_sandbox/mailbox')).text();
    expect(text).toContain('You’re booked');
    expect(text).toContain('sandbox=""');
    expect(text).not.toContain('<script>alert(1)');
  });

  test('can be read by machines, its calendar file downloaded', async () => {
    await send();
    const json = (await (await page('/_sandbox/mailbox.json')).json()) as {
      messages: { id: string; attachments: { text: string }[] }[];
    };
    expect(json.messages[0]?.attachments[0]?.text).toContain('BEGIN:VCALENDAR');
    const file = await page(`/_sandbox/mailbox/${json.messages[0]?.id}/attachments/0`);
    expect(file.headers.get('Content-Type')).toBe('text/calendar');
    expect(file.headers.get('Content-Disposition')).toContain('booking.ics');
    expect(await file.text()).toContain('BEGIN:VCALENDAR');
    expect((await page('/_sandbox/mailbox/99')).status).toBe(404);
    expect((await page('/_sandbox/mailbox/1/attachments/9')).status).toBe(404);
  });

  test('is gone when the box is emptied', async () => {
    await send();
    expect((await page('/_sandbox/mailbox.json', { method: 'DELETE' })).status).toBe(204);
    expect(mailbox.messages).toEqual([]);
    expect(await (await page('/_sandbox/mailbox')).text()).toContain('No mail yet');
  });
});

describe('a mail server that misbehaves', () => {
  test('puts off the next ones, then takes them', async () => {
    mailbox.faults.greylist = 1;
    await expect(send()).rejects.toMatchObject({ responseCode: 451 });
    await send();
    expect(mailbox.messages).toHaveLength(1);
  });

  test('refuses for good', async () => {
    mailbox.faults.reject = 1;
    await expect(send()).rejects.toMatchObject({ responseCode: 550 });
    expect(mailbox.messages).toEqual([]);
  });

  test('takes a mail and hangs up before it says so', async () => {
    mailbox.faults.dropAfterData = 1;
    await expect(send()).rejects.toThrow('closed');
    expect(mailbox.messages).toHaveLength(1);
  });

  test('is slow', async () => {
    mailbox.faults.slowMs = 30_000;
    const sent = send();
    while (!(await clock.step()));
    await sent;
    expect(mailbox.messages).toHaveLength(1);
  });

  test('is told so over HTTP, and only in words it knows', async () => {
    const patch = (body: unknown): Promise<Response> =>
      page('/_sandbox/mailbox/faults', {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await patch({ greylist: 2 })).status).toBe(200);
    expect(mailbox.faults.greylist).toBe(2);
    expect((await patch({ grey: 2 })).status).toBe(400);
    expect((await patch({ reject: -1 })).status).toBe(400);
  });
});

test('stops at once, also twice, also with a sender in the middle', async () => {
  mailbox.faults.slowMs = 30_000;
  const sent = send().catch((error: unknown) => error);
  await expect.poll(() => mailbox.connections()).toBe(1);
  await mailbox.stop();
  await mailbox.stop();
  expect(await sent).toBeInstanceOf(Error);
});
