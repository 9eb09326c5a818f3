import { expect, it } from 'vitest';
import { clientNetwork } from '../../src/platform/client-network.ts';

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:0:1:1111:2222:3333:4444', '2001:db8:0:1::/64'],
  ['2001:0DB8:0000:0001::9', '2001:db8:0:1::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['local', 'local'],
  ['1:2:3', '1:2:3'],
])('%s counts as %s', (address, network) => {
  expect(clientNetwork(address)).toBe(network);
});
