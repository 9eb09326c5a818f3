import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { bacinoComune } from '../../src/network/table.ts';
import { rows } from '../../src/platform/database.ts';
import { as, callAs, json, type TestServices, testApp, testServices } from '../support/app.ts';
import {
  anOffice,
  anOperator,
  aPerson,
  aService,
  MESSINA,
  PALERMO,
  weekdayMornings,
} from '../support/fixtures.ts';

/** Where one may go, how much one may have, and what a stranger learns: all through the API. */

const NINE = '2027-03-05T09:00:00+01:00';
const CENTRE = { latitude: 38.1, longitude: 13.3 };
/** Degrees of latitude in a kilometre, on the sphere that distances are measured on. */
const KM = 180 / (Math.PI * 6371.0088);

let services: TestServices;
let app: ReturnType<typeof testApp>;
let here: string;
let near: string;
let far: string;
let serviceId: string;
let own: string;
let people = 0;

const post = (path: string, body: unknown, headers = {}) =>
  app.request(path, json('POST', body, headers));
const body = async <T>(answer: Response | Promise<Response>) => (await (await answer).json()) as T;

beforeAll(async () => {
  services = await testServices({
    environment: {
      MAX_OPEN_PER_EMAIL: '2',
      UNLIMITED_EMAILS: 'caf@example.org, @patronato.example',
    },
  });
  app = testApp(services);
  const north = (km: number) => ({
    latitude: CENTRE.latitude + km * KM,
    longitude: CENTRE.longitude,
  });
  here = await anOffice(services, { name: 'Qui', ...north(0) });
  near = await anOffice(services, { name: 'Vicino', seat: MESSINA, ...north(3.46) });
  far = await anOffice(services, { name: 'Lontano', ...north(13.9) });
  const gone = await anOffice(services, { name: 'Chiuso', active: false, ...north(1) });
  await services.database.insert(bacinoComune).values([
    { comune: PALERMO, officeId: here, provenance: { kind: 'declared', source: 'test' } },
    { comune: MESSINA, officeId: near, provenance: { kind: 'declared', source: 'test' } },
  ]);
  for (const officeId of [here, near, far, gone]) {
    await anOperator(
      services,
      officeId,
      officeId === far ? { skills: ['accoglienza', 'raro'] } : {},
    );
    await weekdayMornings(services, officeId);
  }
  serviceId = await aService(services, { gridMinutes: 30 });
  own = await aService(services, { gridMinutes: 30, audience: 'own_cpi' });
});
afterAll(() => services.close());
beforeEach(async () => {
  services.setNow('2027-03-04T09:00:00+01:00');
  await services.database.execute(
    sql`truncate appointment, occupied, outbox, audit_event, free_time, person, idempotency_key cascade`,
  );
  await rebuildFreeTime(callAs(services, { kind: 'system', task: 'test' }), { days: 5 });
});

interface Earliest {
  items: { office: { id: string; name: string }; distance_km?: number; competent: boolean }[];
  competent_without?: { id: string };
  next_cursor?: string;
  offices_searched: number;
}
const earliest = (query: string, service = serviceId) =>
  body<Earliest>(app.request(`/v1/earliest-starts?service_id=${service}&${query}`));
const around = `latitude=${CENTRE.latitude}&longitude=${CENTRE.longitude}`;
const names = ({ items }: Earliest) => items.map(({ office }) => office.name);

async function book(given: Record<string, unknown> = {}, person: object = {}, headers = {}) {
  const answer = await post(
    '/v1/appointments',
    {
      service_id: serviceId,
      office_id: here,
      starts_at: NINE,
      person: {
        given_name: 'Rosa',
        family_name: 'Rossi',
        email: `p${people++}@example.org`,
        ...person,
      },
      ...given,
    },
    headers,
  );
  return {
    status: answer.status,
    ...(await body<{ id: string; code: string; type: string; own_office?: { name: string } }>(
      answer,
    )),
  };
}
const at = (n: number) => new Date(Date.parse(NINE) + n * 1_800_000).toISOString();

