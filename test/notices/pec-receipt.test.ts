import { expect, test } from 'vitest';
import { noticeIdOf, readPecReceipt } from '../../src/notices/rules/pec-receipt.ts';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';

/** A receipt as a provider writes it, folded lines and all. */
const receipt = (kind: string) =>
  [
    'Received: from mx.pec.example.org',
    `X-Ricevuta: ${kind}`,
    `X-Riferimento-Message-ID:`,
    ` <${ID}@pec.example.org>`,
    'X-TipoRicevuta: completa',
    'From: posta-certificata@pec.example.org',
    'Subject: CONSEGNA: Convocazione',
    'Message-ID: <opec21009.20270304091000.11111.222@pec.example.org>',
    'Date: Thu, 4 Mar 2027 09:10:00 +0100 (CET)',
    '',
    'X-Ricevuta: errore-consegna',
    'Ricevuta di avvenuta consegna',
  ].join('\r\n');

test('a receipt says what it certifies, of which message, and when', () => {
  expect(readPecReceipt(receipt('avvenuta-consegna'))).toEqual({
    kind: 'avvenuta-consegna',
    status: 'delivered',
    reference: `<${ID}@pec.example.org>`,
    id: '<opec21009.20270304091000.11111.222@pec.example.org>',
    at: Date.parse('2027-03-04T08:10:00Z'),
  });
});

test('each kind of receipt means what the rules of certified mail say', () => {
  const meaning = (kind: string) => readPecReceipt(receipt(kind))?.status;
  expect(meaning('accettazione')).toBe('accepted');
  expect(meaning('non-accettazione')).toBe('failed');
  expect(meaning('Errore-Consegna')).toBe('bounced');
  expect(meaning('presa-in-carico')).toBeUndefined();
  expect(meaning('preavviso-errore-consegna')).toBeUndefined();
});

test('ordinary mail, and words in the body of one, are no receipt', () => {
  expect(readPecReceipt('Subject: ciao\r\n\r\nX-Ricevuta: avvenuta-consegna\r\n')).toBeUndefined();
  expect(readPecReceipt(receipt('promessa'))).toBeUndefined();
  expect(readPecReceipt(receipt('accettazione').replace(/Date:.*/, 'Date: ieri'))).toBeUndefined();
});

test('our own messages are known by their Message-ID', () => {
  expect(noticeIdOf(`<${ID}@pec.example.org>`)).toBe(ID);
  expect(noticeIdOf('<another@pec.example.org>')).toBeUndefined();
  expect(noticeIdOf(`<${ID}@a@b>`)).toBeUndefined();
});
