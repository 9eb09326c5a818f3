import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../src/platform/database.ts';
import { as, json, type TestServices, testApp, testServices } from '../support/app.ts';

let services: TestServices;
let app: ReturnType<typeof testApp>;
let administrator: Record<string, string>;

const network = {
  categories:
    'code,level,name,valid_from,source\nB,2,B,2020-01-01,contract\nC,3,C,2020-01-01,contract\n',
  offices:
    'code,name,seat_istat,seat_kind,seat_source,seat_date\npa-palermo,Cpi di Palermo,082053,sourced,https://example.org/a (2022-07-03) ; a newspaper,2022-07-03\npa-bagheria,Cpi di Bagheria,082006,computed,by rule,\nme-messina,Cpi di Messina,083048,,,\n',
  comuni:
    'comune_istat,office_code,kind,source\n082053,pa-palermo,sourced,a newspaper\n082075,pa-palermo,computed,the ferry\n082006,pa-bagheria,,\n083048,me-messina,,\n',
  operators:
    'staff_number,office_code,given_name,family_name,category,skills,languages,bookable\n1,pa-palermo,Maria,Rossi,C,patto,it|fr,yes\n2,pa-palermo,Ugo,Verdi,B,did,,no\n',
  opening_hours:
    'office_code,staff_number,weekday,starts,ends,valid_from\npa-palermo,,1,09:00,13:00,2026-01-01\npa-palermo,,4,09:00,13:00,2026-01-01\n',
};

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  administrator = await as(services, { kind: 'administrator', userId: 'admin' });
  await services.database.execute(
    sql`insert into service (id, code, name, description, what_to_bring, duration_minutes,
        min_notice_minutes, horizon_days, skill, min_category)
      values (${services.ids()}, 'x', '{}', '{}', '{}', 60, 0, 30, 'patto', 'C')`,
  );
});
afterAll(() => services.close());

const get = async (path: string, headers = {}) => {
  const response = await app.request(path, { headers });
  return { response, body: (await response.json()) as Record<string, never> };
};
const names = (body: { items?: unknown }) =>
  (body.items as { name: string }[]).map(({ name }) => name);

