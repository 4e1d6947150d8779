import { expect } from 'chai';
import { createDraftId, idempotencyKey } from './draft.ts';

describe('the Idempotency-Key', () => {
  const key = idempotencyKey('d1', 'workshop', '2026-11-19T13:45:00.000Z', 'ada@example.com');

  it('is the same for the same intention', () => {
    expect(
      idempotencyKey('d1', 'workshop', '2026-11-19T13:45:00.000Z', 'ADA@example.com'),
    ).to.equal(key);
  });

  it('is another for another visitor, session type, start or address', () => {
    const others = [
      idempotencyKey('d2', 'workshop', '2026-11-19T13:45:00.000Z', 'ada@example.com'),
      idempotencyKey('d1', 'intro', '2026-11-19T13:45:00.000Z', 'ada@example.com'),
      idempotencyKey('d1', 'workshop', '2026-11-19T14:45:00.000Z', 'ada@example.com'),
      idempotencyKey('d1', 'workshop', '2026-11-19T13:45:00.000Z', 'eva@example.com'),
    ];
    expect(new Set([key, ...others]).size).to.equal(5);
  });

  it('is a key whatever is in it', () => {
    const long = idempotencyKey(createDraftId(), 'ü'.repeat(300), '🦉\n', 'a'.repeat(254));
    expect(long).to.match(/^[\x21-\x7e]{1,255}$/);
  });
});

describe('a draft id', () => {
  it('is nobody else’s', () => {
    const ids = Array.from({ length: 100 }, createDraftId);
    expect(new Set(ids).size).to.equal(100);
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).to.equal(true);
  });
});
