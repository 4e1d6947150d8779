import { describe, expect, test } from 'vitest';
import { resourcePath } from './calendly.uri.ts';
import { SchedulingError } from './scheduling.ts';

describe('a resource’s name', () => {
  test.each([
    [
      'https://api.calendly.com/event_types/INTROCALL0000001',
      'eventType',
      '/event_types/INTROCALL0000001',
    ],
    [
      'https://api.calendly.com/scheduled_events/0f6c2a54-9a5e-4a57-8a0b-7d2f0d3b9c01',
      'scheduledEvent',
      '/scheduled_events/0f6c2a54-9a5e-4a57-8a0b-7d2f0d3b9c01',
    ],
    [
      'https://api.calendly.com/scheduled_events/E_1/invitees/I-1',
      'invitee',
      '/scheduled_events/E_1/invitees/I-1',
    ],
  ] as const)('%s has a path', (uri, family, path) => {
    expect(resourcePath(uri, family)).toBe(path);
  });

  test.each([
    'https://evil.example/event_types/A',
    'http://api.calendly.com/event_types/A',
    'https://api.calendly.com.evil.example/event_types/A',
    'https://api.calendly.com@evil.example/event_types/A',
    'https://evil.example/https://api.calendly.com/event_types/A',
    'https://api.calendly.com:444/event_types/A',
    'https://api.calendly.com/event_types/..',
    'https://api.calendly.com/event_types/../users/me',
    'https://api.calendly.com/event_types/A/../../users/me',
    'https://api.calendly.com/event_types/A%2F..',
    'https://api.calendly.com/event_types/A?x=1',
    'https://api.calendly.com/event_types/A#x',
    'https://api.calendly.com/event_types/A\n',
    'https://api.calendly.com/event_types/',
    'https://api.calendly.com/event_types/A/',
    'https://api.calendly.com//event_types/A',
    'https://api.calendly.com/users/A',
    `https://api.calendly.com/event_types/${'A'.repeat(101)}`,
    '/event_types/A',
    'A',
    '',
  ])('%j names no event type', (uri) => {
    expect(() => resourcePath(uri, 'eventType')).toThrow(SchedulingError);
  });
});
