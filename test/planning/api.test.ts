import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rows } from '../../src/platform/database.ts';
import { as, json, testApp } from '../support/app.ts';
import { type PlanningWorld, planningWorld } from './world.ts';

let world: PlanningWorld;
let request: (path: string, init?: RequestInit, who?: Record<string, string>) => Promise<Response>;
let planner: Record<string, string>;
beforeAll(async () => {
  world = await planningWorld();
  const app = testApp(world.services);
  planner = await as(world.services, { kind: 'planner', userId: 'p1' });
  request = async (path, init = {}, who = planner) =>
    app.request(path, { ...init, headers: { ...init.headers, ...who } });
});
afterAll(async () => {
  await world.services.close();
});

const levers = { staff: [{ office_code: 'pa-palermo', category: 'C', count: 2 }] };
// biome-ignore lint/suspicious/noExplicitAny: answers are read as they come
const body = async (answer: Response) => (await answer.json()) as any;

describe('GET /v1/office-plans', () => {
  test('lists every office with bacino, staff, need and wait', async () => {
    const answer = await request('/v1/office-plans?sort=-wait');
    expect(answer.status).toBe(200);
    const { items } = await body(answer);
    expect(items.map((item: { office_code: string }) => item.office_code)).toEqual([
      'pa-palermo',
      'me-messina',
    ]);
    expect(items[0]).toMatchObject({
      bacino: { population: 657_561, comuni: 1 },
      staff: { total: 3 },
      wait: { service_code: 'primo-colloquio', days: 100 },
      provenance: { bacino: 'declared' },
    });
    expect(items[0].need.whole_posts).toBeGreaterThan(0);
  });

  test('is paged by cursor', async () => {
    const first = await body(await request('/v1/office-plans?limit=1'));
    expect(first.items).toHaveLength(1);
    const second = await body(
      await request(`/v1/office-plans?limit=1&cursor=${first.next_cursor}`),
    );
    expect(second.items).toHaveLength(1);
    expect(second.items[0].office_code).not.toBe(first.items[0].office_code);
    expect(second.next_cursor).toBeUndefined();
  });

  test('keeps to one province', async () => {
    const { items } = await body(await request('/v1/office-plans?province=ME'));
    expect(items).toHaveLength(1);
  });

  test.each(['sort=price', 'limit=0', 'limit=201', 'cursor=nowhere', 'province=me', 'other=1'])(
    'answers %s with a problem',
    async (query) => {
      const answer = await request(`/v1/office-plans?${query}`);
      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
    },
  );
});

test('GET /v1/office-plans/{office_id} spells out how the need is computed', async () => {
  const plan = await body(await request(`/v1/office-plans/${world.palermo}`));
  expect(plan.computation).toMatchObject({ available_days: 205, available_hours: 1476 });
  expect(plan.computation.category_allowance_factor).toBeCloseTo(4 / 3, 4);
  const interviews = plan.demand.find(
    (each: { activity: string }) => each.activity === 'first-interview',
  );
  expect(interviews).toMatchObject({ minutes: 60, min_level: 3, nature: 'computed' });
  expect(plan.need.posts).toBeCloseTo(
    plan.computation.basic_posts * plan.computation.category_allowance_factor +
      plan.computation.individual_allowance_factor,
    1,
  );
  expect((await request(`/v1/office-plans/${world.services.ids()}`)).status).toBe(404);
  expect((await request('/v1/office-plans/not-an-id')).status).toBe(400);
});

describe('the table as a file', () => {
  test('opens in an Italian spreadsheet: mark, semicolons, decimal commas', async () => {
    const answer = await request('/v1/office-plan-tables?sort=name&lang=it');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/attachment/);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(bytes).split('\r\n');
    expect(lines[0]).toMatch(/^Codice;Sede;Provincia;/);
    expect(lines.find((line) => line.startsWith('pa-palermo'))).toMatch(/;\d+,\d+;/);
  });

  test('runs no formula that somebody put into a name, and keeps negative numbers numbers', async () => {
    const text = await (await request('/v1/office-plan-tables?lang=it')).text();
    expect(text).toContain(";'=Centro per l’impiego di Messina;");
    expect(text).toMatch(/;-\d+(,\d+)?;/);
    expect(text).not.toMatch(/;'-\d/);
  });

  test('has the same at an address of the pages', async () => {
    const answer = await request('/pianificazione/tabella.csv?ordina=name&lang=en');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(/Code;Office;/);
  });
});

