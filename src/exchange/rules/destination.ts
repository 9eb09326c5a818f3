/** What a destination may be, besides a public https address. */
export interface DestinationPolicy {
  /** Plain http: for tests only. */
  readonly plain: boolean;
  /** Addresses of the administration's own network. */
  readonly internal: boolean;
}

export type DestinationFault = 'unreadable' | 'not-https' | 'credentials' | 'internal';

/**
 * Why a URL cannot be written to, if it cannot: the caller chooses it, and must not be able to reach
 * through us what only we can reach. A name is judged by itself here, and by the addresses it stands
 * for when the connection is made ({@link isInternalAddress}).
 */
export function judgeDestination(
  text: string,
  policy: DestinationPolicy,
): DestinationFault | undefined {
  if (!URL.canParse(text)) return 'unreadable';
  const { protocol, username, password, hostname } = new URL(text);
  if (protocol !== 'https:' && !(policy.plain && protocol === 'http:')) return 'not-https';
  if (username !== '' || password !== '') return 'credentials';
  if (!policy.internal && isInternalHost(hostname)) return 'internal';
  return undefined;
}

/** Names that mean something only inside a network (RFC 6761, 6762, 8375; `.internal` of ICANN, 2024). */
const INTERNAL_NAME = /(^|\.)(localhost|local|internal|home\.arpa)$/;

function isInternalHost(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '').toLowerCase();
  if (name.startsWith('[') || /^\d+(\.\d+){3}$/.test(name))
    return isInternalAddress(name.replace(/^\[|\]$/g, ''));
  return INTERNAL_NAME.test(name) || !name.includes('.');
}

/** First address and length of the blocks that are not globally reachable (IANA, RFC 6890). */
const IPV4_BLOCKS = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;

/** Of the one block in use, 2000::/3, what is set apart: protocols, documentation, 6to4, more documentation. */
const IPV6_BLOCKS = [
  [0x20010000n, 23],
  [0x20010db8n, 32],
  [0x20020000n, 16],
  [0x3fff0000n, 20],
] as const;

/** Whether an IP address leads anywhere but to the public internet; what cannot be read does. */
export function isInternalAddress(address: string): boolean {
  if (/^\d+(\.\d+){3}$/.test(address)) return isInternalIpv4(ipv4(address));
  const host = `http://[${address.replace(/%.*$/, '')}]/`;
  if (!URL.canParse(host)) return true;
  const groups = ipv6Groups(new URL(host).hostname.slice(1, -1));
  const [a = 0, b = 0, ...rest] = groups;
  const embedded = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (embedded) return isInternalIpv4(((groups[6] ?? 0) << 16) | (groups[7] ?? 0));
  if (rest.length !== 6 || a >> 13 !== 1) return true;
  const top = (BigInt(a) << 16n) | BigInt(b);
  return IPV6_BLOCKS.some(([first, length]) => (top ^ first) >> BigInt(32 - length) === 0n);
}

function isInternalIpv4(address: number): boolean {
  return IPV4_BLOCKS.some(([first, length]) => (address ^ ipv4(first)) >>> (32 - length) === 0);
}

function ipv4(address: string): number {
  return address.split('.').reduce((sum, part) => (sum << 8) | Number(part), 0);
}

/** The eight groups of an address as the URL standard writes it, `::` filled in. */
function ipv6Groups(address: string): number[] {
  const [before = '', after] = address.split('::');
  const numbers = (text: string) =>
    text === '' ? [] : text.split(':').map((g) => parseInt(g, 16));
  const [head, tail] = [numbers(before), after === undefined ? [] : numbers(after)];
  const zeros = after === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array<number>(Math.max(0, zeros)).fill(0), ...tail];
}
