const V4_IN_V6 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * What tells one client from another: an IPv4 address as it is, of IPv6 the first 64 bits, since a
 * single subscriber has all the others to choose from (RFC 6177). Anything else stays as it is.
 */
export function clientNetwork(address: string): string {
  const v4 = V4_IN_V6.exec(address)?.[1];
  if (v4 !== undefined) return v4;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const first = groups(head);
  const last = groups(tail);
  const zeros =
    tail === undefined ? [] : Array(Math.max(0, 8 - first.length - last.length)).fill('0');
  const whole = [...first, ...zeros, ...last].map((group) => group.replace(/^0+(?=.)/, ''));
  return whole.length === 8 ? `${whole.slice(0, 4).join(':')}::/64` : address;
}
