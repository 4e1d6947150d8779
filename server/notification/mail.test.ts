import { simpleParser, type ParsedMail } from 'mailparser';
import { afterEach, describe, expect, test } from 'vitest';
import { calendarFile } from './calendar-file.ts';
import { createSilentMailer, createSmtpMailer, type SmtpMailer } from './mail.ts';
import { renderMessage } from './messages/messages.ts';
import { mailKinds, type Mail, type MailKind } from './notification.ts';
import { hostileTexts } from './test/hostile-texts.ts';
import { startMailServer, startStrangeServer } from './test/mail-server.ts';
import { sampleFacts } from './test/sample-facts.ts';

const open: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.close();
});

async function serve(...args: Parameters<typeof startMailServer>) {
  const server = await startMailServer(...args);
  open.push(server);
  return server;
}

function mailerTo(
  port: number,
  changes: Partial<Parameters<typeof createSmtpMailer>[0]> = {},
): SmtpMailer {
  const mailer = createSmtpMailer({
    url: `smtp://127.0.0.1:${port}`,
    from: 'Example Studio <bookings@example.com>',
    answerTimeoutMs: 2_000,
    sendTimeoutMs: 4_000,
    ...changes,
  });
  open.push(mailer);
  return mailer;
}

/** The first mail that the server took, as a mail program reads it. */
async function arrived(server: Awaited<ReturnType<typeof serve>>): Promise<ParsedMail> {
  const [delivery] = server.deliveries;
  return simpleParser(delivery!.raw);
}

const calendar = calendarFile(sampleFacts(), {
  status: 'CONFIRMED',
  stamp: '2026-11-20T08:00:00.000Z',
  domain: 'book.example.com',
});

const sampleMail = (changes: Partial<Mail> = {}, kind: MailKind = 'booking-confirmed'): Mail => ({
  ...renderMessage(kind, sampleFacts({ notes: 'A note.' })),
  messageId: '7.b1@book.example.com',
  to: { name: 'Ada Lovelace', address: 'ada@example.com' },
  calendar,
  ...changes,
});

describe('a mail', () => {
  test.each(mailKinds)('of the kind %s arrives as it was written', async (kind) => {
    const server = await serve();
    const mail = sampleMail({}, kind);
    expect(await mailerTo(server.port).send(mail)).toEqual({ outcome: 'sent' });

    expect(server.deliveries).toMatchObject([
      { sender: 'bookings@example.com', recipients: ['ada@example.com'] },
    ]);
    const received = await arrived(server);
    expect(received).toMatchObject({
      messageId: '<7.b1@book.example.com>',
      subject: mail.subject,
      from: { text: '"Example Studio" <bookings@example.com>' },
      to: { text: '"Ada Lovelace" <ada@example.com>' },
    });
    expect(received.text?.trim()).toBe(mail.text.trim());
    expect(String(received.html).trim()).toBe(mail.html.trim());
    expect(received.headers.get('auto-submitted')).toBe('auto-generated');
    expect(received.headers.has('x-mailer')).toBe(false);
  });

  test('brings its calendar file byte for byte, as an attachment of the type that the file says', async () => {
    const server = await serve();
    await mailerTo(server.port).send(sampleMail());
    const { attachments } = await arrived(server);
    expect(attachments).toHaveLength(1);
    expect(attachments[0]).toMatchObject({
      contentType: 'text/calendar',
      contentDisposition: 'attachment',
      filename: 'booking.ics',
    });
    expect(attachments[0]?.content.toString('utf8')).toBe(calendar);
    const type = /^Content-Type: (text\/calendar(?:.*|\r\n[ \t])*?)(?=\r\n\S)/im.exec(
      server.deliveries[0]!.raw,
    )?.[1];
    expect(type?.replace(/\s+/g, ' ')).toBe(
      'text/calendar; charset=utf-8; method=PUBLISH; name=booking.ics',
    );
  });

  test('has no attachment when there is no calendar file', async () => {
    const server = await serve();
    await mailerTo(server.port).send(sampleMail({ calendar: null }));
    expect((await arrived(server)).attachments).toEqual([]);
  });

  test('may name who gets the answer', async () => {
    const server = await serve();
    await mailerTo(server.port).send(
      sampleMail({ replyTo: { name: 'Charles', address: 'charles@example.com' } }),
    );
    expect((await arrived(server)).replyTo?.text).toBe('"Charles" <charles@example.com>');
  });

  test('shares its connection with the next', async () => {
    const server = await serve();
    const mailer = mailerTo(server.port);
    for (let index = 0; index < 5; index += 1)
      await mailer.send(sampleMail({ messageId: `${index}@example.com` }));
    expect(server.deliveries).toHaveLength(5);
    expect(server.connections()).toBe(1);
  });
});

