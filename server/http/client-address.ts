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
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const zeros = address.includes('::') ? Math.max(0, 8 - left.length - right.length) : 0;
  return [...left, ...Array.from({ length: zeros }, () => '0'), ...right]
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join(':');
}
