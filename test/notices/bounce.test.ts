import { expect, test } from 'vitest';
import { readBounce } from '../../src/notices/rules/bounce.ts';
import { troubleOf } from '../../src/notices/rules/trouble.ts';
import { bounce } from '../support/bounce.ts';

const ABOUT = '01890a5d-ac96-774b-bcce-b302099a8057@example.org';

test('a report says what became of which message, without addresses', () => {
  expect(readBounce(bounce({ about: ABOUT }))).toEqual({
    status: 'bounced',
    delayed: false,
    code: '5.1.1',
    reason: '550 5.1.1 <[…]>: no such user',
    references: [`<${ABOUT}>`, `<${ABOUT}>`],
    id: '<report-failed@mx.example.org>',
    at: Date.parse('2027-03-04T08:20:00Z'),
  });
});

test.each([
  ['failed', 'bounced', false],
  ['delayed', 'accepted', true],
  ['delivered', 'delivered', false],
  ['relayed', 'accepted', false],
  ['Expanded', 'accepted', false],
] as const)('%s means %s', (action, status, delayed) => {
  expect(readBounce(bounce({ about: ABOUT, action }))).toMatchObject({ status, delayed });
});

test('an answer of a person, a report without action or date, and half a report are none', () => {
  const whole = bounce({ about: ABOUT });
  expect(readBounce('Subject: Re: ciao\r\nDate: Thu, 4 Mar 2027 09:20:00 +0100\r\n\r\nNo')).toBe(
    undefined,
  );
  expect(readBounce(whole.replace('Action: failed', 'Action: sung'))).toBeUndefined();
  expect(readBounce(whole.replace(/^Date:.*$/m, 'Date: ieri'))).toBeUndefined();
  expect(readBounce(whole.slice(0, whole.indexOf('Final-Recipient')))).toBeUndefined();
  // What was returned may be cut off: the answer’s own fields still name the message.
  const cut = whole.slice(0, whole.indexOf('text/rfc822-headers'));
  expect(readBounce(cut)?.references).toEqual([`<${ABOUT}>`]);
});

const sent = { channel: 'email', state: 'sent', attempts: 1, lastError: null } as const;
const told = (status: 'bounced' | 'accepted', evidence: Record<string, string>) => [
  { status: 'sent' as const, at: 1, evidence: {} },
  { status, at: 2, evidence },
];

test.each([
  [{ code: '5.1.1' }, 'address', true],
  [{ code: '5.2.1' }, 'address', true],
  [{ code: '5.2.2' }, 'full', false],
  [{ code: '4.4.7' }, 'unreached', false],
  [{ code: '5.7.1' }, 'refused', true],
  [{ error: 'no-dest', detail: 'indirizzo non valido' }, 'address', true],
  [{ error: 'no-dominio' }, 'address', true],
  [{ error: 'virus' }, 'refused', true],
  [{ error: 'altro', detail: '4.4.1 - nessuna risposta' }, 'unreached', false],
  [{ reason: '550 mailbox unavailable' }, 'address', true],
] as const)('sent back with %o: %s', (evidence, cause, permanent) => {
  expect(troubleOf(sent, told('bounced', evidence))).toEqual({ cause, permanent });
});

test('what could not leave, is late, or arrived after all', () => {
  const trouble = (state: 'waiting' | 'failed', lastError: string | null) =>
    troubleOf({ ...sent, state, lastError }, [])?.cause;
  expect(trouble('failed', 'not a telephone number')).toBe('address');
  expect(trouble('failed', 'the person wants no messages of ours')).toBe('unwanted');
  expect(trouble('failed', 'answered 422')).toBe('refused');
  expect(trouble('failed', 'connect ECONNREFUSED')).toBe('unreached');
  expect(trouble('waiting', '451 try again')).toBe('late');
  expect(trouble('waiting', null)).toBeUndefined();
  expect(troubleOf(sent, told('accepted', { delayed: 'true' }))?.cause).toBe('late');
  const arrived = [
    ...told('bounced', { code: '4.2.2' }),
    { status: 'delivered' as const, at: 3, evidence: {} },
  ];
  expect(troubleOf(sent, arrived)).toBeUndefined();
});