describe('a mail server in trouble', () => {
  test.each([
    {
      at: 'RCPT TO',
      reply: '451 4.7.1 Greylisted, ada@example.com, try again',
      detail: 'EENVELOPE 451 4.7.1 at RCPT TO',
    },
    {
      at: 'MAIL FROM',
      reply: '452 4.3.1 Disk is full',
      detail: 'EENVELOPE 452 4.3.1 at MAIL FROM',
    },
    { at: 'DATA', reply: '421 4.3.2 Going down', detail: 'EMESSAGE 421 4.3.2 at DATA' },
    // Ours to mend, and no mail should be lost for it.
    {
      at: 'MAIL FROM',
      reply: '530 5.7.0 Authentication required',
      detail: 'EENVELOPE 530 5.7.0 at MAIL FROM',
    },
  ] as const)(
    '"$reply": the mail can be tried again, and then arrives',
    async ({ detail, ...fault }) => {
      const server = await serve();
      server.faults.push(fault);
      const mailer = mailerTo(server.port);
      expect(await mailer.send(sampleMail())).toEqual({ outcome: 'retry', detail });
      expect(await mailer.send(sampleMail())).toEqual({ outcome: 'sent' });
      expect(server.deliveries).toHaveLength(1);
    },
  );

  test.each([
    {
      at: 'RCPT TO',
      reply: '550 5.1.1 <ada@example.com>: no such user',
      detail: 'EENVELOPE 550 5.1.1 at RCPT TO',
    },
    { at: 'DATA', reply: '554 5.7.1 Ada Lovelace is spam', detail: 'EMESSAGE 554 5.7.1 at DATA' },
  ] as const)(
    '"$reply": the mail is refused, and the reason names nobody',
    async ({ detail, ...fault }) => {
      const server = await serve();
      server.faults.push(fault);
      expect(await mailerTo(server.port).send(sampleMail())).toEqual({
        outcome: 'refused',
        detail,
      });
      expect(server.deliveries).toEqual([]);
    },
  );

  test('a refused mail does not hold up the next', async () => {
    const server = await serve();
    server.faults.push({ at: 'RCPT TO', reply: '550 5.1.1 no' });
    const mailer = mailerTo(server.port);
    const outcomes = await Promise.all(
      [1, 2, 3, 4].map((id) => mailer.send(sampleMail({ messageId: `${id}@example.com` }))),
    );
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
      'refused',
      'sent',
      'sent',
      'sent',
    ]);
  });

  test('a password that is wrong today costs no mail', async () => {
    const server = await serve({ authOptional: false });
    server.faults.push({ at: 'AUTH', reply: '535 5.7.8 Wrong' });
    const mailer = mailerTo(server.port, { url: `smtp://us:secret@127.0.0.1:${server.port}` });
    const outcome = await mailer.send(sampleMail());
    expect(outcome).toMatchObject({ outcome: 'retry' });
    expect(JSON.stringify(outcome)).not.toContain('secret');
    expect(await mailer.send(sampleMail())).toEqual({ outcome: 'sent' });
  });

  test('a connection that breaks after the mail: tried again by the outbox alone, and the copies bear one Message-ID', async () => {
    const server = await serve();
    server.faults.push({ at: 'DATA', drop: true });
    const mailer = mailerTo(server.port);
    expect(await mailer.send(sampleMail())).toMatchObject({ outcome: 'retry' });
    expect(server.deliveries).toHaveLength(1);
    expect(await mailer.send(sampleMail())).toEqual({ outcome: 'sent' });
    expect(server.deliveries.map(({ raw }) => /^Message-ID: (.*)$/m.exec(raw)?.[1])).toEqual(
      Array(2).fill('<7.b1@book.example.com>'),
    );
  });

  test('a server that is not there', async () => {
    const server = await startMailServer();
    await server.close();
    const outcome = await mailerTo(server.port).send(sampleMail());
    expect(outcome).toMatchObject({
      outcome: 'retry',
      detail: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('a name that no server has', async () => {
    const mailer = mailerTo(25, { url: 'smtp://mail.invalid:25' });
    expect(await mailer.send(sampleMail())).toMatchObject({ outcome: 'retry' });
  });

  test('a server that falls silent', async () => {
    const server = await serve();
    server.faults.push({ at: 'RCPT TO', silence: true });
    const mailer = mailerTo(server.port, { answerTimeoutMs: 150 });
    expect(await mailer.send(sampleMail())).toMatchObject({
      outcome: 'retry',
      detail: expect.stringContaining('ETIMEDOUT'),
    });
  });

  test('a server that never says hello', async () => {
    const server = await startStrangeServer(() => {});
    open.push(server);
    expect(await mailerTo(server.port, { answerTimeoutMs: 150 }).send(sampleMail())).toMatchObject({
      outcome: 'retry',
    });
  });

  test('a server that answers drop by drop', async () => {
    const server = await startStrangeServer((socket) => {
      const drops = setInterval(() => socket.write('220-wait\r\n'), 20);
      socket.on('close', () => clearInterval(drops));
    });
    open.push(server);
    expect(await mailerTo(server.port, { sendTimeoutMs: 200 }).send(sampleMail())).toMatchObject({
      outcome: 'retry',
    });
  });

  test.each([
    '554 5.7.1 We do not know you\r\n',
    'HTTP/1.1 400 Bad Request\r\n\r\n',
    '\0\0\0\0\r\n',
  ])('a server that greets with %j', async (greeting) => {
    const server = await startStrangeServer((socket) => socket.end(greeting));
    open.push(server);
    expect(await mailerTo(server.port).send(sampleMail())).toMatchObject({ outcome: 'retry' });
  });

  test('a server that hangs up at once is called once: to call again is for the outbox', async () => {
    let calls = 0;
    const server = await startStrangeServer((socket) => {
      calls += 1;
      socket.end();
    });
    open.push(server);
    expect(await mailerTo(server.port).send(sampleMail())).toMatchObject({ outcome: 'retry' });
    expect(calls).toBe(1);
  });

  test('a backend that stops in the middle', async () => {
    const server = await serve();
    server.faults.push({ at: 'RCPT TO', silence: true });
    const stop = new AbortController();
    const outcome = mailerTo(server.port).send(sampleMail(), stop.signal);
    setTimeout(() => stop.abort(), 50);
    expect(await outcome).toMatchObject({
      outcome: 'retry',
      detail: expect.stringContaining('EABORT'),
    });
  });
});

describe('hostile words', () => {
  test.each(hostileTexts)(
    'number %# in every header makes no header and no recipient',
    async (hostile) => {
      const server = await serve();
      const outcome = await mailerTo(server.port).send(
        sampleMail({
          subject: hostile,
          to: { name: hostile, address: 'ada@example.com' },
          replyTo: { name: hostile, address: 'b@example.com' },
        }),
      );
      expect(outcome).toEqual({ outcome: 'sent' });
      expect(server.deliveries[0]?.recipients).toEqual(['ada@example.com']);
      const received = await arrived(server);
      expect([...received.headers.keys()].toSorted()).toEqual(
        [
          'auto-submitted',
          'content-type',
          'date',
          'from',
          'message-id',
          'mime-version',
          'reply-to',
          'subject',
          'to',
        ].toSorted(),
      );
      expect(received.to).toMatchObject({ value: [{ address: 'ada@example.com' }] });
    },
  );

  test.each([
    'ada@example.com, everybody@example.com',
    'ada@example.com\r\nRCPT TO:<x@example.com>',
    'ada@example.com>\r\nBcc: x@example.com',
    '<ada@example.com>',
    'ada@example.com ORCPT=x',
    '"a b"@example.com',
    'ada@evil.example@example.com',
    'ada',
    '',
  ])('%j is no address, and nobody is asked about it', async (address) => {
    const server = await serve();
    const mailer = mailerTo(server.port);
    expect(await mailer.send(sampleMail({ to: { name: '', address } }))).toEqual({
      outcome: 'refused',
      detail: 'The address is not one.',
    });
    expect(await mailer.send(sampleMail({ replyTo: { name: '', address } }))).toMatchObject({
      outcome: 'refused',
    });
    expect(server.connections()).toBe(0);
  });

  test.each(['a@b\r\nBcc: x@example.com', 'a b@c', 'a', '<a@b', 'a@b>x', ''])(
    '%j is no Message-ID',
    async (messageId) => {
      const server = await serve();
      const outcome = await mailerTo(server.port).send(sampleMail({ messageId }));
      // One bracket alone is taken off, as both are.
      expect(outcome).toEqual(
        messageId === '<a@b'
          ? { outcome: 'sent' }
          : { outcome: 'refused', detail: 'The Message-ID is not one.' },
      );
    },
  );

  test('a name that is an advertisement stays out of the headers', async () => {
    const server = await serve();
    await mailerTo(server.port).send(
      sampleMail({ to: { name: 'Win at evil.example', address: 'ada@example.com' } }),
    );
    expect((await arrived(server)).to).toMatchObject({ text: 'ada@example.com' });
  });
});

test('without a mail server every mail counts as sent', async () => {
  expect(await createSilentMailer().send(sampleMail())).toEqual({ outcome: 'sent' });
});
