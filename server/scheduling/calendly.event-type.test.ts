import { describe, expect, test } from 'vitest';
import { api, eventTypeAnswer, eventTypeUri, owner, page } from './test/calendly-answers.ts';
import { createStub, json, settled, type Answer } from './test/calendly-stub.ts';

const resource =
  (value: object): Answer =>
  () =>
    json({ resource: value });
const list =
  (...items: unknown[]): Answer =>
  () =>
    json(page(items));

describe('an event type', () => {
  const read = async (changes: object) => {
    const { calendly } = createStub(resource({ ...eventTypeAnswer, ...changes }));
    return calendly.eventType(eventTypeUri);
  };

  test('is read behind the configured address, whatever its name says', async () => {
    const { calendly, heard } = createStub(resource(eventTypeAnswer), {
      url: 'http://localhost:4010/',
    });
    await calendly.eventType(eventTypeUri);
    expect(heard[0]?.url).toBe('http://localhost:4010/event_types/INTROCALL0000001');
  });

  test('may lack profile, slug, locations, description and answer choices', async () => {
    const question = {
      name: 'Topic? ',
      type: 'single_select',
      position: 0,
      enabled: true,
      required: true,
      answer_choices: null,
      include_other: false,
    };
    const nothing = { profile: null, slug: null, locations: null, description_plain: null };
    expect(await read({ ...nothing, custom_questions: [question] })).toMatchObject({
      profile: null,
      slug: null,
      locations: [],
      description: null,
      questions: [{ question: 'Topic? ', choices: [], required: true }],
    });
  });

  test('has its enabled questions only, by position, byte for byte', async () => {
    const question = (name: string, position: number, enabled = true) => ({
      name,
      type: 'text',
      position,
      enabled,
      required: false,
      answer_choices: [],
      include_other: false,
    });
    const { questions } = await read({
      custom_questions: [
        question(' B\u00a0', 2),
        question('Fax', 1, false),
        question('a\u0301', 0),
      ],
    });
    expect(questions.map((each) => [each.question, each.position])).toEqual([
      ['a\u0301', 0],
      [' B\u00a0', 2],
    ]);
  });

  test('has its places, a phone number that is a number included', async () => {
    const { locations } = await read({
      locations: [
        { kind: 'physical', location: 'Lausitzer Straße 12', additional_info: 'Third floor' },
        { kind: 'inbound_call', phone_number: 4930901820 },
        { kind: 'zoom_conference' },
        { kind: 'hologram' },
      ],
    });
    expect(locations).toEqual([
      { kind: 'physical', location: 'Lausitzer Straße 12', additionalInfo: 'Third floor' },
      { kind: 'inbound_call', location: '4930901820', additionalInfo: null },
      { kind: 'zoom_conference', location: null, additionalInfo: null },
    ]);
  });

  test('of a round robin has no places to choose', async () => {
    expect(await read({ pooling_type: 'round_robin' })).toMatchObject({
      pooling: 'round_robin',
      locations: [],
    });
  });

  test('that was deleted is not found', async () => {
    const deleted = read({ deleted_at: '2026-11-01T08:00:00.000000Z' });
    await expect(deleted).rejects.toMatchObject({ failure: 'not_found' });
  });

  test.each([
    ['a page that is a script', { scheduling_url: 'javascript:alert(1)' }],
    ['a name of another origin', { uri: 'https://evil.example/event_types/A' }],
    ['a duration in words', { duration: 'thirty' }],
    ['a duration of nothing', { duration: 0 }],
    ['an unknown pooling', { pooling_type: 'lottery' }],
  ])('with %s is not taken', async (_, changes) => {
    const { calendly, clock, logged } = createStub(resource({ ...eventTypeAnswer, ...changes }));
    const result = await settled(clock, calendly.eventType(eventTypeUri));
    expect(result).toMatchObject({ error: { name: 'SchedulingError', failure: 'unavailable' } });
    expect(logged).toContainEqual(
      expect.objectContaining({
        event: 'calendly-reply-unexpected',
        problems: [expect.stringContaining(Object.keys(changes)[0] ?? '')],
      }),
    );
  });
});

describe('the list of event types', () => {
  test('is read to its end by token, never by address', async () => {
    const second = { ...eventTypeAnswer, uri: `${api}/event_types/SECOND` };
    const { calendly, heard } = createStub((_, nth) =>
      nth === 1
        ? json({
            ...page([eventTypeAnswer], 'token+/=2'),
            pagination: { next_page: 'https://evil.example/', next_page_token: 'token+/=2' },
          })
        : json(page([second])),
    );
    const found = await calendly.eventTypes(owner);
    expect(found.map(({ uri }) => uri)).toEqual([eventTypeUri, second.uri]);
    expect(heard.map(({ path, query }) => [path, query])).toEqual([
      ['/event_types', { user: owner.uri, count: '100' }],
      ['/event_types', { user: owner.uri, count: '100', page_token: 'token+/=2' }],
    ]);
  });

  test('of an old answer goes on by the token in the next page’s address', async () => {
    const { calendly, heard } = createStub((_, nth) =>
      json({
        collection: [eventTypeAnswer],
        pagination: { count: 1, next_page: nth === 1 ? `${api}/event_types?page_token=two` : null },
      }),
    );
    await calendly.eventTypes(owner);
    expect(heard.map(({ query }) => query['page_token'])).toEqual([undefined, 'two']);
  });

  test.each([
    ['repeats itself', () => 'same', 2],
    ['never ends', (nth: number) => `token-${nth}`, 100],
  ])('that %s is given up', async (_, token, calls) => {
    const { calendly, heard } = createStub((__, nth) => json(page([eventTypeAnswer], token(nth))));
    await expect(calendly.eventTypes(owner)).rejects.toMatchObject({ failure: 'unavailable' });
    expect(heard).toHaveLength(calls);
  });

  test('leaves out what is deleted and what it cannot read, and says so', async () => {
    const deleted = { ...eventTypeAnswer, deleted_at: '2026-11-01T08:00:00Z' };
    const strange = { ...eventTypeAnswer, kind: 'hologram' };
    const { calendly, logged } = createStub(list(strange, deleted, eventTypeAnswer));
    expect(await calendly.eventTypes(owner)).toHaveLength(1);
    expect(logged).toContainEqual({ event: 'calendly-event-type-skipped', problem: 'kind' });
  });

  test('in which nothing can be read is an error, an empty one is not', async () => {
    const { calendly, answer } = createStub(list({}, 7));
    await expect(calendly.eventTypes(owner)).rejects.toMatchObject({ failure: 'unavailable' });
    answer(list());
    expect(await calendly.eventTypes(owner)).toEqual([]);
  });
});