describe('offices around a place', () => {
  it.each([
    ['3.46', ['Qui', 'Vicino']],
    ['3.459', ['Qui']],
    ['0', ['Qui']],
    ['13.91', ['Qui', 'Vicino', 'Lontano']],
    ['2000', ['Qui', 'Vicino', 'Lontano']],
  ])(
    'within %s km are those up to and on the boundary, the nearest first',
    async (km, expected) => {
      const found = await earliest(`${around}&within_km=${km}`);
      expect(names(found)).toEqual(expected);
      const distances = found.items.map(({ distance_km }) => distance_km!);
      expect(distances).toEqual([...distances].sort((a, b) => a - b));
    },
  );

  it('are never one that is full, closed for good, or without the skill', async () => {
    await services.database.execute(
      sql`update free_time set free = '{}' where office_id = ${here}::uuid`,
    );
    expect(names(await earliest(around))).toEqual(['Vicino', 'Lontano']);
    const rare = await aService(services, { skill: 'raro', gridMinutes: 30 });
    expect(names(await earliest(around, rare))).toEqual(['Lontano']);
  });

  it('come a page at a time, none twice and none left out', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const found = await earliest(`${around}&limit=1${cursor}`);
      seen.push(...names(found));
      if (!found.next_cursor) break;
      cursor = `&cursor=${found.next_cursor}`;
    }
    expect(seen).toEqual(['Qui', 'Vicino', 'Lontano']);
  });

  it.each([
    `${around}&within_km=-1`,
    `${around}&within_km=2001`,
    'latitude=38',
    'within_km=10',
    `${around}&limit=0`,
    `${around}&limit=101`,
    'latitude=91&longitude=0',
    'comune=82053',
  ])('are not looked for with %s', async (query) => {
    expect((await app.request(`/v1/earliest-starts?service_id=${serviceId}&${query}`)).status).toBe(
      400,
    );
  });
});

describe('whoever lives in another office’s comuni', () => {
  it('is shown their own Cpi first, also when it lies outside the radius or is full', async () => {
    const found = await earliest(`${around}&comune=${MESSINA}&within_km=1`);
    expect(found.items.map(({ office, competent }) => [office.name, competent])).toEqual([
      ['Vicino', true],
      ['Qui', false],
    ]);
    await services.database.execute(
      sql`update free_time set free = '{}' where office_id = ${near}::uuid`,
    );
    expect((await earliest(`${around}&comune=${MESSINA}`)).competent_without?.id).toBe(near);
  });

  it('may go elsewhere only for services open to all, and is told where to go for the others', async () => {
    expect(names(await earliest(`${around}&comune=${MESSINA}`, own))).toEqual(['Vicino']);
    const elsewhere = await book({ service_id: own }, { domicile: MESSINA });
    expect(elsewhere).toMatchObject({ status: 403, own_office: { name: 'Vicino' } });
    expect(elsewhere.type).toMatch(/own-office-only/);
    expect((await book({ service_id: own })).status).toBe(403);
    expect((await book({}, { domicile: MESSINA })).status).toBe(201);
    expect((await book({ service_id: own, office_id: near }, { domicile: MESSINA })).status).toBe(
      201,
    );
  });

  it('who signed in is bound by the domicile the office knows, not by what they say', async () => {
    const personId = await aPerson(services, { domicile: MESSINA });
    const rosa = await as(services, { kind: 'jobseeker', personId });
    expect((await book({ service_id: own }, { domicile: PALERMO }, rosa)).status).toBe(403);
  });

  it.each(['invited', 'staff'] as const)(
    'nobody books by themselves what is for %s',
    async (audience) => {
      const closed = await aService(services, { audience });
      expect((await book({ service_id: closed })).status).toBe(403);
      const personId = await aPerson(services);
      const rosa = await as(services, { kind: 'jobseeker', personId });
      expect((await book({ service_id: closed, person: undefined }, {}, rosa)).status).toBe(403);
      const kept = await post('/v1/holds', {
        service_id: closed,
        office_id: here,
        starts_at: NINE,
      });
      expect(kept.status).toBe(403);
      const visit = await post('/v1/visits', {
        office_id: here,
        parts: [
          {
            service_id: closed,
            starts_at: NINE,
            person: { given_name: 'A', family_name: 'B', email: 'a@example.org' },
          },
        ],
      });
      expect(visit.status).toBe(403);
      const [row] = await rows<{ n: number }>(
        services.database,
        sql`select count(*)::int as n from appointment`,
      );
      expect(row!.n).toBe(0);
    },
  );
});