describe('scenarios', () => {
  test('can be tried without being kept', async () => {
    const answer = await request('/v1/scenario-trials', json('POST', levers));
    expect(answer.status).toBe(200);
    const results = await body(answer);
    const [palermo] = results.offices;
    expect(palermo.after.staff).toBe(palermo.before.staff + 2);
    expect(palermo.after.wait_days_at_end).toBeLessThan(palermo.before.wait_days_at_end);
    expect(await kept()).toBe(0);
  });

  test('are kept, listed newest first in pages, and read again', async () => {
    const ids: string[] = [];
    for (const name of ['Prima', 'Seconda']) {
      const answer = await request('/v1/scenarios', json('POST', { name, levers }));
      expect(answer.status).toBe(201);
      const saved = await body(answer);
      expect(answer.headers.get('location')).toMatch(new RegExp(`/v1/scenarios/${saved.id}$`));
      ids.push(saved.id);
    }
    const first = await body(await request('/v1/scenarios?limit=1'));
    expect(first.items[0].name).toBe('Seconda');
    const second = await body(await request(`/v1/scenarios?limit=1&cursor=${first.next_cursor}`));
    expect(second.items[0].name).toBe('Prima');
    const again = await body(await request(`/v1/scenarios/${ids[0]}`));
    expect(again).toMatchObject({ name: 'Prima', levers });
    const other = await as(world.services, { kind: 'planner', userId: 'p2' });
    expect((await request(`/v1/scenarios/${ids[0]}`, {}, other)).status).toBe(404);
  });

  test.each([
    [{}, 422],
    [{ staff: [] }, 422],
    [{ staff: [{ office_code: 'pa-palermo', category: 'C', count: 1.5 }] }, 422],
    [{ staff: [{ office_code: 'pa-palermo', category: 'C', count: 1e9 }] }, 422],
    [{ staff: [{ office_code: "'; drop table office", category: 'C', count: 1 }] }, 422],
    [{ staff: [{ office_code: 'pa-palermo', category: 'C', count: -50 }] }, 422],
    [{ staff: [{ office_code: 'nowhere', category: 'C', count: 1 }] }, 422],
    [{ ...levers, more: true }, 422],
  ])('refuse %j and keep nothing', async (bad, status) => {
    const before = await kept();
    for (const [path, content] of [
      ['/v1/scenario-trials', bad],
      ['/v1/scenarios', { name: 'x', levers: bad }],
    ] as const) {
      const answer = await request(path, json('POST', content));
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
    }
    expect(await kept()).toBe(before);
  });

  test.each([
    ['', 422],
    ['   ', 422],
    ['a\u0000b', 422],
    ['n'.repeat(121), 422],
  ])('refuse the name %j', async (name, status) => {
    expect((await request('/v1/scenarios', json('POST', { name, levers }))).status).toBe(status);
  });

  test('refuse a body that is not JSON', async () => {
    const form = { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: 'x' };
    expect((await request('/v1/scenarios', form)).status).toBe(415);
    expect((await request('/v1/scenario-trials', { method: 'POST' })).status).toBe(415);
  });
});

async function kept(): Promise<number> {
  const [row] = await rows<{ count: number }>(
    world.services.database,
    sql`select count(*)::int as count from scenario`,
  );
  return row!.count;
}

test('whoever is no planner is refused everywhere', async () => {
  const paths: [string, RequestInit][] = [
    ['/v1/office-plans', {}],
    [`/v1/office-plans/${world.palermo}`, {}],
    ['/v1/office-plan-tables', {}],
    ['/v1/scenarios', {}],
    [`/v1/scenarios/${world.services.ids()}`, {}],
    ['/v1/scenario-trials', json('POST', levers)],
    ['/v1/scenarios', json('POST', { name: 'x', levers })],
  ];
  const operator = await as(world.services, {
    kind: 'operator',
    operatorId: world.services.ids(),
    officeIds: [world.palermo],
  });
  for (const [path, init] of paths) {
    expect((await request(path, init, {})).status, path).toBe(401);
    expect((await request(path, init, operator)).status, path).toBe(403);
  }
});

describe('the pages', () => {
  const page = async (path: string) => {
    const answer = await request(path, { headers: { Accept: 'text/html' } });
    return { status: answer.status, text: await answer.text() };
  };

  test.each([
    '/pianificazione',
    '/pianificazione?ordina=-need&provincia=PA&misura=gap&servizio=primo-colloquio&lang=en',
    '/pianificazione?ordina=;drop&provincia=xx&misura=__proto__&servizio=nothing',
    '/pianificazione?provincia=ZZ',
    '/pianificazione/uffici/pa-palermo',
    '/pianificazione/ipotesi',
    '/pianificazione/ipotesi?a1=pa-palermo',
    '/pianificazione/ipotesi?da1=&a1=pa-palermo&categoria1=C&quante1=2',
  ])('%s is shown', async (path) => {
    const { status, text } = await page(path);
    expect(status).toBe(200);
    expect(text).toContain('<h1');
    expect(/NaN|Infinity|undefined|\[object/.test(text)).toBe(false);
    expect(/ style=| on[a-z]+="/.test(text)).toBe(false);
  });

  test('the what-if shows need, gap and wait before and after', async () => {
    const { text } = await page(
      '/pianificazione/ipotesi?lang=it&da1=me-messina&a1=pa-palermo&categoria1=C&quante1=1',
    );
    for (const word of [
      'Fabbisogno',
      'Differenza',
      'Carenza qualificata',
      'Attesa fra 26 settimane',
    ])
      expect(text.includes(word), word).toBe(true);
  });

  test('a form that cannot be computed keeps what was typed', async () => {
    const { status, text } = await page(
      '/pianificazione/ipotesi?lang=it&da1=me-messina&a1=pa-palermo&categoria1=C&quante1=99',
    );
    expect(status).toBe(422);
    expect(text.includes('non ci sono tante persone')).toBe(true);
    expect(text.includes('value="99"')).toBe(true);
  });

  test('a scenario is saved by the form and shown at its own address', async () => {
    const form = new URLSearchParams({
      a1: 'pa-palermo',
      categoria1: 'C',
      quante1: '2',
      nome: 'Due assunzioni',
    });
    const answer = await request('/pianificazione/ipotesi', {
      method: 'POST',
      body: form,
      headers: { Origin: 'http://localhost', 'Sec-Fetch-Site': 'same-origin' },
    });
    expect(answer.status).toBe(303);
    const { status, text } = await page(answer.headers.get('location')!);
    expect(status).toBe(200);
    expect(text.includes('Due assunzioni')).toBe(true);
  });

  test('an office or a scenario that is not there is not found', async () => {
    for (const path of [
      '/pianificazione/uffici/nowhere',
      '/pianificazione/ipotesi/nonsense',
      `/pianificazione/ipotesi/${world.services.ids()}`,
    ])
      expect((await page(path)).status).toBe(404);
  });
});
