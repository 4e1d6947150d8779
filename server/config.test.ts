import { describe, expect, test } from 'vitest';
import { readConfig, type Config } from './config.ts';

const noFile = (): null => null;
const token = { CALENDLY_API_TOKEN: 'token' };

const problemsOf = (
  env: Record<string, string>,
  readFile: (path: string) => string | null = noFile,
) => {
  const read = readConfig(env, readFile);
  return 'problems' in read ? read.problems : [];
};

function configOf(
  env: Record<string, string>,
  readFile = noFile as (path: string) => string | null,
): Config {
  const read = readConfig({ ...token, ...env }, readFile);
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  return read.config;
}

describe('with nothing but a token', () => {
  test('everything else has a sensible value', () => {
    expect(configOf({})).toEqual({
      port: 8080,
      publicUrl: 'http://localhost:8080',
      databaseUrl: 'file:data/booking-calendar.db',
      calendly: { url: 'https://api.calendly.com', token: 'token', signingKeys: [] },
      smtp: null,
      allowedOrigins: [],
      trustedProxyHops: 0,
      logLevel: 'info',
      sessionTypes: null,
      stripe: null,
      bookingQuota: { perMinute: 10, perHour: 50, perDay: 100 },
    });
  });

  test('space around a value, and a slash at the end of an address, do not count', () => {
    const { port, publicUrl, calendly } = configOf({
      CALENDLY_API_TOKEN: ' token\n',
      PORT: ' 3000 ',
      PUBLIC_URL: 'https://book.example.com//',
    });
    expect({ port, publicUrl, token: calendly.token }).toEqual({
      port: 3000,
      publicUrl: 'https://book.example.com',
      token: 'token',
    });
  });

  test('an empty value is as good as none', () => {
    expect(configOf({ PORT: '', SMTP_URL: '', ALLOWED_ORIGINS: ' , ', CONFIG_FILE: '' })).toEqual(
      configOf({}),
    );
  });

  test('lists are separated by commas', () => {
    const config = configOf({
      ALLOWED_ORIGINS: 'https://a.example, http://localhost:3000',
      CALENDLY_WEBHOOK_SIGNING_KEY: 'new, old',
    });
    expect(config.allowedOrigins).toEqual(['https://a.example', 'http://localhost:3000']);
    expect(config.calendly.signingKeys).toEqual(['new', 'old']);
  });
});

describe('a value that cannot be right', () => {
  test.each([
    ['CALENDLY_API_TOKEN', ''],
    ['CALENDLY_API_TOKEN', 'two words'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', '0x50'],
    ['PUBLIC_URL', 'book.example.com'],
    ['PUBLIC_URL', 'ftp://book.example.com'],
    ['PUBLIC_URL', 'https://book.example.com/?a=1'],
    ['PUBLIC_URL', 'https://me:secret@book.example.com'],
    ['DATABASE_URL', 'mysql://localhost/bookings'],
    ['DATABASE_URL', 'postgres://localhost/bookings'],
    ['CALENDLY_API_URL', 'api.calendly.com'],
    ['CALENDLY_WEBHOOK_SIGNING_KEY', 'a,b,c'],
    ['SMTP_URL', 'mail.example.com'],
    ['SMTP_URL', 'http://mail.example.com'],
    ['MAIL_FROM', 'Ines'],
    ['MAIL_FROM', 'Ines\r\nBcc: all@example.com'],
    ['ALLOWED_ORIGINS', 'https://a.example/'],
    ['ALLOWED_ORIGINS', 'https://a.example/path'],
    ['ALLOWED_ORIGINS', 'a.example'],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'null'],
    ['TRUSTED_PROXY_HOPS', 'one'],
    ['TRUSTED_PROXY_HOPS', '11'],
    ['LOG_LEVEL', 'loud'],
    ['CONFIG_FILE', 'nowhere.json'],
  ])('%s=%j is named, once', (name, value) => {
    const problems = problemsOf({ ...token, MAIL_FROM: 'a@b.example', [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} .*\\.$`));
  });

  test('mails need a sender', () => {
    expect(problemsOf({ ...token, SMTP_URL: 'smtp://mail.example.com' })).toEqual([
      'MAIL_FROM is missing: SMTP_URL is set, and mails need a sender.',
    ]);
  });

  test('is named together with every other one', () => {
    const names = [
      'PORT',
      'PUBLIC_URL',
      'DATABASE_URL',
      'SMTP_URL',
      'ALLOWED_ORIGINS',
      'LOG_LEVEL',
    ];
    const problems = problemsOf(Object.fromEntries(names.map((name) => [name, 'wrong'])));
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(
      expect.arrayContaining([...names, 'CALENDLY_API_TOKEN', 'MAIL_FROM']),
    );
  });

  test('is never printed when it may hold a secret', () => {
    const secret = 'hunter2';
    const problems = problemsOf({
      CALENDLY_API_TOKEN: `${secret} ${secret}`,
      CALENDLY_WEBHOOK_SIGNING_KEY: `${secret},${secret},${secret}`,
      DATABASE_URL: `mysql://me:a/b#${secret}@localhost/bookings`,
      SMTP_URL: `smtp.example.com:me:${secret}@mail`,
      PUBLIC_URL: `ftp://me:${secret}@book.example.com`,
      CALENDLY_API_URL: `calendly?key=${secret}`,
      ALLOWED_ORIGINS: `https://me:${secret}@a.example`,
    });
    expect(problems.length).toBeGreaterThanOrEqual(7);
    expect(problems.join('\n')).not.toContain(secret);
  });
});

