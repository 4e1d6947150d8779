import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

test('with no proxy in front, the socket is the client and the header is anybody’s claim', () => {
  expect(clientAddress('203.0.113.9', null, 0)).toBe('203.0.113.9');
  expect(clientAddress('203.0.113.9', '198.51.100.1', 0)).toBe('203.0.113.9');
  expect(clientAddress('203.0.113.9', '198.51.100.1, 192.0.2.1', 0)).toBe('203.0.113.9');
});

test('with proxies, the client is as many steps from the right as there are proxies', () => {
  const forwarded = 'spoofed, 198.51.100.1, 192.0.2.1';
  expect(clientAddress('10.0.0.1', forwarded, 1)).toBe('192.0.2.1');
  expect(clientAddress('10.0.0.1', forwarded, 2)).toBe('198.51.100.1');
});

test('a header that is shorter than the proxies are many is taken from its beginning', () => {
  expect(clientAddress('10.0.0.1', '198.51.100.1', 3)).toBe('198.51.100.1');
  expect(clientAddress('10.0.0.1', null, 3)).toBe('10.0.0.1');
  expect(clientAddress('10.0.0.1', ' , ,', 1)).toBe('10.0.0.1');
});

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
  ['::', '0:0:0:0'],
  ['[2001:db8:1:2::1]', '2001:db8:1:2'],
  ['[2001:db8:1:2::1]:4711', '2001:db8:1:2'],
])('%s is known by its first half: %s', (address, known) => {
  expect(clientAddress('10.0.0.1', address, 1)).toBe(known);
});

test.each([
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['::FFFF:203.0.113.9', '203.0.113.9'],
  ['::ffff:cb00:7109', '203.0.113.9'],
  ['0:0:0:0:0:ffff:cb00:7109', '203.0.113.9'],
  ['203.0.113.9:4711', '203.0.113.9'],
])('%s is the IPv4 address %s', (address, known) => {
  expect(clientAddress('10.0.0.1', address, 1)).toBe(known);
});