describe('the network over the API', () => {
  it('an administrator imports it, and free time follows at once', async () => {
    const response = await app.request('/v1/network-imports', json('POST', network, administrator));
    expect(response.status).toBe(201);
    const place = new URL(response.headers.get('location')!).pathname;
    const past = await get(place, administrator);
    expect(past.body).toMatchObject({
      imported_at: '2027-03-04T08:00:00.000Z',
      rows: { offices: 3, opening_hours: 2 },
    });
    expect((await get(place)).response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      rows: { categories: 2, offices: 3, comuni: 4, operators: 2, opening_hours: 2 },
      warnings: [
        { pointer: '/offices/3/code' },
        { pointer: '/offices/3/code' },
        { pointer: '/offices/4/code' },
        { pointer: '/offices/4/code' },
      ],
    });
    const [free] = await rows<{ days: number }>(
      services.database,
      sql`select count(*)::int as days from free_time`,
    );
    // Mondays and Thursdays of thirty days, less Easter Monday.
    expect(free?.days).toBe(8);
  });

  it('an operator who no longer receives has no free time left', async () => {
    const change = {
      operators:
        'staff_number,office_code,given_name,family_name,category,skills,bookable\n1,pa-palermo,Maria,Rossi,C,patto,no\n',
    };
    await app.request('/v1/network-imports', json('POST', change, administrator));
    const [free] = await rows<{ days: number }>(
      services.database,
      sql`select count(*)::int as days from free_time`,
    );
    expect(free?.days).toBe(0);
    await app.request(
      '/v1/network-imports',
      json('POST', { operators: network.operators }, administrator),
    );
  });

  it('faults come back as a problem that points at file, line and column', async () => {
    const response = await app.request(
      '/v1/network-imports',
      json(
        'POST',
        { comuni: 'comune_istat,office_code\n999999,pa-palermo\n' },
        { ...administrator, 'Accept-Language': 'en' },
      ),
    );
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({
      type: 'http://localhost:3000/problems/network-import-refused',
      errors: [
        { pointer: '/comuni/2/comune_istat', detail: 'no comune has the ISTAT code 999999' },
      ],
    });
  });

  it('only an administrator imports: others are refused, and a stranger is asked to sign in', async () => {
    const post = (headers: Record<string, string>) =>
      app.request('/v1/network-imports', json('POST', network, headers));
    expect((await post({})).status).toBe(401);
    expect((await post(await as(services, { kind: 'planner', userId: 'p' }))).status).toBe(403);
    const operator = { kind: 'operator' as const, operatorId: 'o', officeIds: [] };
    expect((await post(await as(services, operator))).status).toBe(403);
  });

  it('an import without JSON, or with unknown files, is refused before it is read', async () => {
    const text = { method: 'POST', headers: administrator, body: 'offices' };
    expect((await app.request('/v1/network-imports', text)).status).toBe(415);
    const unknown = json('POST', { desks: 'x' }, administrator);
    expect((await app.request('/v1/network-imports', unknown)).status).toBe(422);
  });

  it('offices are listed by name, and page by page', async () => {
    const all = await get('/v1/offices');
    expect(names(all.body)).toEqual(['Cpi di Bagheria', 'Cpi di Messina', 'Cpi di Palermo']);
    const first = await get('/v1/offices?limit=2');
    expect(first.body).toMatchObject({ next_cursor: 'me-messina' });
    const second = await get('/v1/offices?limit=2&cursor=me-messina');
    expect(names(second.body)).toEqual(['Cpi di Palermo']);
    expect(second.body).not.toHaveProperty('next_cursor');
  });

  it('a comune leads to its competent office first, then to the nearest within the radius', async () => {
    const { body } = await get('/v1/offices?comune=082075&within_km=100');
    expect(body.items).toMatchObject([
      { code: 'pa-palermo', competent: true },
      { code: 'pa-bagheria', competent: false },
    ]);
    const near = await get('/v1/offices?latitude=38.08&longitude=13.51&within_km=20');
    expect(near.body.items).toMatchObject([{ code: 'pa-bagheria' }, { code: 'pa-palermo' }]);
  });

  it('the radius keeps its boundary, and the competent office is kept beyond it', async () => {
    const { body } = await get('/v1/offices?comune=082075&within_km=1');
    expect(names(body)).toEqual(['Cpi di Palermo']);
  });

  it('a name finds an office by its own or by a comune it serves', async () => {
    expect(names((await get('/v1/offices?q=ustica')).body)).toEqual(['Cpi di Palermo']);
    expect(names((await get('/v1/offices?q=MESSIN')).body)).toEqual(['Cpi di Messina']);
    expect(names((await get('/v1/offices?q=zzz')).body)).toEqual([]);
  });

  it('an office tells its facts and where each comes from, and names nobody', async () => {
    const list = await get('/v1/offices?q=palermo');
    const { id } = (list.body.items as unknown as { id: string }[])[0]!;
    const { response, body } = await get(`/v1/offices/${id}`);
    expect(response.status).toBe(200);
    expect(body).toMatchObject({
      code: 'pa-palermo',
      seat_name: 'Palermo',
      provenance: {
        seat: { kind: 'sourced', date: '2022-07-03' },
        bacino: { kind: 'computed' },
        hours: { kind: 'declared' },
      },
      bacino: [{ name: 'Palermo' }, { name: 'Ustica', provenance: { source: 'the ferry' } }],
      staff: [
        { category: 'B', staff: 1, bookable: 0 },
        { category: 'C', staff: 1, bookable: 1 },
      ],
      languages: ['fr', 'it'],
      openings: [
        { weekday: 1, starts: '09:00', ends: '13:00' },
        { weekday: 4, starts: '09:00', ends: '13:00' },
      ],
    });
    expect(JSON.stringify(body)).not.toContain('Rossi');
  });

  it('comuni are found by the beginning of a word, whatever the accents', async () => {
    const { body } = await get('/v1/comuni?q=cefalu&limit=3');
    expect(names(body)).toEqual(['Cefalù']);
    const agata = await get(`/v1/comuni?q=${encodeURIComponent('sant’agata li')}`);
    expect(names(agata.body)).toEqual(["Sant'Agata li Battiati"]);
    const palermo = await get('/v1/comuni?q=palermo&limit=1');
    expect(palermo.body.items).toMatchObject([
      { istat_code: '082053', province: 'PA', competent_office_id: expect.any(String) },
    ]);
  });

  it('what cannot be asked is refused in words, never with a failure', async () => {
    for (const [path, status] of [
      ['/v1/comuni', 400],
      ['/v1/comuni?q=a', 400],
      ['/v1/comuni?q=palermo&limit=1000', 400],
      ['/v1/offices?limit=0', 400],
      ['/v1/offices?latitude=abc', 400],
      ['/v1/offices?comune=1', 400],
      ['/v1/offices?comune=999999', 404],
      ['/v1/offices?unknown=1', 400],
      ['/v1/offices/not-an-id', 400],
      ['/v1/offices/01890a5d-ac96-774b-bcce-b302099a8057', 404],
      ['/v1/network-import-templates/desks', 404],
      ['/v1/network-import-templates/DESKS', 400],
    ] as const) {
      expect([path, (await app.request(path)).status]).toEqual([path, status]);
    }
  });

  it('each template downloads as a file that a spreadsheet opens', async () => {
    const response = await app.request('/v1/network-import-templates/opening-hours');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toContain('opening-hours.csv');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });
});

