import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Mail, Undeliverable } from '../../src/notices/mailer.ts';
import { smtpMailer } from '../../src/notices/smtp.ts';
import { type MailServer, startMailServer } from '../support/smtp.ts';

let server: MailServer;
beforeAll(async () => {
  server = await startMailServer();
});
afterAll(() => server.close());

const mail: Mail = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  to: 'rosa@example.org',
  locale: 'it',
  subject: 'Appuntamento confermato: lunedì 8 marzo 2027, ore 9:30',
  text: 'Buongiorno,\n\n. una riga che comincia con un punto\n',
  html: '<p>Buongiorno,</p>',
  attachments: [
    {
      name: 'appuntamento.ics',
      mediaType: 'text/calendar; charset=utf-8; method=PUBLISH',
      content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n',
    },
  ],
};

test('a letter arrives with its calendar file and a Message-ID that names it', async () => {
  const mailer = smtpMailer(server.url, 'Sportello <sportello@example.org>');
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
  const mailer = smtpMailer(server.url, 'sportello@example.org');
  await expect(mailer.send({ ...mail, to: 'nobody@example.org' })).rejects.toBeInstanceOf(
    Undeliverable,
  );
  await expect(mailer.send({ ...mail, to: 'later@example.org' })).rejects.not.toBeInstanceOf(
    Undeliverable,
  );
  mailer.close();
});

test('a server that is not there is worth another try', async () => {
  const mailer = smtpMailer('smtp://127.0.0.1:9', 'sportello@example.org');
  await expect(mailer.send(mail)).rejects.not.toBeInstanceOf(Undeliverable);
  mailer.close();
});
