import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sendDue } from '../../src/notices/actions/send-due.ts';
import type { Message } from '../../src/notices/carrier.ts';
import { noticeKinds, placeholderNames } from '../../src/notices/kind.ts';
import { enqueue } from '../../src/notices/outbox.ts';
import { checkTemplate } from '../../src/notices/rules/check-template.ts';
import { fillParagraph, placeholdersOf } from '../../src/notices/rules/fill.ts';
import { noticeTemplate, outbox } from '../../src/notices/table.ts';
import { systemCall } from '../../src/platform/call.ts';
import { as, json, type TestServices, testApp, testServices } from '../support/app.ts';
import { aService } from '../support/fixtures.ts';
import { aNotice } from './notice.ts';

const ADMINISTRATOR = { kind: 'administrator', userId: 'a' } as const;

let services: TestServices;
let serviceId: string;
beforeAll(async () => {
  services = await testServices();
  serviceId = await aService(services);
});
beforeEach(async () => {
  await services.database.delete(outbox);
  await services.database.delete(noticeTemplate);
});
afterAll(() => services.close());

const request = async (path: string, init: RequestInit = {}) =>
  testApp(services).request(path, {
    ...init,
    headers: { ...init.headers, ...(await as(services, ADMINISTRATOR)) },
  });
const edit = (body: object) =>
  request('/v1/notice-texts/appointment-confirmed/versions', json('POST', body));

const template = {
  subject: 'Ci vediamo {{when}}',
  paragraphs: ['Ciao,', 'il codice è {{code}}.', 'Porta:\n- {{bring}}'],
};

/** What a person is sent for an appointment of this service. */
async function received(about: Parameters<typeof aNotice>[0]): Promise<Message> {
  const call = systemCall(services, 'test');
  await services.database.transaction((tx) => enqueue(tx, call, aNotice(about)));
  const mails: Message[] = [];
  await sendDue(call, {
    email: {
      async send(mail) {
        mails.push(mail);
        return {};
      },
    },
  });
  return mails[0]!;
}

test('the default text of every kind may be used as it is, in every language', async () => {
  // Every room that tells something registers its kinds as the application is put together.
  testApp(services);
  expect(noticeKinds().length).toBeGreaterThanOrEqual(4);
  for (const kind of noticeKinds()) {
    const known = placeholderNames(kind, services.config);
    for (const locale of ['it', 'en'] as const) {
      expect(
        checkTemplate(kind[locale], known, kind.mandatory ?? []),
        `${kind.name} ${locale}`,
      ).toEqual([]);
    }
    const link = kind.link?.(kind.sample, 'it', services.config);
    if (link) expect(new URL(link.href).search, kind.name).toBe('');
  }
});

test('a text the office wrote is what people get from the next message on', async () => {
  expect((await edit({ locale: 'it', version: 0, template })).status).toBe(201);
  const mail = await received({});
  expect(mail.subject).toBe('Ci vediamo lunedì 8 marzo 2027, ore 9:30');
  expect(mail.text).toContain('il codice è K7M2P9QXTD.');
  expect(mail.text).toContain('- Documento di identità\n- Tessera sanitaria');
  expect((await received({ locale: 'en' })).subject).toMatch(/^Appointment confirmed/);
});

test('a service’s own text goes before the one for all, and is taken back without losing it', async () => {
  const own = { ...template, subject: 'Il tuo primo colloquio: {{when}}' };
  await edit({ locale: 'it', version: 0, template });
  await edit({ locale: 'it', version: 0, service_id: serviceId, template: own });
  expect((await received({ serviceId })).subject).toMatch(/^Il tuo primo colloquio/);
  expect((await received({})).subject).toMatch(/^Ci vediamo/);
  await edit({ locale: 'it', version: 1, service_id: serviceId });
  expect((await received({ serviceId })).subject).toMatch(/^Ci vediamo/);
  const read = await request(
    `/v1/notice-texts/appointment-confirmed?locale=it&service_id=${serviceId}`,
  );
  expect(await read.json()).toMatchObject({
    version: 2,
    history: [{ version: 2 }, { version: 1, template: own }],
  });
});

test('a text that loses the code or uses what does not exist is refused, and nothing changes', async () => {
  const faults = async (paragraphs: string[], subject = template.subject) => {
    const answer = await edit({ locale: 'it', version: 0, template: { subject, paragraphs } });
    expect(answer.status).toBe(422);
    const { errors } = (await answer.json()) as { errors: { pointer: string; detail: string }[] };
    return errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('\n');
  };
  expect(await faults(['Ciao'])).toContain('Senza {{code}}');
  expect(await faults(['{{code}} {{codice}}'])).toContain('{{codice}} non esiste');
  expect(await faults(['{{code}} {{Code}}'])).toContain('in minuscolo');
  expect(await faults(['{{code}}'], 'Ciao')).toContain('Senza {{when}}');
  expect(await services.database.select().from(noticeTemplate)).toEqual([]);
});

