import { execFile } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startProcesses, type ProcessDeployment } from '../demo/sandbox/process-deployment.ts';
import type { AvailableTimesResponse, Slot } from './contract/available-times.ts';
import type { BookingConfirmResponse } from './contract/booking.ts';

/** What a person would not want to find in anybody's log. */
const person = {
  name: 'Canarella Zephyrine',
  email: 'canarella@zephyrine.example',
  phone: '+49 30 5550199',
  notes: 'Please mind the xylophone',
};

let deployment: ProcessDeployment;
let url: string;
const slow: { headers: Promise<number>; body: Promise<number> } = {
  headers: Promise.resolve(0),
  body: Promise.resolve(0),
};

beforeAll(async () => {
  deployment = await startProcesses();
  url = deployment.backends[0]!.url;
  // These take as long as the limits; everything else happens meanwhile.
  slow.headers = lifeOf('POST /api/scheduling/bookings/confirm HTTP/1.1\r\nHost: x\r\nX-Slow: ');
  slow.body = lifeOf(
    'POST /api/scheduling/bookings/confirm HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
  );
}, 40_000);
afterAll(() => deployment.stop());

const portOf = (address: string): number => Number(new URL(address).port);

/** A socket on which `text` was sent as it stands. */
function speak(text: string): Socket {
  const socket = connect(portOf(url), 'localhost');
  // A server that has heard enough may hang up while we still talk.
  socket.on('error', () => undefined);
  socket.write(text);
  return socket;
}

/** Milliseconds until the server hangs up on somebody who sends one byte a second. */
function lifeOf(text: string): Promise<number> {
  const began = Date.now();
  const socket = speak(text);
  const drip = setInterval(() => socket.write('x'), 1_000);
  socket.resume();
  return new Promise((resolve) =>
    socket.once('close', () => {
      clearInterval(drip);
      resolve(Date.now() - began);
    }),
  );
}

/** All that the server answers until it hangs up, or until it has said `enough`. */
function converse(text: string, enough?: RegExp): Promise<string> {
  const socket = speak(text);
  let heard = '';
  return new Promise((resolve) => {
    socket.setEncoding('utf8').on('data', (part: string) => {
      heard += part;
      if (enough?.test(heard)) socket.destroy();
    });
    socket.once('close', () => resolve(heard));
  });
}

let visitors = 0;
/** Everyone comes from an address of their own, or there would soon be one request too many. */
const visitor = (): string => `198.51.100.${++visitors}`;

const post = (head: string, body: string): string =>
  [
    'POST /api/scheduling/bookings/confirm HTTP/1.1',
    'Host: x',
    `X-Forwarded-For: ${visitor()}`,
    'Content-Type: application/json',
    head,
    '',
    body,
  ].join('\r\n');

async function slotsOf(sessionTypeId: string, base = url): Promise<Slot[]> {
  const answer = await fetch(
    `${base}/api/scheduling/calendly/available-times?sessionTypeId=${sessionTypeId}`,
  );
  return ((await answer.json()) as AvailableTimesResponse).slots;
}

const wish = ({ startTime, endTime, schedulingUrl }: Slot) => ({
  sessionTypeId: 'intro-call',
  timeSlot: { startTime, endTime, schedulingUrl },
  clientDetails: { name: person.name, email: person.email, timezone: 'Europe/London' },
  answers: [
    { question: 'What would you like to talk about?', answer: person.notes },
    { question: 'Phone, in case the call drops', answer: person.phone },
  ],
});

const confirm = (slot: Slot, init: RequestInit = {}, base = url): Promise<Response> =>
  fetch(`${base}/api/scheduling/bookings/confirm`, {
    method: 'POST',
    body: JSON.stringify(wish(slot)),
    ...init,
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': visitor(),
      ...(init.headers as Record<string, string>),
    },
  });

const bookingPosts = () =>
  deployment.sandbox.calendly.calls({ method: 'POST', path: /^\/invitees$/ });
const isHealthy = async (): Promise<boolean> => (await fetch(`${url}/healthz`)).ok;