describe('the file that says what is offered', () => {
  const file = (content: unknown) => () =>
    typeof content === 'string' ? content : JSON.stringify(content);

  test('is read where CONFIG_FILE says', () => {
    const asked: string[] = [];
    const { sessionTypes } = configOf({ CONFIG_FILE: 'mine.json' }, (path) => {
      asked.push(path);
      return JSON.stringify({ sessionTypes: [{ id: 'intro', eventType: 'intro-call' }] });
    });
    expect(asked).toEqual(['mine.json']);
    expect(sessionTypes).toEqual([{ id: 'intro', eventType: 'intro-call' }]);
  });

  test.each([
    ['no JSON', '{', 'booking.config.json is not JSON'],
    ['a list', [], 'booking.config.json, '],
    ['nothing to offer', { sessionTypes: [] }, 'booking.config.json, sessionTypes: '],
    [
      'an id that is missing',
      { sessionTypes: [{ eventType: 'a' }] },
      'booking.config.json, sessionTypes.0.id: ',
    ],
    [
      'a word nobody knows',
      { sessionTypes: [{ id: 'a', eventType: 'a', prise: 1 }] },
      'booking.config.json, sessionTypes.0.prise: ',
    ],
    [
      'a price in words',
      { sessionTypes: [{ id: 'a', eventType: 'a', price: { amount: '49', currency: 'eur' } }] },
      'booking.config.json, sessionTypes.0.price.amount: ',
    ],
  ])('is refused with the place where it is wrong: %s', (_, content, beginning) => {
    const problems = problemsOf(token, file(content));
    expect(problems).toHaveLength(1);
    expect(problems[0]?.startsWith(beginning), problems[0]).toBe(true);
  });

  const sold = (more: object = {}, top: object = {}) =>
    file({
      ...top,
      sessionTypes: [
        { id: 'a', eventType: 'a', price: { amount: 4900, currency: 'eur' }, ...more },
        { id: 'b', eventType: 'b' },
      ],
    });
  const stripe = { ...token, STRIPE_SECRET_KEY: 'sk_test_1' };

  test('sells nothing without a key to take payments with', () => {
    expect(problemsOf(token, sold())).toEqual([
      'booking.config.json, session type "a": it has a price, and STRIPE_SECRET_KEY is missing, so nobody could pay it.',
    ]);
    expect(configOf(stripe, sold()).stripe).toEqual({
      url: 'https://api.stripe.com',
      secretKey: 'sk_test_1',
      webhookSecrets: [],
    });
  });

  test('pays everybody who is not named otherwise into the account that it names for all', () => {
    const payTo = { transferDestination: 'acct_owner', applicationFee: 500 };
    const own = { stripeAccount: 'acct_host' };
    expect(configOf(stripe, sold({}, { payTo })).sessionTypes?.map((each) => each.payTo)).toEqual([
      payTo,
      undefined,
    ]);
    expect(configOf(stripe, sold({ payTo: own }, { payTo })).sessionTypes?.[0]?.payTo).toEqual(own);
    const both = { stripeAccount: 'acct_1', transferDestination: 'acct_2' };
    expect(problemsOf(stripe, sold({ payTo: both }))).toEqual([
      'booking.config.json, sessionTypes.0.payTo: Name either a stripeAccount or a transferDestination, and perhaps an applicationFee.',
    ]);
  });

  test.each([
    ['STRIPE_SECRET_KEY', 'pk_test_1'],
    ['STRIPE_WEBHOOK_SECRET', 'sk_test_1'],
    ['STRIPE_WEBHOOK_SECRET', 'whsec_1,whsec_2,whsec_3,whsec_4,whsec_5'],
    ['STRIPE_API_URL', 'ftp://stripe'],
  ])('names what cannot be right: %s=%s', (name, value) => {
    const problems = problemsOf({ ...stripe, [name]: value }, sold());
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
  });

  test('names every mistake in it', () => {
    const problems = problemsOf(
      token,
      file({ sessionTypes: [{ id: '-' }, { id: 'b', eventType: ' b' }], more: 1 }),
    );
    expect(problems).toHaveLength(4);
  });
});
