import type { BookingFacts } from '../notification.ts';

export const sampleFacts = (changes: Partial<BookingFacts> = {}): BookingFacts => ({
  bookingId: 'b1',
  calendarUid: 'c1',
  sequence: 0,
  title: 'Intro call',
  hostName: 'Ines Kaya',
  hostEmail: 'ines@host.example',
  startTime: '2026-12-01T15:00:00.000Z',
  endTime: '2026-12-01T15:30:00.000Z',
  timezone: 'Europe/Berlin',
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  guests: ['charles@example.com'],
  location: { kind: 'zoom_conference', location: null, joinUrl: 'https://zoom.example/j/1?pwd=2' },
  price: { amount: 4900, currency: 'eur' },
  manageUrl: 'https://book.example.com/bookings/b1#token=abc_DEF-123',
  previousStartTime: null,
  canceledBy: null,
  cancelReason: null,
  notes: null,
  ...changes,
});
