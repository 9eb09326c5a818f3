import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { nightly } from '../../src/nightly.ts';
import { rows } from '../../src/platform/database.ts';
import { forgetOldRecords } from '../../src/privacy/actions/forget-old-records.ts';
import { as, callAs, json, type TestServices, testApp, testServices } from '../support/app.ts';
import { anOffice, anOperator, aPerson, aService, weekdayMornings } from '../support/fixtures.ts';

/** Two years later, and what people ask about their data in between. */

const NINE = '2027-03-05T09:00:00+01:00';

let services: TestServices;
let app: ReturnType<typeof testApp>;
let officeId: string;
let operatorId: string;
let serviceId: string;

const system = () => callAs(services, { kind: 'system', task: 'nightly' });
const desk = () => as(services, { kind: 'operator', operatorId, officeIds: [officeId] });
const jobseeker = (personId: string) => as(services, { kind: 'jobseeker', personId });
const at = (n: number) => new Date(Date.parse(NINE) + n * 1_800_000).toISOString();
const one = async <T extends object>(query: ReturnType<typeof sql>) =>
  (await rows<T>(services.database, query))[0];

beforeAll(async () => {
  services = await testServices({
    environment: { APPOINTMENT_RETENTION_DAYS: '400', PERSON_RETENTION_DAYS: '730' },
  });
  app = testApp(services);
  officeId = await anOffice(services);
  operatorId = await anOperator(services, officeId);
  await weekdayMornings(services, officeId);
  serviceId = await aService(services, { waitingList: true });
});
afterAll(() => services.close());
beforeEach(async () => {
  services.setNow('2027-03-04T09:00:00+01:00');
  await services.database.execute(
    sql`truncate appointment, occupied, outbox, audit_event, free_time, person, idempotency_key, webhook_endpoint, did cascade`,
  );
  await rebuildFreeTime(system(), { days: 8 });
});

const send = (method: 'POST' | 'PUT', path: string, body: unknown, headers = {}) =>
  app.request(path, json(method, body, headers));

/** Books through the API: somebody of this name, at the nth half hour. */
async function book(name: string, n: number, given: object = {}, headers = {}) {
  const answer = await send(
    'POST',
    '/v1/appointments',
    {
      service_id: serviceId,
      office_id: officeId,
      starts_at: at(n),
      note: `Nota di ${name}`,
      person: {
        given_name: name,
        family_name: 'Dadimenticare',
        email: `${name}@segreto.example`.toLowerCase(),
        phone: '+39 333 1234567',
        tax_code: 'RSSMRA80A01H501U',
      },
      ...given,
    },
    headers,
  );
  expect(answer.status).toBe(201);
  return (await answer.json()) as { id: string; code: string; person: { id: string } };
}

async function seen(id: string, now: string, outcome = 'seen') {
  services.setNow(now);
  const answer = await send('PUT', `/v1/appointments/${id}/outcome`, { outcome }, await desk());
  expect(answer.status).toBe(200);
}

/** Every text of every table, but for what names offices, services and operators. */
async function whole(): Promise<string> {
  const tables = await rows<{ name: string }>(
    services.database,
    sql`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'comune'`,
  );
  const texts = [];
  for (const { name } of tables) {
    const found = await rows<{ t: string }>(
      services.database,
      sql`select t::text as t from ${sql.identifier(name)} t`,
    );
    texts.push(...found.map(({ t }) => `${name}: ${t}`));
  }
  return texts.join('\n');
}

const PERSONAL = /dadimenticare|segreto\.example|333 ?1234567|nota di|via nascosta/i;