describe('the pages of the network', () => {
  const html = async (path: string, init: RequestInit = {}) => {
    const response = await app.request(path, init);
    return { status: response.status, text: await response.text() };
  };

  it('anybody finds an office by comune and reads where its facts come from', async () => {
    const list = await html('/uffici?cerca=ustica');
    expect(list.text).toContain('href="/uffici/pa-palermo"');
    expect(list.text).toContain('Serve Ustica');
    expect((await html('/uffici?cerca=zzz')).text).toContain('Nessun ufficio per «zzz»');
    const { status, text } = await html('/uffici/pa-palermo');
    expect(status).toBe(200);
    expect(text).toContain('Da fonte');
    expect(text).toContain('Calcolato');
    expect(text).toContain('href="https://example.org/a"');
    expect(text).not.toContain('Rossi');
    expect((await html('/uffici/nowhere')).status).toBe(404);
    expect((await html('/uffici/pa-palermo?lang=en')).text).toContain('Catchment area');
  });

  it('the import page is the administrator’s alone', async () => {
    expect((await html('/amministrazione/importa')).status).toBe(401);
    const planner = await as(services, { kind: 'planner', userId: 'p' });
    expect((await html('/amministrazione/importa', { headers: planner })).status).toBe(403);
    const { status, text } = await html('/amministrazione/importa', { headers: administrator });
    expect(status).toBe(200);
    expect(text).toContain('/v1/network-import-templates/operators');
  });

  const upload = (files: Record<string, BlobPart>) => {
    const form = new FormData();
    for (const [name, content] of Object.entries(files))
      form.append(name, new File([content], `${name}.csv`, { type: 'text/csv' }));
    const headers = { ...administrator, Origin: services.config.publicUrl };
    return html('/amministrazione/importa', { method: 'POST', headers, body: form });
  };

  it('a file with faults is refused with a table of lines, and nothing is written', async () => {
    const { status, text } = await upload({
      offices: 'code,name,seat_istat\nen-enna,Cpi di Enna,086009\nen-x,,086009\n',
    });
    expect(status).toBe(422);
    expect(text).toContain('Nulla è stato registrato: 1 errore da correggere');
    expect(text).toContain('è obbligatorio');
    expect((await html('/uffici/en-enna')).status).toBe(404);
  });

  it('a file in the old Windows letters is read with its accents', async () => {
    const latin = Uint8Array.from(
      [...'code;name;seat_istat\npa-cefalu;Cpi di Cefalù;082027\n'].map((letter) =>
        letter === 'ù' ? 0xf9 : letter.charCodeAt(0),
      ),
    );
    const { status, text } = await upload({ offices: latin });
    expect(status).toBe(200);
    expect(text).toContain('Rete importata');
    expect((await html('/uffici/pa-cefalu')).text).toContain('Cpi di Cefalù');
  });

  it('sending no file says so', async () => {
    const { status, text } = await upload({});
    expect(status).toBe(422);
    expect(text).toContain('Scegli almeno un file');
  });
});
