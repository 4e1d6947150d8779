import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDeployment, type Deployment } from '../../demo/sandbox/deployment.ts';
import { errorStatus } from '../contract/error.ts';

interface Operation {
  parameters: { name: string; in: string; required: boolean }[];
  responses: Record<string, { description: string }>;
}
interface Document {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
}

let deployment: Deployment;
let document: Document;
beforeAll(async () => {
  deployment = await createDeployment();
  ({ body: document } = await deployment.get<Document>('/openapi.json'));
});
afterAll(() => deployment.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

function* referencesIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$ref' && typeof inner === 'string') yield inner;
    else yield* referencesIn(inner);
  }
}

describe('the OpenAPI document', () => {
  test('names its version and where it is served', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.servers).toEqual([{ url: 'https://book.example.com' }]);
  });

  test('refers to nothing that is not in it', () => {
    const references = [...new Set(referencesIn(document))];
    expect(references.length).toBeGreaterThan(5);
    for (const reference of references) {
      const steps = reference.replace(/^#\//, '').split('/');
      const found = steps.reduce<unknown>(
        (value, step) => (value as Record<string, unknown> | undefined)?.[step],
        document,
      );
      expect(found, reference).toBeTypeOf('object');
    }
  });

  test('uses every schema that it has', () => {
    const used = new Set(referencesIn(document.paths));
    for (const name of Object.keys(document.components.schemas)) {
      expect([...used], name).toContain(`#/components/schemas/${name}`);
    }
  });

  test('declares what stands in a path, and only that', () => {
    for (const { path, method, operation } of operations()) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = operation.parameters.filter((parameter) => parameter.in === 'path');
      expect(
        declared.map(({ name }) => name),
        `${method} ${path}`,
      ).toEqual(inPath);
      expect(declared.every(({ required }) => required)).toBe(true);
    }
  });

  test('describes only calls that there are, and every answer that an error code has', async () => {
    for (const { path, method, operation } of operations()) {
      const address = path.replaceAll(/\{\w+\}/g, 'x');
      const answer = await deployment.request(address, {
        method: method.toUpperCase(),
        ...(method === 'post'
          ? { body: '{}', headers: { 'content-type': 'application/json' } }
          : {}),
      });
      const { code } = (await answer.json()) as { code?: keyof typeof errorStatus };
      expect(['not_found', 'method_not_allowed'], `${method} ${path}`).not.toContain(code);
      if (code !== undefined) {
        expect(operation.responses[errorStatus[code]]?.description, `${method} ${path}`).toContain(
          code,
        );
      }
    }
  });

  test('describes every call that a page or a person can make', () => {
    // Machines deliver and scrape; the booking's own page and the widget are files.
    const described = operations().map(({ path, method }) => `${method} ${path}`);
    expect(described.toSorted()).toEqual([
      'get /api/scheduling/bookings/{id}',
      'get /api/scheduling/bookings/{id}/calendar.ics',
      'get /api/scheduling/calendly/available-times',
      'get /api/scheduling/session-types',
      'get /api/scheduling/session-types/{id}',
      'post /api/scheduling/bookings/confirm',
      'post /api/scheduling/bookings/{id}/cancel',
      'post /api/scheduling/bookings/{id}/reschedule',
    ]);
  });
});