describe('one address', () => {
  const as = (name: string, n: number, email: string) =>
    book({ starts_at: at(n) }, { given_name: name, email });

  it('has as many open appointments as it may, however it is written; some have no limit', async () => {
    const names = ['Ada', 'Bea', 'Caio'];
    const tried = async (email: string, from: number) => {
      const statuses = [];
      for (const [n, name] of names.entries())
        statuses.push((await as(name, from + n, email)).status);
      return statuses;
    };
    expect(await tried('ada@example.org', 0)).toEqual([201, 201, 409]);
    expect((await as('Dora', 2, 'ADA@Example.ORG')).status).toBe(409);
    expect(await tried('caf@example.org', 2)).toEqual([201, 201, 201]);
    // The domain itself, not one that ends alike.
    expect(await tried('uno@patronato.example', 5)).toEqual([201, 201, 201]);
    services.setNow('2027-03-05T07:00:00+01:00');
    const day = (n: number) => new Date(Date.parse(at(n)) + 3 * 86_400_000).toISOString();
    const fake = [];
    for (const [n, name] of names.entries()) {
      fake.push(
        (await book({ starts_at: day(n) }, { given_name: name, email: 'x@nonpatronato.example' }))
          .status,
      );
    }
    expect(fake).toEqual([201, 201, 409]);
  });

  it('counts for visits and kept starts too', async () => {
    expect((await as('Ada', 0, 'ada@example.org')).status).toBe(201);
    const part = (given_name: string, n: number) => ({
      service_id: serviceId,
      starts_at: at(n),
      person: { given_name, family_name: 'Rossi', email: 'ada@example.org' },
    });
    const visit = await post('/v1/visits', {
      office_id: here,
      parts: [part('Bea', 1), part('Caio', 2)],
    });
    expect(visit.status).toBe(409);
    expect((await as('Bea', 1, 'ada@example.org')).status).toBe(201);
    const kept = await body<{ id: string; token: string }>(
      post('/v1/holds', { service_id: serviceId, office_id: here, starts_at: at(3) }),
    );
    const confirmed = await post(`/v1/holds/${kept.id}/confirmation`, {
      token: kept.token,
      person: part('Dora', 3).person,
    });
    expect(confirmed.status).toBe(409);
  });

  it('cannot order a visit of twenty-six services', async () => {
    const parts = Array.from({ length: 26 }, () => ({ service_id: serviceId, starts_at: NINE }));
    expect((await post('/v1/visits', { office_id: here, parts })).status).toBe(422);
    const ids = Array(26).fill(serviceId).join(',');
    const starts = await app.request(
      `/v1/offices/${here}/visit-starts?service_ids=${ids}&from=2027-03-05&to=2027-03-05`,
    );
    expect(starts.status).toBe(400);
    expect((await post('/v1/visits', { office_id: here, parts: [] })).status).toBe(422);
  });
});