describe('what is older than the administration keeps', () => {
  it('names nobody any more, in any table; statistics and the audit trail stay', async () => {
    const personId = (await book('Ada', 0)).person.id;
    await seen(
      (await one<{ id: string }>(sql`select id from appointment`))!.id,
      '2027-03-05T09:40:00+01:00',
    );
    const code = await services.ids();
    await services.database.execute(sql`
      insert into waiting_entry (id, code, person_id, service_id, contact_email, office_ids, from_day, to_day, weekdays, parts, joined_at, state, updated_at)
      values (${code}, 'AAAAAAAAAA', ${personId}, ${serviceId}, 'ada@segreto.example', array[${officeId}]::uuid[], '2027-03-04', '2027-03-20',
        '{1}', '{morning}', now() - interval '1 day', 'ended', '2027-03-21')`);
    await services.database.execute(sql`
      with c as (insert into campaign (id, title, service_id, state, format, opens_on, closes_on, created_by, created_at, launched_at)
        values (${services.ids()}, 'Marzo', ${serviceId}, 'launched', 'letter', '2027-03-01', '2027-03-20', 'x', '2027-02-20', '2027-02-20') returning id)
      insert into invitation (id, campaign_id, person_id, service_id, office_id, position, format, state, recipient, postal_address, code_digest, appointment_id, sent_at, expires_at)
      select ${services.ids()}, id, ${personId}, ${serviceId}, ${officeId}, 0, 'letter', 'sent', null, 'Ada Dadimenticare\nvia nascosta 1', 'x', ${services.ids()}, '2027-02-20', '2027-03-21' from c`);
    expect(await whole()).toMatch(PERSONAL);

    const before =
      await one(sql`select count(*)::int as n, count(*) filter (where state = 'seen')::int as seen,
      md5(string_agg((starts_at, office_id, service_id, operator_id, created_at)::text, '')) as facts from appointment`);
    services.setNow('2029-04-20T03:00:00+02:00');
    await nightly(system());

    const left = (await whole()).split('\n').filter((line) => PERSONAL.test(line));
    expect(left).toEqual([]);
    expect(
      await one(sql`select count(*)::int as n, count(*) filter (where state = 'seen')::int as seen,
        md5(string_agg((starts_at, office_id, service_id, operator_id, created_at)::text, '')) as facts from appointment`),
    ).toEqual(before);
    const audited = await rows<{ action: string }>(
      services.database,
      sql`select action from audit_event where subject_id = ${personId} or subject_kind = 'appointment' order by at`,
    );
    expect(audited.map(({ action }) => action)).toEqual([
      'book-appointment',
      'record-outcome',
      'anonymise-appointment',
      'anonymise-person',
    ]);

    // Again, and nothing happens.
    const after = await whole();
    await forgetOldRecords(system());
    expect(await whole()).toBe(after);
    // The same human being is somebody new, and the old code opens nothing.
    await rebuildFreeTime(system(), { days: 8 });
    services.setNow('2029-04-20T09:00:00+02:00');
    expect((await book('Ada', 0, { starts_at: '2029-04-23T09:00:00+02:00' })).person.id).not.toBe(
      personId,
    );
  });

  it('is told by webhook, once each, with the reason', async () => {
    const booked = await book('Ada', 0);
    const administrator = await as(services, { kind: 'administrator', userId: 'x' });
    const endpoint = await send(
      'POST',
      '/v1/webhook-endpoints',
      {
        url: 'https://example.org/hook',
        contact_email: 'x@example.org',
        event_kinds: ['appointment.erased', 'person.erased'],
      },
      administrator,
    );
    expect(endpoint.status).toBe(201);
    services.setNow('2029-04-20T03:00:00+02:00');
    await forgetOldRecords(system());
    await forgetOldRecords(system());
    const told = await rows<{ body: string }>(
      services.database,
      sql`select body from webhook_delivery order by sequence`,
    );
    expect(told.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: 'appointment.erased', data: { id: booked.id, reason: 'rgpd', state: 'confirmed' } },
      { type: 'person.erased', data: { id: booked.person.id, subject: 'person', reason: 'rgpd' } },
    ]);
    expect(told.map(({ body }) => body).join()).not.toMatch(PERSONAL);
  });

  it('of somebody still known loses its person alone: they keep what is theirs', async () => {
    const old = await book('Ada', 0);
    await seen(old.id, '2027-03-05T09:40:00+01:00');
    services.setNow('2028-05-02T09:00:00+02:00');
    await rebuildFreeTime(system(), { days: 8 });
    const newer = await book('Ada', 0, { starts_at: '2028-05-03T09:00:00+02:00' });
    expect(newer.person.id).toBe(old.person.id);
    expect(await forgetOldRecords(system())).toEqual({ appointments: 1, persons: 0 });
    expect(
      await one(
        sql`select person_id, contact_email, note from appointment where id = ${old.id}::uuid`,
      ),
    ).toEqual({
      person_id: null,
      contact_email: null,
      note: null,
    });
    const lookup = { code: newer.code, email: 'ada@segreto.example' };
    expect((await send('POST', '/v1/appointment-lookups', lookup)).status).toBe(200);
    expect(
      (await send('POST', '/v1/appointment-lookups', { ...lookup, code: old.code })).status,
    ).toBe(404);
  });

  it('is not touched while it is recent, to the day', async () => {
    await book('Ada', 0);
    // 400 days after the appointment ended, less a minute, then to the minute.
    services.setNow('2028-04-08T10:29:00+02:00');
    expect(await forgetOldRecords(system())).toEqual({ appointments: 0, persons: 0 });
    services.setNow('2028-04-08T10:31:00+02:00');
    expect(await forgetOldRecords(system())).toEqual({ appointments: 1, persons: 0 });
  });

  it('goes on where it was stopped, and two that run at once forget each once', async () => {
    for (let n = 0; n < 8; n++)
      await book(`Ada${'abcdefgh'[n]}`.replace(/[^A-Za-z]/g, ''), n, {
        person: {
          given_name: 'Ada',
          family_name: `Dadimenticare ${'abcdefgh'[n]}`,
          email: `ada${n}@segreto.example`,
        },
      });
    services.setNow('2029-04-20T03:00:00+02:00');
    // Killed after the appointments: the transaction over the people is undone.
    let looks = 0;
    const dying = {
      ...system(),
      ids: () => {
        looks += 1;
        if (looks > 10) throw new Error('killed');
        return services.ids();
      },
    };
    await expect(forgetOldRecords(dying)).rejects.toThrow('killed');
    expect(
      await one(sql`select count(*)::int as n from person where erased_at is not null`),
    ).toEqual({ n: 0 });
    expect(
      await one(sql`select count(*)::int as n from appointment where person_id is not null`),
    ).toEqual({ n: 0 });
    const both = await Promise.all([forgetOldRecords(system()), forgetOldRecords(system())]);
    expect(both.reduce((sum, { persons }) => sum + persons, 0)).toBe(8);
    expect(
      await one(sql`select count(*)::int as n from audit_event where action = 'anonymise-person'`),
    ).toEqual({ n: 8 });
  });
});

