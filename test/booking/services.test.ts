import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { as, json, type TestServices, testApp, testServices } from '../support/app.ts';
import { anOffice, anOperator, weekdayMornings } from '../support/fixtures.ts';

let services: TestServices;
let app: ReturnType<typeof testApp>;
let admin: Record<string, string>;
let office: string;

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  admin = await as(services, { kind: 'administrator', userId: services.ids() });
  office = await anOffice(services);
  await anOperator(services, office, { skills: ['consulenza'] });
  await weekdayMornings(services, office);
}, 60_000);
afterAll(() => services?.close());

const talk = {
  code: 'consulenza',
  name: { it: 'Consulenza', en: 'Advice' },
  duration_minutes: 60,
  skill: 'consulenza',
  min_category: 'C',
};
const add = (body: object, headers = admin) =>
  app.request('/v1/services', json('POST', { ...talk, ...body }, headers));
const change = (id: string, body: object, headers: Record<string, string> = {}) =>
  app.request(`/v1/services/${id}`, {
    method: 'PATCH',
    headers: { ...admin, ...headers, 'Content-Type': 'application/merge-patch+json' },
    body: JSON.stringify(body),
  });
const starts = async (id: string) => {
  const days = 'from=2027-03-08&to=2027-03-08';
  const answer = await app.request(`/v1/offices/${office}/starts?service_id=${id}&${days}`);
  if (answer.status !== 200) return answer.status;
  const { items } = (await answer.json()) as { items: { starts_at: string }[] };
  return items.map(({ starts_at }) => starts_at.slice(11, 16));
};
const added = async (body: object): Promise<{ id: string }> => {
  const answer = await add(body);
  expect(answer.status).toBe(201);
  return (await answer.json()) as { id: string };
};

describe('a service of the administration’s own', () => {
  it('can be booked as soon as it is added, on days that nobody could reach before', async () => {
    const { id } = await added({ grid_minutes: 60 });
    expect(await starts(id)).toEqual(['08:00', '09:00', '10:00', '11:00']);
    const listed = await (await app.request('/v1/services')).text();
    expect(listed).toContain('"consulenza"');
  });

  it('is changed for whoever books from then on, and kept from being overwritten unread', async () => {
    const { id } = await added({ code: 'breve' });
    const read = await app.request(`/v1/services/${id}`);
    const tag = read.headers.get('ETag')!;
    const shorter = { duration_minutes: 30, grid_minutes: 30, lep: 'E' };
    const changed = await change(id, shorter, { 'If-Match': tag });
    expect(changed.status).toBe(200);
    expect(await changed.json()).toMatchObject({ ...shorter, code: 'breve', skill: 'consulenza' });
    expect(await starts(id)).toHaveLength(8);
    expect((await change(id, { duration_minutes: 20 }, { 'If-Match': tag })).status).toBe(412);
    expect(await (await change(id, { lep: null })).json()).not.toHaveProperty('lep');
  });

  it('is out of use for the public, and back again', async () => {
    const { id } = await added({ code: 'a-volte' });
    expect((await change(id, { active: false })).status).toBe(200);
    expect(await starts(id)).toBe(404);
    expect((await app.request(`/v1/services/${id}`)).status).toBe(404);
    expect((await app.request(`/v1/services/${id}`, { headers: admin })).status).toBe(200);
    await change(id, { active: true });
    expect(await starts(id)).not.toHaveLength(0);
  });

  it.each([
    [{ code: 'consulenza' }, 409, undefined],
    [{ code: 'x', min_notice_minutes: 2880, horizon_days: 2 }, 422, '/min_notice_minutes'],
    [{ code: 'x', grid_minutes: 0 }, 422, '/grid_minutes'],
    [{ code: 'x', grid_minutes: 7 }, 422, '/grid_minutes'],
    [{ code: 'x', duration_minutes: 0 }, 422, '/duration_minutes'],
    [{ code: 'x', other_durations: [60] }, 422, '/other_durations'],
    [{ code: 'x', own_operator: true, operators: 2 }, 422, '/own_operator'],
    [{ code: 'Due Parole' }, 422, '/code'],
    [{ code: 'x', surprise: 1 }, 422, undefined],
  ])(
    'that cannot be as %o says is refused, and nothing is written',
    async (body, status, field) => {
      const answer = await add(body);
      expect(answer.status).toBe(status);
      const told = (await answer.json()) as { errors?: { pointer: string }[] };
      if (field) expect(told.errors?.map(({ pointer }) => pointer)).toContain(field);
      const listed = await app.request('/v1/service-settings', { headers: admin });
      expect(await listed.text()).not.toContain('"code":"x"');
    },
  );

  it('is set by the administration alone', async () => {
    const operator = await as(services, {
      kind: 'operator',
      operatorId: services.ids(),
      officeIds: [office],
    });
    expect((await add({ code: 'mio' }, operator)).status).toBe(403);
    expect((await add({ code: 'mio' }, {})).status).toBe(401);
    expect((await app.request('/amministrazione/servizi', { headers: operator })).status).toBe(403);
  });
});

describe('the page of services', () => {
  const post = (path: string, fields: Record<string, string>) =>
    app.request(path, {
      method: 'POST',
      headers: {
        ...admin,
        'Content-Type': 'application/x-www-form-urlencoded',
        Origin: 'http://localhost',
      },
      body: new URLSearchParams(fields),
    });
  const typed = {
    code: 'colloquio-breve',
    'name.it': 'Colloquio breve',
    'name.en': 'Short talk',
    'description.it': '',
    'description.en': '',
    'what_to_bring.it': 'Documento\n\nCurriculum ',
    'what_to_bring.en': 'Papers\nCV',
    duration_minutes: '20',
    other_durations: '30, 45',
    buffer_minutes: '0',
    buffer_before_minutes: '0',
    grid_minutes: '10',
    grid_anchor: 'clock',
    min_notice_minutes: '1.5',
    horizon_days: '30',
    mode: 'phone',
    skill: 'consulenza',
    min_category: 'B',
    audience: 'anyone',
    operators: '1',
    hold_minutes: '10',
    release_delay_minutes: '0',
    position: '3',
    active: 'si',
  };

  it('adds one from what was typed, and changes it', async () => {
    expect((await post('/amministrazione/servizi/nuovo', typed)).status).toBe(303);
    const all = (await (await app.request('/v1/service-settings', { headers: admin })).json()) as {
      items: { code: string; id: string }[];
    };
    const made = all.items.find(({ code }) => code === typed.code);
    expect(made).toMatchObject({
      what_to_bring: { it: ['Documento', 'Curriculum'], en: ['Papers', 'CV'] },
      other_durations: [30, 45],
      min_notice_minutes: 90,
      mode: 'phone',
    });
    const path = `/amministrazione/servizi/${typed.code}`;
    const page = await (await app.request(path, { headers: admin })).text();
    expect(page).toContain('value="1.5"');
    const change = { ...typed, duration_minutes: '25', version: '1' };
    expect((await post(path, change)).status).toBe(303);
    const late = await post(path, { ...change, duration_minutes: '35' });
    expect(late.status).toBe(422);
    const again = await late.text();
    expect(again).toContain('Qualcun altro');
    expect(again).toContain('value="35"');
  });

  it('says what is wrong beside the field and keeps what was typed', async () => {
    const wrong = { ...typed, code: 'altro', duration_minutes: 'molto', other_durations: '30 30' };
    const answer = await post('/amministrazione/servizi/nuovo', wrong);
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('href="#campo-duration_minutes"');
    expect(page).toContain('value="30 30"');
  });
});
