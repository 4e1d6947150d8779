import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { configFileSchema } from './config-schema.ts';

it('the schema that editors read is the one that the backend checks with', () => {
  const file = new URL('booking.config.schema.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(configFileSchema())),
  );
});