describe('over real sockets', () => {
  it('refuses a body that is too large before it is all there, told or not', async () => {
    const declared = await converse(post('Content-Length: 70000', '{'), /}/);
    expect(declared).toMatch(/^HTTP\/1\.1 413 .*"code":"payload_too_large"/s);
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    const chunked = await converse(post('Transfer-Encoding: chunked', chunk.repeat(5)), /}/);
    expect(chunked).toMatch(/^HTTP\/1\.1 413 .*"code":"payload_too_large"/s);
  });

  it('does not let a request lie about its length', async () => {
    expect(await converse(post('Content-Length: 1', '{"a":1}'))).toMatch(/^HTTP\/1\.1 400 /);
    expect(await converse(post('Content-Length: 7\r\nContent-Length: 1', '{"a":1}'))).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    const both = post(
      'Content-Length: 7\r\nTransfer-Encoding: chunked',
      '7\r\n{"a":1}\r\n0\r\n\r\n',
    );
    expect(await converse(both)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await converse(post('Content-Length: -1', '{}'))).toMatch(/^HTTP\/1\.1 400 /);
    expect(await converse(post('Transfer-Encoding: chunked', 'zz\r\n'))).toMatch(
      /^HTTP\/1\.1 400 /,
    );
  });

  it('refuses headers that are too large with 431', async () => {
    const bomb = `X-Bomb: ${'b'.repeat(20_000)}`;
    expect(await converse(post(bomb, ''))).toMatch(/^HTTP\/1\.1 431 /);
    const many = Array.from({ length: 2_000 }, (_, index) => `X-${index}: bomb`).join('\r\n');
    expect(await converse(post(many, ''))).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('refuses what is no request, and goes on', async () => {
    expect(await converse('\u0016\u0003\u0001\u0002 hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await converse('GET / HTTP/9.9\r\n\r\n')).toMatch(/^HTTP\/1\.1 (?:400|505) /);
    expect(await converse('GET /healthz HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    for (const target of [
      '/%2e%2e/%2e%2e/etc/passwd',
      '/../../package.json',
      '//evil.example/',
      '*',
    ]) {
      const answer = await converse(
        `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      );
      expect(answer, target).toMatch(/^HTTP\/1\.1 40[04] /);
    }
    for (const method of ['TRACE', 'CONNECT']) {
      const answer = await converse(
        `${method} /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      );
      expect(answer, method).not.toMatch(/^HTTP\/1\.1 (?:2|5)/);
    }
    expect(await isHealthy()).toBe(true);
  });

  it('comes to no harm when a visitor leaves while sending', async () => {
    for (let time = 0; time < 20; time++) {
      speak(post('Content-Length: 500', '{"sessionTypeId"')).end().destroySoon();
      const socket = speak(post('Transfer-Encoding: chunked', '5\r\n{"ses'));
      socket.once('connect', () => setImmediate(() => socket.resetAndDestroy()));
    }
    expect(await isHealthy()).toBe(true);
    const { lines } = deployment.backends[0]!;
    expect(lines.filter((line) => line.includes('"msg":"error"'))).toEqual([]);
  });

  it('books once when a visitor leaves before the answer', { timeout: 30_000 }, async () => {
    const slot = (await slotsOf('intro-call'))[2]!;
    const before = bookingPosts().length;
    deployment.sandbox.calendly.trouble.latencyMs = 300;
    const leaving = new AbortController();
    const answer = confirm(slot, {
      signal: leaving.signal,
      headers: { 'idempotency-key': 'left-early' },
    });
    await vi.waitFor(() => expect(bookingPosts()).toHaveLength(before + 1), {
      timeout: 8_000,
      interval: 20,
    });
    leaving.abort();
    await expect(answer).rejects.toThrow();
    deployment.sandbox.calendly.trouble.latencyMs = 0;
    // The same visitor, back again with the same key.
    const again = await confirm(slot, { headers: { 'idempotency-key': 'left-early' } });
    const { booking } = (await again.json()) as BookingConfirmResponse;
    expect(['confirmed', 'scheduling']).toContain(booking.status);
    expect(bookingPosts()).toHaveLength(before + 1);
    const invitees = deployment.sandbox.calendly.state.invitees.filter(
      ({ email }) => email === person.email,
    );
    expect(invitees).toHaveLength(1);
  });
});

describe('what it writes', () => {
  it(
    'is JSON, line by line, with the booking and without the person',
    { timeout: 20_000 },
    async () => {
      const { lines } = deployment.backends[0]!;
      const { mailbox, calendly } = deployment.sandbox;
      // Everything that is told when things go wrong.
      mailbox.faults.reject = 9;
      const slots = await slotsOf('intro-call');
      const { booking } = (await (await confirm(slots[5]!)).json()) as BookingConfirmResponse;
      const headers = {
        authorization: `Bearer ${booking.token}`,
        'content-type': 'application/json',
      };
      const refusedMail = new RegExp(`"kind":"send-mail","booking":"${booking.id}"`);
      await vi.waitFor(() => expect(lines.join('\n')).toMatch(refusedMail), 5_000);
      calendly.trouble.failNext.push({
        route: 'POST /invitees',
        status: 500,
        body: { message: `No ${person.name} ${person.email}` },
      });
      await (await confirm(slots[8]!)).text();
      calendly.trouble.malformedJson.push({ route: 'GET *', times: 2 });
      await (await confirm(slots[9]!)).text();
      await confirm(slots[5]!, { body: `{"name":"${person.name}` });
      await fetch(`${url}/api/scheduling/bookings/${booking.id}`, { headers });
      await fetch(`${url}/${person.name}?${booking.token}`);
      await fetch(`${url}/api/webhooks/calendly`, { method: 'POST', body: person.email });
      await fetch(`${url}/api/scheduling/bookings/${booking.id}/cancel`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ reason: person.notes }),
      });
      await vi.waitFor(() => expect(lines.join('\n')).toContain('"to":"canceled"'), 5_000);

      const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(entries).toContainEqual(
        expect.objectContaining({ msg: 'booking', booking: booking.id, to: 'confirmed' }),
      );
      expect(entries).toContainEqual(
        expect.objectContaining({ msg: 'job', kind: 'send-mail', booking: booking.id }),
      );
      for (const secret of [
        ...Object.values(person),
        ...person.name.split(' '),
        'zephyrine.example',
        '5550199',
        'xylophone',
        booking.token,
        deployment.sandbox.token,
      ]) {
        expect(lines.filter((line) => line.toLowerCase().includes(secret.toLowerCase()))).toEqual(
          [],
        );
      }
    },
  );
});

