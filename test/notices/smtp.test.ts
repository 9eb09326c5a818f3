import { afterAll, beforeAll, expect, test } from 'vitest';
import { Undeliverable } from '../../src/notices/carrier.ts';
import { smtpCarrier } from '../../src/notices/carriers/smtp.ts';
import { type MailServer, startMailServer } from '../support/smtp.ts';
import { aMessage } from './message.ts';

let server: MailServer;
beforeAll(async () => {
  server = await startMailServer();
});
afterAll(() => server.close());

const mail = aMessage({ text: 'Buongiorno,\n\n. una riga che comincia con un punto\n' });

test('a letter arrives with its calendar file and a Message-ID that names it', async () => {
  const mailer = smtpCarrier(server.url, 'Sportello <sportello@example.org>');
  await mailer.send(mail);
  mailer.close();
  const [received] = server.received;
  expect(received).toMatchObject({ from: 'sportello@example.org', to: 'rosa@example.org' });
  expect(received?.data).toContain(
    'Message-ID: <01890a5d-ac96-774b-bcce-b302099a8057@example.org>',
  );
  expect(received?.data).toContain('Auto-Submitted: auto-generated');
  expect(received?.data).toMatch(/Content-Type: text\/calendar;[\s\S]*method=PUBLISH/);
  expect(received?.data).toMatch(/filename="?appuntamento\.ics/);
});

test('a mailbox that does not exist is told apart from a server with no time', async () => {
  server.refuse('nobody@example.org', '550 no such mailbox');
  server.refuse('later@example.org', '451 try again');
  const mailer = smtpCarrier(server.url, 'sportello@example.org');
  await expect(mailer.send({ ...mail, to: 'nobody@example.org' })).rejects.toBeInstanceOf(
    Undeliverable,
  );
  await expect(mailer.send({ ...mail, to: 'later@example.org' })).rejects.not.toBeInstanceOf(
    Undeliverable,
  );
  mailer.close();
});

test('a server that is not there is worth another try', async () => {
  const mailer = smtpCarrier('smtp://127.0.0.1:9', 'sportello@example.org');
  await expect(mailer.send(mail)).rejects.not.toBeInstanceOf(Undeliverable);
  mailer.close();
});
