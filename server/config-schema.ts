import { toJsonSchema } from '@valibot/to-json-schema';
import { ConfigFile } from './config.ts';

/** JSON Schema of `booking.config.json`, for editors; `server/booking.config.schema.json` is this, kept by a test. */
export const configFileSchema = () => ({
  title: 'What is offered for booking',
  ...toJsonSchema(ConfigFile, { typeMode: 'input' }),
});
