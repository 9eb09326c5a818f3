import { describe, expect, it } from 'vitest';
import { isInternalAddress, judgeDestination } from '../../src/exchange/rules/destination.ts';
import { nextAttempt } from '../../src/exchange/rules/retry.ts';
import { DAY } from '../../src/platform/clock.ts';

const STRICT = { plain: false, internal: false };

describe('where events may be sent', () => {
  it.each([
    'https://regione.example.org/eventi',
    'https://8.8.8.8/x',
    'https://[2a00:1450:4002::1]/x',
    'https://regione.example.org:8443/eventi?chi=noi',
  ])('%s is allowed', (url) => {
    expect(judgeDestination(url, STRICT)).toBeUndefined();
  });

  it.each([
    ['not a url', 'unreadable'],
    ['http://regione.example.org/', 'not-https'],
    ['ftp://regione.example.org/', 'not-https'],
    ['https://user:word@regione.example.org/', 'credentials'],
    ['https://localhost/', 'internal'],
    ['https://intranet/', 'internal'],
    ['https://db.internal./', 'internal'],
    ['https://stampante.local/', 'internal'],
    ['https://127.0.0.1/', 'internal'],
    ['https://2130706433/', 'internal'],
    ['https://0x7f.1/', 'internal'],
    ['https://169.254.169.254/latest', 'internal'],
    ['https://10.1.2.3/', 'internal'],
    ['https://172.31.255.255/', 'internal'],
    ['https://192.168.0.1/', 'internal'],
    ['https://100.64.0.1/', 'internal'],
    ['https://0.0.0.0/', 'internal'],
    ['https://255.255.255.255/', 'internal'],
    ['https://[::1]/', 'internal'],
    ['https://[::]/', 'internal'],
    ['https://[::ffff:127.0.0.1]/', 'internal'],
    ['https://[fe80::1]/', 'internal'],
    ['https://[fd00::1]/', 'internal'],
    ['https://[2001:db8::1]/', 'internal'],
    ['https://[2002:7f00:1::]/', 'internal'],
    ['https://[64:ff9b::7f00:1]/', 'internal'],
  ])('%s is refused: %s', (url, fault) => {
    expect(judgeDestination(url, STRICT)).toBe(fault);
  });

  it('inside our own network only where the configuration says so', () => {
    expect(judgeDestination('https://10.1.2.3/', { plain: false, internal: true })).toBeUndefined();
    expect(judgeDestination('http://10.1.2.3/', { plain: false, internal: true })).toBe(
      'not-https',
    );
  });

  it('the neighbours of a block are not in it', () => {
    for (const address of [
      '9.255.255.255',
      '11.0.0.0',
      '172.15.255.255',
      '172.32.0.0',
      '223.255.255.255',
    ])
      expect(isInternalAddress(address), address).toBe(false);
    for (const address of ['fe80::1%eth0', 'nonsense', '1.2.3', ''])
      expect(isInternalAddress(address), address).toBe(true);
    expect(isInternalAddress('2003::1')).toBe(false);
    expect(isInternalAddress('2001:200::1')).toBe(false);
  });
});

describe('what did not arrive', () => {
  it('is tried nine times more, ever later, over three days', () => {
    let now = 0;
    let last = 0;
    for (let attempts = 1; attempts <= 9; attempts++) {
      const next = nextAttempt(attempts, now, 0)!;
      expect(next - now).toBeGreaterThan(last);
      last = next - now;
      now = next;
    }
    expect(now).toBeGreaterThan(3 * DAY);
    expect(nextAttempt(10, now, 0)).toBeUndefined();
  });

  it('is not all tried again at the same moment', () => {
    expect(nextAttempt(3, 0, 1)! / nextAttempt(3, 0, 0)!).toBeCloseTo(1.2);
  });
});
