import { createManualClock, type ManualClock } from '../manual-clock.ts';
import { seededRandom } from '../seeded-random.ts';
import { type CalendlySandbox, createCalendlySandbox, type SeedData } from './calendly.ts';
import { defaultToken } from './seed.ts';

/** An account to test against: the sandbox asked over HTTP requests, and someone who receives its webhooks. */
export interface ExampleAccount {
  clock: ManualClock;
  sandbox: CalendlySandbox;
  received: ReceivedDelivery[];
  /** How the receiver answers; 204 when it says nothing. */
  receiver: { answer: (nth: number) => number | Promise<Response> };
  get(path: string, query?: Record<string, string>, token?: string): Promise<Answer>;
  post(path: string, body?: unknown, token?: string): Promise<Answer>;
  remove(path: string): Promise<Answer>;
  /** Adds a token of the same owner (or another user) and answers it. */
  token(options: { scopes?: string[]; user?: string; expired?: boolean }): string;
  /** A body for `POST /invitees` that Calendly accepts, at the first free intro call. */
  wish(changes?: Record<string, unknown>): Record<string, unknown>;
  subscribe(changes?: Record<string, unknown>): Promise<Answer>;
}

export interface ReceivedDelivery {
  url: string;
  headers: Headers;
  text: string;
  body: {
    event: string;
    created_by: string;
    payload: Record<string, unknown> & { uri: string; scheduled_event: Record<string, unknown> };
  };
  at: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: AnswerBody;
}

/** What the tests look for in answers; whether it is there is what they test. */
export interface AnswerBody {
  title: string;
  message: string;
  details: Some<{ parameter: string; message: string; code?: string }>;
  required_scopes: string[];
  resource: AnswerResource;
  collection: Some<AnswerResource>;
  pagination: Record<'next_page_token' | 'previous_page_token' | 'next_page', string> & {
    count: number;
  };
}

type Some<T> = [T, ...T[]];

export interface AnswerResource {
  uri: string;
  name: string;
  type: string;
  status: string;
  state: string;
  active: boolean;
  position: number;
  start_time: string;
  end_time: string;
  created_at: string;
  event: string;
  cancel_url: string;
  reschedule_url: string;
  booking_url: string;
  scheduling_url: string;
  retry_started_at: string | null;
  deleted_at: string | null;
  invitees_remaining: number;
  location: { status: string; join_url: string | null };
  custom_questions: Some<{ enabled: boolean; position: number; answer_choices: string[] | null }>;
  event_guests: unknown[];
  event_memberships: unknown[];
  member: { uri: string };
  no_show: { uri: string };
  tracking: unknown;
  cancellation: unknown;
  rules: unknown[];
}

export const ids = {
  organization: 'https://api.calendly.com/organizations/ALMEIDAORG000001',
  rivalOrganization: 'https://api.calendly.com/organizations/RIVALORG00000001',
  owner: 'https://api.calendly.com/users/INESALMEIDA00001',
  colleague: 'https://api.calendly.com/users/5b1e7c1a-2f0e-4c53-9d8a-6f2f7d0f6a11',
  rival: 'https://api.calendly.com/users/RIVALSTUDIO00001',
  intro: 'https://api.calendly.com/event_types/INTROCALL0000001',
  workshop: 'https://api.calendly.com/event_types/0f6c2a54-9a5e-4a57-8a0b-7d2f0d3b9c01',
  visit: 'https://api.calendly.com/event_types/2b0a4c9e-51c7-4f3e-bf3a-0c6d1e8f7a02',
  roundRobin: 'https://api.calendly.com/event_types/ROUNDROBIN000001',
  collective: 'https://api.calendly.com/event_types/COLLECTIVE000001',
  paid: 'https://api.calendly.com/event_types/7c1d9f30-0d7e-4d0b-9f5c-3a4b5c6d7e03',
  poll: 'https://api.calendly.com/event_types/MEETINGPOLL00001',
  inactive: 'https://api.calendly.com/event_types/INACTIVETYPE0001',
  bare: 'https://api.calendly.com/event_types/9e4b7a12-6c1f-4b8d-8e2a-5f6a7b8c9d04',
  custom: 'https://api.calendly.com/event_types/CUSTOMPLACE00001',
  inbound: 'https://api.calendly.com/event_types/SECRETTYPE000001',
  rivals: 'https://api.calendly.com/event_types/RIVALTYPE0000001',
} as const;

export const monday = '2026-11-23T08:00:00Z';
export const requiredAnswer = {
  question: 'What would you like to talk about?',
  answer: 'Prices',
  position: 0,
};

export function exampleAccount(options: { now?: string; seed?: SeedData } = {}): ExampleAccount {
  const clock = createManualClock(options.now ?? monday);
  const received: ReceivedDelivery[] = [];
  const receiver: ExampleAccount['receiver'] = { answer: () => 204 };
  const sandbox = createCalendlySandbox({
    clock,
    random: seededRandom(7),
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const text = await request.text();
      received.push({
        url: request.url,
        headers: request.headers,
        text,
        body: JSON.parse(text) as ReceivedDelivery['body'],
        at: new Date(clock.now()).toISOString(),
      });
      const answer = receiver.answer(received.length);
      return typeof answer === 'number' ? new Response(null, { status: answer }) : answer;
    },
    ...(options.seed && { seed: options.seed }),
  });

  async function call(
    method: string,
    path: string,
    token: string,
    query: Record<string, string>,
    body: unknown,
  ): Promise<Answer> {
    const search = new URLSearchParams(query).toString();
    const response = await sandbox.fetch(
      `http://calendly.test${path}${search ? `?${search}` : ''}`,
      {
        method,
        headers: {
          ...(token && { Authorization: `Bearer ${token}` }),
          'Content-Type': 'application/json',
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      },
    );
    const text = await response.text();
    const json = response.headers.get('Content-Type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (json ? JSON.parse(text) : {}) as AnswerBody,
    };
  }

  const account: ExampleAccount = {
    clock,
    sandbox,
    received,
    receiver,
    get: (path, query = {}, token = defaultToken) => call('GET', path, token, query, undefined),
    post: (path, body, token = defaultToken) => call('POST', path, token, {}, body),
    remove: (path) => call('DELETE', path, defaultToken, {}, undefined),
    token({ scopes, user, expired }) {
      const token = `token-${sandbox.state.tokens.length}`;
      sandbox.state.tokens.push({
        token,
        user: user ?? ids.owner,
        scopes: scopes ?? 'default',
        expired: expired ?? false,
      });
      return token;
    },
    wish: (changes = {}) => ({
      event_type: ids.intro,
      start_time: sandbox.freeTimes('intro-call')[0],
      invitee: { name: 'Ada L', email: 'ada@example.org', timezone: 'Europe/Berlin' },
      location: { kind: 'google_conference' },
      questions_and_answers: [requiredAnswer],
      ...changes,
    }),
    subscribe: (changes = {}) =>
      account.post('/webhook_subscriptions', {
        url: 'https://book.example.com/api/webhooks/calendly',
        events: ['invitee.created', 'invitee.canceled'],
        organization: ids.organization,
        scope: 'organization',
        signing_key: 'a signing key',
        ...changes,
      }),
  };
  return account;
}

export const path = (uri: string): string => new URL(uri).pathname;
