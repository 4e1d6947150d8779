import { isIPv6 } from 'node:net';

/**
 * Whose request it is, as far as it can be known: the socket's address, or what the trusted proxies say, counted from
 * the right, where they write. IPv6 is cut to its /64: one household, one key.
 */
export function clientAddress(
  socketAddress: string,
  forwardedFor: string | null,
  trustedProxyHops: number,
): string {
  const named = (forwardedFor ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  const chain = [...named, socketAddress];
  const address = chain[Math.max(0, chain.length - 1 - trustedProxyHops)] ?? socketAddress;
  return prefix(address);
}

function prefix(address: string): string {
  // Some proxies write the port too: every connection would be a client of its own.
  const [bare = address] =
    /(?<=^\[).*(?=\](?::\d+)?$)/.exec(address) ?? /^[\d.]+(?=:\d+$)/.exec(address) ?? [];
  const withoutZone = bare.replace(/%.*$/, '');
  if (!isIPv6(withoutZone)) return bare;
  const groups = groupsOf(withoutZone);
  return groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff'
    ? groups.slice(6).flatMap(bytesOf).join('.')
    : groups.slice(0, 4).join(':');
}

/** The eight numbers of an IPv6 address, each in its shortest form. */
function groupsOf(address: string): string[] {
  const { hostname } = new URL(`http://[${address}]`);
  const [left = [], right = []] = hostname
    .slice(1, -1)
    .split('::')
    .map((half) => half.split(':').filter(Boolean));
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right];
}

const bytesOf = (group: string): number[] => {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 0xff];
};