/** What stands against forgetting somebody; each is written about a person met long ago. */
const KEEPS: readonly [
  string,
  (personId: string, appointmentId: string) => ReturnType<typeof sql>,
][] = [
  [
    'a declaration that is open',
    (p) => sql`insert into did (id, person_id, declared_on, benefit, registered_by, registered_at)
    values (${crypto.randomUUID()}, ${p}, '2027-03-05', 'none', ${operatorId}, '2027-03-05')`,
  ],
  [
    'a declaration that ended',
    (
      p,
    ) => sql`insert into did (id, person_id, declared_on, benefit, ended_on, registered_by, registered_at)
    values (${crypto.randomUUID()}, ${p}, '2027-03-05', 'none', '2027-05-05', ${operatorId}, '2027-03-05')`,
  ],
  [
    'a data form that nobody may change',
    (p) => sql`insert into person_data (id, person_id, version, data, saved_by, saved_at)
    values (${crypto.randomUUID()}, ${p}, 1, '{}', ${operatorId}, '2027-03-05')`,
  ],
  [
    'an interview that is complete',
    (
      p,
    ) => sql`insert into interview (id, person_id, questionnaire, state, answers, saved_by, started_at, saved_at, completed_at)
    values (${crypto.randomUUID()}, ${p}, 'q', 'complete', '{}', ${operatorId}, '2027-03-05', '2027-03-05', '2027-03-05')`,
  ],
  [
    'a measure that an official decided',
    (
      p,
      a,
    ) => sql`insert into absence_measure (id, appointment_id, person_id, benefit, ordinal, step, evidence, state, reason, decided_by, decided_at)
    values (${crypto.randomUUID()}, ${a}, ${p}, 'naspi', 1, 'quarter_month', '{}', 'declined', 'no', 'x', '2027-03-09')`,
  ],
  [
    'a justification that nobody decided',
    (
      _,
      a,
    ) => sql`insert into justification (id, appointment_id, ground, statement, sent_at, deadline)
    values (${crypto.randomUUID()}, ${a}, 'illness', 'Nota di Ada', '2027-03-05', '2027-03-07')`,
  ],
  [
    'a convocation that is not over',
    (
      p,
    ) => sql`insert into convocation (id, person_id, service_id, office_id, state, channel, notice_days, code_digest, appointment_id, created_by, created_at, retry_at)
    values (${crypto.randomUUID()}, ${p}, ${serviceId}, ${officeId}, 'seating', 'pec', 7, ${crypto.randomUUID()}, ${crypto.randomUUID()}, 'x', '2027-03-05', '2027-03-05')`,
  ],
];

