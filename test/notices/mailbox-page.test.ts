import { afterAll, beforeAll, expect, test } from 'vitest';
import { enqueue } from '../../src/notices/outbox.ts';
import { systemCall } from '../../src/platform/call.ts';
import { type TestServices, testApp, testServices } from '../support/app.ts';
import { aNotice } from './notice.ts';

let demo: TestServices;
beforeAll(async () => {
  demo = await testServices({ demo: true });
});
afterAll(() => demo.close());

test('a newcomer without messages is told how to get one', async () => {
  const html = await (await testApp(demo).request('/posta-demo')).text();
  expect(html).toContain('Nessun messaggio');
  expect(html).toContain('href="/prenota"');
});

test('a newcomer reads the confirmation that a person would be sent, and its calendar file', async () => {
  const app = testApp(demo);
  await demo.database.transaction((tx) =>
    enqueue(tx, systemCall(demo, 'test'), aNotice({ recipient: 'rosa@example.org' })),
  );
  const html = await (await app.request('/posta-demo')).text();
  for (const words of ['rosa@example.org', 'Appuntamento confermato', 'K7M2P9QXTD', 'in partenza'])
    expect(html).toContain(words);
  const [, attachment] = html.match(/href="(\/posta-demo\/[0-9a-f-]{36}\/0)"/) ?? [];
  const file = await app.request(attachment ?? '');
  expect(file.headers.get('content-type')).toMatch(/^text\/calendar/);
  expect(await file.text()).toContain('DTSTART;TZID=Europe/Rome:20270308T093000');
  expect((await app.request(attachment?.replace(/0$/, '7') ?? '')).status).toBe(404);
  expect((await app.request('/posta-demo/x/0')).status).toBe(404);
});

test('nobody reads messages outside a demonstration', async () => {
  const real = { ...demo, config: { ...demo.config, demo: false } };
  expect((await testApp(real).request('/posta-demo')).status).toBe(404);
});