describe('SIGTERM', () => {
  it(
    'lets what is under way end, tells others to go elsewhere, and exits with 0',
    { timeout: 20_000 },
    async () => {
      const own = await startProcesses();
      try {
        const [backend] = own.backends;
        const base = backend!.url;
        const [slot, other] = await slotsOf('intro-call', base);
        const booked = (await (await confirm(other!, {}, base)).json()) as BookingConfirmResponse;
        const stream = await fetch(`${base}/api/scheduling/bookings/${booked.booking.id}`, {
          headers: { authorization: `Bearer ${booked.booking.token}`, accept: 'text/event-stream' },
        });
        own.sandbox.calendly.trouble.latencyMs = 1_500;
        const answer = confirm(slot!, {}, base);
        const posts = () => own.sandbox.calendly.calls({ method: 'POST', path: /^\/invitees$/ });
        await vi.waitFor(() => expect(posts()).toHaveLength(2), { timeout: 8_000, interval: 20 });

        const began = Date.now();
        const stopped = backend!.process.stop();
        await vi.waitFor(async () => expect((await fetch(`${base}/readyz`)).status).toBe(503), {
          timeout: 3_000,
          interval: 10,
        });
        // Somebody who watches a booking is let go, not waited for.
        expect(await stream.text()).toContain('"status":"confirmed"');
        expect((await answer).status).toBe(200);
        await stopped;
        expect(await backend!.process.ended).toBe(0);
        expect(Date.now() - began).toBeLessThan(10_000);
        await expect(fetch(`${base}/healthz`)).rejects.toThrow();
        const db = new Database(own.databaseFile, { readonly: true });
        expect(db.prepare('select status from booking').pluck().all()).toEqual([
          'confirmed',
          'confirmed',
        ]);
        expect(db.prepare('select count(*) from job where lease is not null').pluck().get()).toBe(
          0,
        );
        db.close();
      } finally {
        await own.stop();
      }
    },
  );
});

describe('what keeps it from starting', () => {
  async function refusal(env: Record<string, string>): Promise<{ code: number; said: string }> {
    const child = promisify(execFile)(process.execPath, ['server/main.ts'], {
      env: { ...deployment.environment(1), PORT: '0', ...env },
    });
    const failure = await child.then(
      () => ({ code: 0, stdout: '', stderr: '' }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
    expect(failure.stderr).not.toContain('    at ');
    return { code: failure.code, said: failure.stderr + failure.stdout };
  }

  it('is every problem of the configuration at once, in words', async () => {
    const { code, said } = await refusal({
      PORT: 'http',
      CALENDLY_API_TOKEN: '',
      ALLOWED_ORIGINS: 'example.com',
      LOG_LEVEL: 'loud',
    });
    expect(code).toBe(1);
    for (const name of ['PORT', 'CALENDLY_API_TOKEN', 'ALLOWED_ORIGINS', 'LOG_LEVEL']) {
      expect(said).toContain(`  - ${name} `);
    }
  });

  it('is a token that Calendly does not know, which is not repeated', async () => {
    const { code, said } = await refusal({ CALENDLY_API_TOKEN: 'sesame-open-9' });
    expect(code).toBe(1);
    expect(said).toContain('Calendly does not accept CALENDLY_API_TOKEN');
    expect(said).not.toContain('sesame');
  });

  it('is a token that may not do what is needed', async () => {
    deployment.sandbox.calendly.trouble.missingScopes = ['event_types:read', 'event_types:write'];
    const { code, said } = await refusal({});
    deployment.sandbox.calendly.trouble.missingScopes = [];
    expect(code).toBe(1);
    expect(said).toContain('CALENDLY_API_TOKEN lacks the scope event_types:read');
  });

  it('is a database that cannot be opened', async () => {
    const { code, said } = await refusal({ DATABASE_URL: 'file:package.json/bookings.db' });
    expect(code).toBe(1);
    expect(said).toContain('The database that DATABASE_URL names cannot be opened');
  });

  it('is a port that is taken', async () => {
    const taken = createServer().listen(0);
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address() as { port: number };
    const { code, said } = await refusal({ PORT: String(address.port) });
    taken.close();
    expect(code).toBe(1);
    expect(said).toContain(`Port ${address.port} cannot be listened on`);
  });
});

describe('somebody who takes all the time in the world', () => {
  it('is cut off, while others are served', { timeout: 30_000 }, async () => {
    expect(await isHealthy()).toBe(true);
    expect(await slow.headers).toBeLessThan(13_500);
    expect(await slow.body).toBeLessThan(18_500);
  });
});