describe('what the law keeps, or is not over', () => {
  it.each(KEEPS)(
    '%s keeps its person known, whatever the years and whoever asks',
    async (_, keep) => {
      const { id, person } = await book('Ada', 0);
      await services.database.execute(keep(person.id, id));
      services.setNow('2031-04-20T03:00:00+02:00');
      const { persons } = await forgetOldRecords(system());
      expect(persons).toBe(0);
      expect(await one(sql`select family_name from person where id = ${person.id}::uuid`)).toEqual({
        family_name: 'Dadimenticare',
      });
      const asked = await send(
        'POST',
        '/v1/erasure-requests',
        { person_id: person.id },
        await jobseeker(person.id),
      );
      const request = (await asked.json()) as { id: string };
      const admin = await as(services, { kind: 'administrator', userId: 'x' });
      const granted = await send(
        'PUT',
        `/v1/erasure-requests/${request.id}/decision`,
        { decision: 'erase' },
        admin,
      );
      expect([granted.status, await granted.json()]).toMatchObject([
        409,
        { reasons: [expect.stringMatching(/^(open|final)$/)] },
      ]);
      // The database itself lets nobody change what is final.
      await services.database.execute(sql`truncate person_data, interview cascade`);
    },
  );

  it('every table that knows people is dealt with', async () => {
    const found = await rows<{ name: string }>(
      services.database,
      sql`select distinct conrelid::regclass::text as name from pg_constraint
        where contype = 'f' and confrelid = 'person'::regclass order by 1`,
    );
    // Whoever adds one decides in `privacy/store` what becomes of it, and gives it to its person.
    expect(found.map(({ name }) => name)).toEqual([
      'absence_measure',
      'appointment',
      'archived_person',
      'convocation',
      'did',
      'erasure_request',
      'interview',
      'invitation',
      'pact',
      'percorso_decision',
      'person_data',
      'profile',
      'session_registration',
      'waiting_entry',
    ]);
  });
});

