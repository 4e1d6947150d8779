import { afterEach, expect, test } from 'vitest';
import { createDeployment, type Deployment } from '../../demo/sandbox/deployment.ts';

let deployment: Deployment;
let isOpen = true;
afterEach(async () => {
  if (isOpen) await deployment.close();
  isOpen = true;
});

interface Readiness {
  status: string;
  checks: Record<string, boolean>;
  deadJobs: number | null;
  webhooks: boolean;
}
const ready = () => deployment.get<Readiness>('/readyz');

test('a process that runs is healthy, whatever else is wrong', async () => {
  deployment = await createDeployment();
  deployment.calendly.trouble.down = 'reset';
  expect(await deployment.get('/healthz')).toEqual({ status: 200, body: { status: 'ok' } });
});

test('it is ready once Calendly has answered, and says whether webhooks come', async () => {
  deployment = await createDeployment();
  expect(await ready()).toMatchObject({
    status: 503,
    body: { status: 'not ready', checks: { database: true, calendly: false, accepting: true } },
  });
  await deployment.app.subscribe();
  expect(await ready()).toEqual({
    status: 200,
    body: {
      status: 'ok',
      checks: { database: true, calendly: true, accepting: true },
      deadJobs: 0,
      webhooks: true,
    },
  });
});

test('it is not ready any more when it drains', async () => {
  deployment = await createDeployment();
  await deployment.app.subscribe();
  await deployment.app.stop();
  expect(await ready()).toMatchObject({ status: 503, body: { checks: { accepting: false } } });
});

test('it is not ready when its database is gone, and says nothing else about it', async () => {
  deployment = await createDeployment();
  await deployment.app.subscribe();
  await deployment.close();
  isOpen = false;
  expect(await ready()).toMatchObject({
    status: 503,
    body: { checks: { database: false }, deadJobs: null },
  });
});

test('it tells how many jobs wait for a human', async () => {
  deployment = await createDeployment();
  await deployment.db
    .insertInto('job')
    .values({
      kind: 'send-mail',
      dedupe_key: 'x',
      payload: '{}',
      run_at: 0,
      attempts: 9,
      created_at: 0,
      dead_at: 1,
    })
    .execute();
  expect((await ready()).body.deadJobs).toBe(1);
});
