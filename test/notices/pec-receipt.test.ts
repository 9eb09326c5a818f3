import { expect, test } from 'vitest';
import { noticeIdOf, readPecReceipt } from '../../src/notices/rules/pec-receipt.ts';
import { pecReceipt } from '../support/pec.ts';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const ABOUT = `${ID}@pec.example.org`;

const receipt = (kind: string, given: Partial<Parameters<typeof pecReceipt>[0]> = {}) =>
  readPecReceipt(pecReceipt({ kind, about: ABOUT, ...given }));

test('a receipt says what the provider certifies, of which message, and when', () => {
  expect(receipt('avvenuta-consegna')).toEqual({
    kind: 'avvenuta-consegna',
    status: 'delivered',
    warns: false,
    reference: `<${ABOUT}>`,
    id: '<opec1.avvenuta-consegna.2027-03-04T09:10:00@pec.example.org>',
    at: Date.parse('2027-03-04T08:10:00Z'),
    certified: {
      error: 'nessuno',
      errorDetail: '',
      identifier: 'opec1.avvenuta-consegna.1.1@pec.example.org',
      deliveredTo: 'rosa@pec.example.org',
      at: Date.parse('2027-03-04T08:10:00Z'),
    },
  });
});

test.each([
  ['accettazione', 'accepted'],
  ['non-accettazione', 'failed'],
  ['Errore-Consegna', 'bounced'],
  ['presa-in-carico', undefined],
  ['preavviso-errore-consegna', undefined],
])('%s means %s', (kind, status) => {
  expect(receipt(kind)?.status).toBe(status);
  expect(receipt(kind)?.warns).toBe(kind.startsWith('preavviso'));
});

test('why it was not delivered is kept without the address', () => {
  const found = receipt('errore-consegna', {
    error: 'no-dest',
    detail: '5.1.1 - Gestore - rosa@pec.example.org indirizzo non valido',
  });
  expect(found?.certified).toMatchObject({
    error: 'no-dest',
    errorDetail: '5.1.1 - Gestore - […] indirizzo non valido',
    deliveredTo: undefined,
  });
});

test.each([
  ['ordinary mail', { headers: { 'X-Ricevuta': '' } }],
  ['a kind that the rules do not know', { headers: { 'X-Ricevuta': 'promessa' } }],
  ['a date that cannot be read', { headers: { Date: 'ieri' } }],
  ['a transport envelope, whatever it carries', { headers: { 'X-Trasporto': 'errore' } }],
  ['somebody who is no provider', { headers: { From: 'rosa@pec.example.org' } }],
  ['data that certify another kind', { certifies: { kind: 'accettazione' } }],
  ['data that certify another message', { certifies: { about: 'x@pec.example.org' } }],
])('%s is no receipt', (_, given) => {
  expect(receipt('avvenuta-consegna', given)).toBeUndefined();
});

test('without certified data the headers speak, and what stands in the body never does', () => {
  const headers = (kind: string) =>
    `X-Ricevuta: ${kind}\r\nX-Riferimento-Message-ID: <${ABOUT}>\r\nDate: Thu, 4 Mar 2027 09:10:00 +0100\r\n\r\nX-Ricevuta: errore-consegna`;
  expect(readPecReceipt(headers('avvenuta-consegna'))).toMatchObject({
    status: 'delivered',
    certified: undefined,
  });
  expect(readPecReceipt('Subject: ciao\r\n\r\nX-Ricevuta: avvenuta-consegna\r\n')).toBeUndefined();
});

test('our own messages are known by their Message-ID', () => {
  expect(noticeIdOf(`<${ID}@pec.example.org>`)).toBe(ID);
  expect(noticeIdOf('<another@pec.example.org>')).toBeUndefined();
  expect(noticeIdOf(`<${ID}@a@b>`)).toBeUndefined();
});
