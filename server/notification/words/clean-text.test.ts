import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../test/hostile-texts.ts';
import { looksLikeLink, oneLine, severalLines, shorten, webAddress } from './clean-text.ts';

describe('text of strangers', () => {
  test.each(hostileTexts)('number %# becomes one well-formed line', (text) => {
    const line = oneLine(text);
    expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    expect(line.isWellFormed()).toBe(true);
    expect(severalLines(text).every((each) => each === oneLine(each))).toBe(true);
  });

  test('keeps its lines, of empty ones one at a time', () => {
    expect(severalLines('\r\na \r\nb\r\n\r\n\r\n\r\nc\n')).toEqual(['a', 'b', '', 'c']);
  });

  test('is shortened between characters as people see them', () => {
    expect(shorten('abc', 3)).toBe('abc');
    expect(shorten('abcd', 3)).toBe('ab…');
    expect(shorten('ab🧑‍🚀🧑‍🚀', 8)).toBe('ab🧑‍🚀…');
  });
});

describe('names', () => {
  test.each([
    'Ada Lovelace',
    'J. R. R. Tolkien',
    'Martin Luther King, Jr.',
    'Dr. Müller',
    'O’Brien',
    '李小龍',
    'St.John',
  ])('%s is a name', (name) => {
    // One word joined by a dot reads as a domain; better a mail without a name than one with a link.
    expect(looksLikeLink(name)).toBe(name === 'St.John');
  });

  test.each([
    'win at https://evil.example',
    'evil.example',
    'www evil',
    'a@b.example',
    'evil。example',
    'evil․example',
    'x//y',
  ])('%s is none', (name) => {
    expect(looksLikeLink(name)).toBe(true);
  });
});

describe('addresses in links', () => {
  test.each(['https://zoom.example/j/1?pwd=2#x', 'http://localhost:8787/bookings/b1#token=x'])(
    '%s may stand',
    (url) => {
      expect(webAddress(url)).toBe(url);
    },
  );

  test.each([
    'javascript:alert(1)',
    ' https://a.example',
    'https://a.example/\r\nBcc: x',
    'data:text/html,x',
    '//a.example',
    'https://zoom.example@evil.example/',
    'https://',
    'ftp://a.example',
    '',
    null,
  ])('%j may not', (url) => {
    expect(webAddress(url)).toBeNull();
  });
});
