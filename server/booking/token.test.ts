import { describe, expect, test } from 'vitest';
import { systemRandom } from '../clock.ts';
import { newId, newToken, openToken, sealToken, sha256, tokenMatches } from './token.ts';

const many = <T>(make: () => T): T[] => Array.from({ length: 10_000 }, make);

describe('a token', () => {
  test('is 256 random bits in characters that a fragment may hold, and never the same twice', () => {
    const tokens = many(() => newToken(systemRandom));
    expect(new Set(tokens).size).toBe(tokens.length);
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(tokens[0] ?? '', 'base64url')).toHaveLength(32);
  });

  test('opens by its hash, and nothing else does', () => {
    const token = newToken(systemRandom);
    const hash = sha256(token);
    expect(tokenMatches(token, hash)).toBe(true);
    for (const wrong of ['', token.slice(1), `${token} `, token.toUpperCase(), hash]) {
      expect(tokenMatches(wrong, hash)).toBe(false);
    }
  });
});

describe('an id', () => {
  test('is a UUID of version 4, and never the same twice', () => {
    const ids = many(() => newId(systemRandom));
    expect(new Set(ids).size).toBe(ids.length);
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    for (const id of ids) expect(id).toMatch(uuid);
  });
});

describe('a sealed token', () => {
  const token = newToken(systemRandom);
  const seal = (secret = 'secret', context = 'booking-1') =>
    sealToken(token, secret, context, systemRandom);

  test('opens with its secret, for what it was sealed for', () => {
    expect(openToken(seal(), 'secret', 'booking-1')).toBe(token);
    expect(openToken(seal('', ''), '', '')).toBe(token);
  });

  test('opens with no other secret and for nothing else', () => {
    expect(() => openToken(seal(), 'Secret', 'booking-1')).toThrow();
    expect(() => openToken(seal(), 'secret', 'booking-2')).toThrow();
    expect(() => openToken(seal('a', 'bc'), 'ab', 'c')).toThrow();
  });

  test('shows nothing of the token, and looks different every time', () => {
    const seals = Array.from({ length: 100 }, () => seal());
    expect(new Set(seals).size).toBe(100);
    for (const sealed of seals) expect(sealed).not.toContain(token.slice(0, 8));
  });

  test('does not open when a single bit of it was changed, or a part is missing', () => {
    const bytes = Buffer.from(seal(), 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => openToken(changed.toString('base64url'), 'secret', 'booking-1')).toThrow();
      const cut = bytes.subarray(0, at).toString('base64url');
      expect(() => openToken(cut, 'secret', 'booking-1')).toThrow();
    }
    expect(() => openToken('', 'secret', 'booking-1')).toThrow();
  });
});