describe('a person whose last appointment nobody said the outcome of', () => {
  it('books the service again, also while a start is kept; only what is ahead stands in the way', async () => {
    const ada = { given_name: 'Ada', email: 'ada@example.org' };
    const first = await book({}, ada);
    expect((await book({ starts_at: at(1) }, ada)).type).toMatch(/already-booked/);
    services.setNow('2027-03-05T09:15:00+01:00');
    expect((await book({ starts_at: at(1) }, ada)).status).toBe(409);
    services.setNow('2027-03-05T09:30:00+01:00');
    expect((await book({ starts_at: at(2) }, ada)).status).toBe(201);
    expect((await book({ starts_at: at(3) }, ada)).status).toBe(409);
    services.setNow('2027-03-05T10:30:00+01:00');
    const kept = await body<{ id: string; token: string }>(
      post('/v1/holds', { service_id: serviceId, office_id: here, starts_at: at(5) }),
    );
    const person = { family_name: 'Rossi', ...ada };
    const confirmed = await post(`/v1/holds/${kept.id}/confirmation`, {
      token: kept.token,
      person,
    });
    expect(confirmed.status).toBe(201);
    // The desk may still say how the first went, and take it back.
    const [{ id: operatorId }] = (await rows<{ id: string }>(
      services.database,
      sql`select id from operator where office_id = ${here}::uuid`,
    )) as [{ id: string }];
    const desk = await as(services, { kind: 'operator', operatorId, officeIds: [here] });
    for (const outcome of ['seen', 'none']) {
      const said = await app.request(
        `/v1/appointments/${first.id}/outcome`,
        json('PUT', { outcome }, desk),
      );
      expect(said.status).toBe(200);
    }
  });
});

describe('a booking code', () => {
  it('opens its own appointment only; whatever is wrong is answered alike', async () => {
    const a = await book({ starts_at: at(0) }, { email: 'ada@example.org' });
    const b = await book({ starts_at: at(1) }, { email: 'bea@example.org' });
    const pass = { code: a.code, email: 'ada@example.org' };
    const wrong = [
      [b.id, pass],
      [a.id, { ...pass, email: 'bea@example.org' }],
      [a.id, { ...pass, code: b.code }],
      [a.id, { ...pass, code: 'ZZZZZZZZZZ' }],
      [services.ids(), pass],
    ] as const;
    for (const verb of ['cancellation', 'rescheduling']) {
      const change = verb === 'rescheduling' ? { starts_at: at(4) } : {};
      const answers = [];
      for (const [id, presented] of wrong) {
        const answer = await post(`/v1/appointments/${id}/${verb}`, { ...change, pass: presented });
        const { instance: _, ...said } = await body<Record<string, unknown>>(answer);
        answers.push(JSON.stringify([answer.status, said]));
      }
      expect(new Set(answers).size, answers.join('\n')).toBe(1);
      expect(answers[0]).toMatch(/^\[404/);
    }
    expect((await post('/v1/appointment-lookups', pass)).status).toBe(200);
  });

  it('of an appointment without an address opens nothing', async () => {
    const operatorId = (
      await rows<{ id: string }>(
        services.database,
        sql`select id from operator where office_id = ${here}::uuid`,
      )
    )[0]!.id;
    const desk = await as(services, { kind: 'operator', operatorId, officeIds: [here] });
    const made = await book(
      { person: { given_name: 'Rosa', family_name: 'Rossi', phone: '+39 091 123456' } },
      {},
      desk,
    );
    expect(made.status).toBe(201);
    for (const email of ['nobody@example.invalid', 'null@example.org']) {
      expect((await post('/v1/appointment-lookups', { code: made.code, email })).status).toBe(404);
    }
  });

  it('cancels on the day itself, marked late; a day before it is not; once begun no more', async () => {
    const pass = (one: { code: string }, email: string) => ({ pass: { code: one.code, email } });
    const a = await book({ starts_at: at(6) }, { email: 'ada@example.org' });
    const early = await post(`/v1/appointments/${a.id}/cancellation`, pass(a, 'ada@example.org'));
    expect(await body(early)).toMatchObject({ state: 'cancelled', late_cancellation: false });
    const b = await book({ starts_at: at(6) }, { email: 'bea@example.org' });
    services.setNow('2027-03-05T11:59:00+01:00');
    const late = await post(`/v1/appointments/${b.id}/cancellation`, pass(b, 'bea@example.org'));
    expect([late.status, await body(late)]).toMatchObject([
      200,
      { state: 'cancelled', late_cancellation: true },
    ]);
    const c = await book({ starts_at: at(7) }, { email: 'caio@example.org' });
    services.setNow('2027-03-05T12:30:00+01:00');
    expect(
      (await post(`/v1/appointments/${c.id}/cancellation`, pass(c, 'caio@example.org'))).status,
    ).toBe(409);
  });
});
