import { Hono } from 'hono';
import { configFileSchema } from '../config-schema.ts';
import { openApiDocument } from './openapi.ts';

/** What machines and editors read about this backend. */
export const createDocuments = (publicUrl: string) =>
  new Hono()
    .get('/openapi.json', (c) => c.json(openApiDocument(publicUrl)))
    .get('/booking.config.schema.json', (c) => c.json(configFileSchema()));