test('who edits what another edited meanwhile is told', async () => {
  expect((await edit({ locale: 'it', version: 0, template })).status).toBe(201);
  expect((await edit({ locale: 'it', version: 0, template })).status).toBe(412);
  const both = await Promise.all([1, 2].map(() => edit({ locale: 'it', version: 1, template })));
  expect(both.map(({ status }) => status).sort()).toEqual([201, 412]);
});

test('a preview shows the letter and the text message without keeping anything', async () => {
  const answer = await request(
    '/v1/notice-texts/appointment-confirmed/previews',
    json('POST', { locale: 'it', template }),
  );
  expect(await answer.json()).toMatchObject({
    subject: 'Ci vediamo lunedì 8 marzo 2027, ore 9:30',
    sms: { encoding: 'gsm-7', segments: 1 },
  });
  expect(await services.database.select().from(noticeTemplate)).toEqual([]);
});

test('only administrators write texts', async () => {
  const operator = { kind: 'operator' as const, operatorId: serviceId, officeIds: [serviceId] };
  const headers = await as(services, operator);
  for (const path of ['/v1/notice-texts', '/operatore/messaggi/testi', '/v1/reminder-policies'])
    expect((await testApp(services).request(path, { headers })).status).toBe(403);
});

const form = (path: string, fields: Record<string, string>) =>
  request(path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'Sec-Fetch-Site': 'same-origin',
    },
    body: new URLSearchParams(fields).toString(),
  });

test('the page tries a text out, keeps what was typed when it is wrong, and saves it', async () => {
  const path = '/operatore/messaggi/testi/appointment-confirmed';
  const fields = {
    lingua: 'it',
    servizio: '',
    version: '0',
    subject: 'Ci vediamo {{when}}',
    paragraphs: 'Ciao,\r\n\r\nil codice è {{code}}.\r\n\r\nPorta:\r\n- {{bring}}',
    short: '',
  };
  const tried = await (await form(path, { ...fields, action: 'preview' })).text();
  expect(tried).toContain('Ci vediamo lunedì 8 marzo 2027, ore 9:30');
  expect(tried).toContain('<li>Tessera sanitaria</li>');
  const wrong = await form(path, { ...fields, action: 'save', paragraphs: 'Senza niente' });
  expect(wrong.status).toBe(422);
  const shown = await wrong.text();
  expect(shown).toContain('Senza niente');
  expect(shown).toContain('va lasciato');
  const saved = await form(path, { ...fields, action: 'save' });
  expect(saved.status).toBe(303);
  expect((await received({})).subject).toMatch(/^Ci vediamo/);
  const again = await form(path, { ...fields, action: 'save' });
  expect(again.status).toBe(412);
  const back = await form(path, { ...fields, version: '1', action: 'default' });
  expect(back.status).toBe(303);
  expect((await received({})).subject).toMatch(/^Appuntamento confermato/);
});

test('the page of reminders takes days apart by commas and says which cannot be read', async () => {
  const path = '/operatore/messaggi/promemoria';
  expect((await form(path, { [serviceId]: '7, 2' })).status).toBe(303);
  expect(await (await request(path)).text()).toContain('value="7, 2"');
  const wrong = await form(path, { [serviceId]: '90' });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toContain('value="90"');
  expect((await form(path, { [serviceId]: '' })).status).toBe(303);
  const policies = await request('/v1/reminder-policies');
  expect(await policies.json()).toMatchObject({
    items: [{ service_id: serviceId, days: [], chosen: true }],
  });
});

test('no placeholder is ever left in what people read', () => {
  const names = fc.constantFrom('a', 'b', 'c');
  const line = fc.array(
    fc.oneof(
      names.map((name) => `{{${name}}}`),
      fc.constant('testo '),
    ),
    {
      maxLength: 5,
    },
  );
  const words = fc.record({
    a: fc.constantFrom('uno', '', null),
    b: fc.constantFrom<string | string[]>([], ['x', 'y'], 'z'),
  });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), words, (lines, values) => {
      const paragraph = lines.map((parts) => parts.join('')).join('\n');
      for (const filled of fillParagraph(paragraph, values))
        expect(placeholdersOf(filled)).toEqual([]);
    }),
  );
});