describe('a person', () => {
  it('takes a copy of all that is held about them, and nobody else does', async () => {
    const { person } = await book('Ada', 0);
    const own = await jobseeker(person.id);
    const answer = await app.request(`/v1/persons/${person.id}/personal-data`, { headers: own });
    expect(answer.status).toBe(200);
    const copy = (await answer.json()) as {
      sections: { name: string; records: Record<string, unknown>[] }[];
    };
    const section = (name: string) => copy.sections.find((one) => one.name === name)?.records ?? [];
    expect(section('person')).toMatchObject([
      { family_name: 'Dadimenticare', tax_code: 'RSSMRA80A01H501U' },
    ]);
    expect(section('appointments')).toMatchObject([
      { note: 'Nota di Ada', service: 'Primo colloquio', office: 'Cpi di prova' },
    ]);
    expect(section('messages').length).toBeGreaterThan(0);
    expect(section('accesses')).toMatchObject([{ action: 'book-appointment', by: 'anonymous' }]);
    expect(JSON.stringify(copy)).not.toMatch(/identity_key|digest|cipher|holder/);
    const again = await app.request(`/v1/persons/${person.id}/personal-data`, { headers: own });
    expect(JSON.stringify(await again.json())).toContain('disclose-personal-data');

    const stranger = await jobseeker(await aPerson(services));
    const elsewhere = await as(services, {
      kind: 'operator',
      operatorId,
      officeIds: [services.ids()],
    });
    for (const [headers, status] of [
      [stranger, 404],
      [elsewhere, 404],
      [{}, 401],
      [await desk(), 200],
    ] as const) {
      const tried = await app.request(`/v1/persons/${person.id}/personal-data`, { headers });
      expect(tried.status).toBe(status);
    }
    const page = await app.request('/area-personale/dati/copia', { headers: own });
    expect(page.headers.get('content-disposition')).toMatch(/attachment/);
    expect(await page.text()).toContain('Dadimenticare');
  });

  it('asks to be forgotten; the office answers, and may not while something is open', async () => {
    const { id, code, person } = await book('Ada', 0, {}, { 'Idempotency-Key': 'uno' });
    const own = await jobseeker(person.id);
    const shown = await app.request('/area-personale/dati', { headers: own });
    const text = await shown.text();
    expect(text).toContain('>I tuoi dati</h1>');
    expect(text).toContain('/area-personale/dati/cancellazione');
    const asked = await send('POST', '/v1/erasure-requests', { person_id: person.id }, own);
    expect(asked.status).toBe(201);
    expect((await send('POST', '/v1/erasure-requests', { person_id: person.id }, own)).status).toBe(
      409,
    );
    const listed = await app.request('/v1/erasure-requests', { headers: await desk() });
    const { items } = (await listed.json()) as { items: { id: string; barring: string[] }[] };
    expect(items).toMatchObject([{ person_id: person.id, state: 'asked', barring: ['open'] }]);
    const decide = async (body: object, headers = {}) =>
      send('PUT', `/v1/erasure-requests/${items[0]!.id}/decision`, body, headers);
    expect((await decide({ decision: 'erase' }, own)).status).toBe(403);
    expect((await decide({ decision: 'refuse' }, await desk())).status).toBe(422);
    expect((await decide({ decision: 'erase' }, await desk())).status).toBe(409);
    const inbox = await app.request('/operatore/cancellazioni', { headers: await desk() });
    expect(await inbox.text()).toContain('Dadimenticare');

    await send('POST', `/v1/appointments/${id}/cancellation`, {
      pass: { code, email: 'ada@segreto.example' },
    });
    expect((await decide({ decision: 'erase' }, await desk())).status).toBe(200);
    expect((await decide({ decision: 'erase' }, await desk())).status).toBe(409);
    expect((await app.request('/area-personale/dati', { headers: own })).status).toBe(200);
    expect(
      (await app.request(`/v1/persons/${person.id}/personal-data`, { headers: own })).status,
    ).toBe(404);
    // All that is left is the answer on its way.
    const left = (await whole()).split('\n').filter((line) => PERSONAL.test(line));
    expect(left.map((line) => line.split(':')[0])).toEqual(['outbox']);
    expect(left[0]).toContain('erasure-answered');
  });

  it('who is refused reads why', async () => {
    const { person } = await book('Ada', 0);
    const own = await jobseeker(person.id);
    await send('POST', '/v1/erasure-requests', { person_id: person.id }, own);
    const [request] = await rows<{ id: string }>(
      services.database,
      sql`select id from erasure_request`,
    );
    const form = (fields: Record<string, string>) => ({
      method: 'POST',
      body: new URLSearchParams(fields),
    });
    const headers = { ...(await desk()), Origin: 'http://localhost:3000' };
    const path = `/operatore/cancellazioni/${request!.id}`;
    const empty = await app.request(path, {
      ...form({ decisione: 'refuse', risposta: ' ' }),
      headers,
    });
    expect(empty.status).toBe(422);
    const refused = await app.request(path, {
      ...form({ decisione: 'refuse', risposta: 'C’è un appuntamento.' }),
      headers,
    });
    expect(refused.status).toBe(303);
    const shown = await app.request('/area-personale/dati', { headers: own });
    expect(await shown.text()).toContain('C’è un appuntamento.');
  });
});
