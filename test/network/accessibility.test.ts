import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { as, callAs, json, type TestServices, testApp, testServices } from '../support/app.ts';
import {
  anOffice,
  anOperator,
  aService,
  MESSINA,
  PALERMO,
  weekdayMornings,
} from '../support/fixtures.ts';

let services: TestServices;
let app: ReturnType<typeof testApp>;
let desk: Record<string, string>;
const offices: string[] = [];
let service: string;

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  for (const [code, seat] of [
    ['cpi-palermo', PALERMO],
    ['cpi-messina', MESSINA],
  ] as const) {
    const office = await anOffice(services, { code, seat });
    await anOperator(services, office);
    await weekdayMornings(services, office);
    offices.push(office);
  }
  service = await aService(services, { code: 'colloquio' });
  desk = await signedIn();
  await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 10 });
}, 60_000);
afterAll(() => services?.close());

const signedIn = () =>
  as(services, { kind: 'operator', operatorId: services.ids(), officeIds: [offices[0]!] });
const path = (n: number) => `/v1/offices/${offices[n]}/accessibility`;
const say = (n: number, body: object, headers = desk) =>
  app.request(path(n), json('PUT', body, headers));
const found = async (features: string) => {
  const query = new URLSearchParams({ service_id: service, features });
  const answer = await app.request(`/v1/earliest-starts?${query}`);
  const { items } = (await answer.json()) as { items: { office: { id: string } }[] };
  return items.map(({ office }) => offices.indexOf(office.id));
};

describe('what an office has for those who need it', () => {
  it('is said by its staff, with who says so, and what stays keeps its day', async () => {
    const items = [
      { feature: 'step-free-entrance', present: true },
      { feature: 'lift', present: false },
    ];
    const first = await say(0, { source: 'sopralluogo', items });
    expect(await first.json()).toMatchObject({
      items: [{ feature: 'step-free-entrance', source: 'sopralluogo', date: '2027-03-04' }, {}],
    });
    services.setNow('2027-03-05T09:00:00+01:00');
    desk = await signedIn();
    const changed = [items[0], { feature: 'lift', present: true }];
    await say(0, { source: 'scheda', items: changed });
    const shown = (await (await app.request(path(0))).json()) as { items: object[] };
    expect(shown.items).toEqual([
      { ...items[0], source: 'sopralluogo', date: '2027-03-04' },
      { feature: 'lift', present: true, source: 'scheda', date: '2027-03-05' },
    ]);
    expect((await say(1, { source: 'x', items })).status).toBe(403);
    expect((await say(0, { source: '', items })).status).toBe(422);
    expect((await say(0, { source: 'x', items: [items[0], items[0]] })).status).toBe(422);
  });

  it('narrows the search, and what nobody knows is no yes', async () => {
    expect(await found('step-free-entrance')).toEqual([0]);
    expect(await found('step-free-entrance,lift')).toEqual([0]);
    expect(await found('step-free-entrance,quiet-room')).toEqual([]);
    const query = `service_id=${service}&features=teleport`;
    expect((await app.request(`/v1/earliest-starts?${query}`)).status).toBe(400);
  });

  it('is told on the office’s page, known or not, and asked for when booking', async () => {
    const page = async (address: string, headers = {}) =>
      (await app.request(address, { headers })).text();
    expect(await page('/uffici/cpi-palermo')).toContain('Ingresso senza gradini');
    expect(await page('/uffici/cpi-messina')).toContain('Non sappiamo ancora');
    expect(await page('/uffici/cpi-palermo/accessibilita', desk)).toContain('sopralluogo');
    const place = '/prenota/luogo?servizio=colloquio&raggio=tutti';
    const near = await page(`${place}&comune=${MESSINA}&accesso=lift`);
    expect(near).toContain('Cpi di prova');
    expect(near).toContain('Ascensore');
    // The choice is not carried on into later addresses.
    expect(near).not.toMatch(/orario\?[^"]*accesso/);
  });
});
