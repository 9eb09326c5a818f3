import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { recordAbsences } from '../../src/attendance/actions/record-absences.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { rows } from '../../src/platform/database.ts';
import {
  callAs,
  json,
  TEST_NOW,
  type TestServices,
  testApp,
  testServices,
} from '../support/app.ts';
import { aService } from '../support/fixtures.ts';
import { anOfficeWithSessions } from '../workshops/world.ts';

let services: TestServices;
let app: ReturnType<typeof testApp>;
let world: Awaited<ReturnType<typeof anOfficeWithSessions>>;
let serviceId: string;

const rosa = { given_name: 'Rosa', family_name: 'Rossi', email: 'rosa@example.org' };
const byText = { ...rosa, phone: '333 1234567', also_by: 'sms' };
const post = async (path: string, body: unknown) => {
  const response = await app.request(path, json('POST', body));
  return { status: response.status, body: (await response.json()) as { id: string; code: string } };
};
/** Each kind of message about something, with the channels it went by. */
const told = (subjectId: string) =>
  rows<{ kind: string; channels: string }>(
    services.database,
    sql`select kind, string_agg(channel, ' ' order by channel) as channels from outbox
      where subject_id = ${subjectId}::uuid group by kind order by kind`,
  );

beforeAll(async () => {
  services = await testServices({ environment: { SMS_URL: 'https://sms.example.org' } });
  app = testApp(services);
  world = await anOfficeWithSessions(services);
  serviceId = await aService(services);
});
afterAll(() => services.close());
beforeEach(async () => {
  services.setNow(TEST_NOW);
  await services.database.execute(
    sql`truncate group_session, appointment, occupied, outbox, free_time cascade`,
  );
  await rebuildFreeTime(world.system, { days: 10 });
});

it('messages about a group session go by text message too where it was asked for', async () => {
  const { id } = await world.aSession();
  const path = `/v1/group-sessions/${id}/registrations`;
  expect((await post(path, { person: { ...rosa, also_by: 'sms' } })).status).toBe(422);
  expect((await post(path, { person: { ...byText, also_by: 'app_io' } })).status).toBe(422);
  const { body } = await post(path, { person: byText });
  expect(await told(body.id)).toEqual([
    { kind: 'session-registered', channels: 'email sms' },
    { kind: 'session-reminder', channels: 'email sms' },
  ]);
});

it('so do those about a justification', async () => {
  const { body: booked } = await post('/v1/appointments', {
    service_id: serviceId,
    office_id: world.officeId,
    starts_at: '2027-03-05T09:00:00+01:00',
    person: byText,
  });
  services.setNow('2027-03-05T10:00:00+01:00');
  await recordAbsences(callAs(services, world.desk.actor), [booked.id]);
  const sent = await post(`/v1/appointments/${booked.id}/justifications`, {
    ground: 'illness',
    statement: 'Avevo la febbre.',
    pass: { code: booked.code, phone: '+39 3331234567' },
  });
  expect(sent.status).toBe(201);
  expect(await told(booked.id)).toContainEqual({
    kind: 'justification-received',
    channels: 'email sms',
  });
});

it('and those about each appointment of a family, chosen on the page', async () => {
  const { code } = (
    await rows<{ code: string }>(services.database, sql`select code from service`)
  )[0]!;
  const office = (
    await rows<{ code: string }>(services.database, sql`select code from office`)
  )[0]!;
  const confirm = (fields: Record<string, string>) =>
    app.request('/prenota/insieme/conferma', {
      method: 'POST',
      headers: { Origin: 'http://localhost:3000' },
      body: new URLSearchParams({
        ufficio: office.code,
        servizio1: code,
        servizio2: code,
        inizi: '2027-03-05T09:00:00+01:00,2027-03-05T09:30:00+01:00',
        nome1: 'Rosa',
        cognome1: 'Rossi',
        nome2: 'Leo',
        cognome2: 'Rossi',
        email: rosa.email,
        canale: 'sms',
        ...fields,
      }),
    });
  const refused = await confirm({});
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('id="campo-telefono-errore"');
  expect((await confirm({ telefono: '333 1234567' })).status).toBe(303);
  const made = await rows<{ id: string }>(services.database, sql`select id from appointment`);
  expect(made).toHaveLength(2);
  for (const { id } of made)
    expect(await told(id)).toContainEqual({
      kind: 'appointment-confirmed',
      channels: 'email sms',
    });
});
