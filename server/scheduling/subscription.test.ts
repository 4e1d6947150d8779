import { afterEach, describe, expect, test } from 'vitest';
import {
  createDeployment,
  type Deployment,
  type DeploymentOptions,
} from '../../demo/sandbox/deployment.ts';

let deployment: Deployment;
afterEach(() => deployment.close());

const deploy = async (options?: DeploymentOptions): Promise<Deployment> =>
  (deployment = await createDeployment(options));
const subscribe = () => deployment.until(deployment.app.subscribe());
const subscriptions = () => deployment.calendly.state.subscriptions;
const writes = () =>
  deployment.calendly
    .calls({ path: /^\/webhook_subscriptions/ })
    .filter(({ method }) => method !== 'GET')
    .map(({ method }) => method);

describe('the webhook subscription', () => {
  test('is made when there is none: signed, for invitees only, to our address', async () => {
    await deploy();
    expect(await subscribe()).toBe('created');
    expect(subscriptions()).toEqual([
      expect.objectContaining({
        callback_url: 'https://book.example.com/api/webhooks/calendly',
        events: ['invitee.created', 'invitee.canceled'],
        scope: 'user',
        state: 'active',
        signing_key: expect.stringMatching(/^[0-9a-f]{64}$/),
      }),
    ]);
  });

  test('is found again, by this process and by the next', async () => {
    await deploy();
    await subscribe();
    expect(await subscribe()).toBe('found');
    deployment.restart();
    expect(await subscribe()).toBe('found');
    expect(writes()).toEqual(['POST']);
  });

  test('is made anew when it was deleted', async () => {
    await deploy();
    await subscribe();
    deployment.calendly.deleteSubscriptions();
    expect(await subscribe()).toBe('created');
    expect(subscriptions()).toHaveLength(1);
  });

  test('is replaced when it was disabled', async () => {
    await deploy();
    await subscribe();
    deployment.calendly.disableSubscriptions();
    expect(await subscribe()).toBe('recreated');
    expect(subscriptions().map(({ state }) => state)).toEqual(['active']);
    expect(writes()).toEqual(['POST', 'DELETE', 'POST']);
  });

  test('is replaced when it asks for other events', async () => {
    await deploy();
    await subscribe();
    subscriptions()[0]!.events = ['invitee.created'];
    expect(await subscribe()).toBe('recreated');
    expect(subscriptions()[0]?.events).toEqual(['invitee.created', 'invitee.canceled']);
  });

  test('is replaced when the key is another one than it was made with', async () => {
    await deploy();
    await subscribe();
    const derived = subscriptions()[0]?.signing_key;
    await deployment.close();

    await deploy({
      config: {
        calendly: {
          url: 'https://api.calendly.com',
          token: 'sandbox-calendly-token',
          signingKeys: ['new', 'old'],
        },
      },
    });
    await subscribe();
    expect(subscriptions()[0]?.signing_key).toBe('new');
    expect(derived).not.toBe('new');
  });

  test('made by somebody else for our address, with a key that nobody knows, is replaced', async () => {
    await deploy();
    await subscribe();
    await deployment.db.deleteFrom('setting').execute();
    expect(await subscribe()).toBe('recreated');
    expect(subscriptions()).toHaveLength(1);
  });

  test('to other addresses is none of our business', async () => {
    await deploy();
    await subscribe();
    subscriptions()[0]!.callback_url = 'https://zap.example/hook';
    expect(await subscribe()).toBe('created');
    expect(subscriptions().map(({ callback_url }) => callback_url)).toEqual([
      'https://zap.example/hook',
      'https://book.example.com/api/webhooks/calendly',
    ]);
  });

  test('is there once when several backends make it at once', async () => {
    await deploy();
    const states = await Promise.all([subscribe(), subscribe(), subscribe()]);
    expect(states.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
      'created',
      'found',
      'found',
    ]);
    expect(subscriptions()).toHaveLength(1);
    expect(await subscribe()).toBe('found');
  });

  test('is there once when several backends replace it at once', async () => {
    await deploy();
    await subscribe();
    deployment.calendly.disableSubscriptions();
    await Promise.all([subscribe(), subscribe(), subscribe()]);
    expect(subscriptions().map(({ state }) => state)).toEqual(['active']);
    expect(await subscribe()).toBe('found');
  });

  test('of somebody we cannot see, at our address, is told in words', async () => {
    await deploy();
    await subscribe();
    Object.assign(subscriptions()[0]!, { scope: 'organization', user: null });
    await expect(subscribe()).rejects.toThrow(/has the address https:\/\/book\.example\.com/);
    expect((await deployment.get<{ webhooks: boolean }>('/readyz')).body.webhooks).toBe(true);
  });

  test('that cannot be made now is made the next time', async () => {
    await deploy();
    deployment.calendly.trouble.failNext.push({
      route: 'POST /webhook_subscriptions',
      status: 503,
    });
    await expect(subscribe()).rejects.toThrow();
    expect(await subscribe()).toBe('created');
  });
});

test('a backend that runs looks after its subscription by itself', async () => {
  await deploy();
  deployment.app.start();
  await deployment.clock.advance(0);
  expect(subscriptions()).toHaveLength(1);
  deployment.calendly.disableSubscriptions();
  await deployment.clock.advance(10 * 60_000);
  expect(subscriptions().map(({ state }) => state)).toEqual(['active']);
  await deployment.app.stop();
});
