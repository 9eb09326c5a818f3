import { afterAll, beforeAll, expect, it } from 'vitest';
import { fitAttendanceModel } from '../../src/attendance/actions/fit-attendance.ts';
import { recordAbsences } from '../../src/attendance/actions/record-absences.ts';
import { recordOutcome } from '../../src/booking/actions/record-outcome.ts';
import { MINUTE } from '../../src/platform/clock.ts';
import { changeTicket, insertTicket } from '../../src/reception/store/tickets.ts';
import { as, json, testApp } from '../support/app.ts';
import { aPerson, aWorld, convoked, rosa, type World, withNaspi } from './world.ts';

let world: World;
let app: ReturnType<typeof testApp>;

beforeAll(async () => {
  world = await aWorld();
  app = testApp(world.services);
});
afterAll(() => world.services.close());

const desk = () =>
  as(world.services, {
    kind: 'operator',
    operatorId: world.operatorId,
    officeIds: [world.officeId],
  });
const get = async (path: string) => {
  const answer = await app.request(path, { headers: await desk() });
  return { status: answer.status, body: await answer.json() };
};

it('a document travels with a justification and is read back as it was sent', async () => {
  const booked = await world.book('2027-03-05T09:00:00+01:00');
  world.services.setNow('2027-03-05T10:00:00+01:00');
  await recordAbsences(world.desk(), [booked.id]);
  const send = (content: string) =>
    app.request(
      `/v1/appointments/${booked.id}/justifications`,
      json('POST', {
        ground: 'illness',
        statement: 'Avevo la febbre.',
        pass: { code: booked.code, email: rosa.email },
        document: { name: 'certificato medico.pdf', content },
      }),
    );
  expect((await send(btoa('nessun documento'))).status).toBe(422);
  const sent = await send(btoa('%PDF-1.7 …'.replace('…', 'x')));
  expect(sent.status).toBe(201);
  const { id } = await sent.json();
  const { body } = await get(`/v1/justifications/${id}`);
  expect(body).toMatchObject({
    statement: 'Avevo la febbre.',
    documents: 1,
    files: [{ name: 'certificato-medico.pdf', media_type: 'application/pdf', bytes: 10 }],
  });
  const path = `/v1/justification-documents/${body.files[0].id}`;
  const file = await app.request(path, { headers: await desk() });
  expect(await file.text()).toBe('%PDF-1.7 x');
  expect(file.headers.get('content-disposition')).toContain('certificato-medico.pdf');
  expect((await app.request(path)).status).toBe(401);
});

it('the file of an absence says what stands in the way, and takes an official’s decision once', async () => {
  const personId = await aPerson(world.services);
  await withNaspi(world, personId);
  const booked = await world.book('2027-03-08T09:30:00+01:00', personId);
  await convoked(world, booked, { channel: 'pec', delivered: true });
  world.services.setNow('2027-03-08T11:00:00+01:00');
  await recordAbsences(world.desk(), [booked.id]);
  const path = `/v1/absences/${booked.id}`;
  expect((await get(path)).body).toMatchObject({ standing: 'term-open' });
  const decide = async (decision: string) => {
    const body = { decision, reason: 'Nessuna giustificazione.' };
    return app.request(`${path}/measure`, json('PUT', body, await desk()));
  };
  expect((await decide('adopt')).status).toBe(409);
  world.services.setNow('2027-03-12T10:00:00+01:00');
  expect((await get(path)).body).toMatchObject({
    standing: 'ready',
    benefit: { kind: 'naspi', since: '2027-01-10' },
    law: expect.stringContaining('art. 21'),
    appeal: expect.stringContaining('ricorso'),
    proposal: { ordinal: 1, step: 'quarter_month', proofs: [{ reference: 'ricevuta 42' }] },
  });
  const adopted = await decide('adopt');
  expect(await adopted.json()).toMatchObject({ measure: { state: 'adopted', ordinal: 1 } });
  expect((await decide('adopt')).status).toBe(409);
  expect((await decide('withdraw')).status).toBe(200);
  const { body } = await get(`/v1/absences?office_id=${world.officeId}`);
  expect(body.items).toMatchObject([{ appointment_id: booked.id, measure_state: 'withdrawn' }]);
});

it('an office’s figures count who came, who waited and how full it was, on the page and in the API', async () => {
  const { services, officeId, serviceId } = world;
  services.setNow('2027-03-15T08:00:00+01:00');
  const one = await world.book('2027-03-15T09:00:00+01:00', await aPerson(services));
  const two = await world.book('2027-03-15T10:00:00+01:00', await aPerson(services));
  const now = services.setNow('2027-03-15T12:00:00+01:00');
  await recordOutcome(world.desk(), { id: one.id, outcome: 'seen' });
  await recordOutcome(world.desk(), { id: two.id, outcome: 'absent' });
  for (const [arrived, served] of [
    [90, 80],
    [60, 30],
  ] as const) {
    const id = services.ids();
    const arrivedAt = now - arrived * MINUTE;
    const day = '2027-03-15';
    await insertTicket(services.database, {
      id,
      officeId,
      serviceId,
      day,
      priority: false,
      arrivedAt,
      rankAt: arrivedAt,
      locale: 'it',
    });
    const servedAt = now - served * MINUTE;
    await changeTicket(services.database, id, {
      servedAt,
      calledAt: servedAt,
      endedAt: now,
      calls: 1,
      operatorId: world.operatorId,
      desk: 'Sportello 1',
      state: 'finished',
    });
  }
  const path = `/v1/offices/${officeId}/activity?from_day=2027-03-15&to_day=2027-03-15`;
  const { body } = await get(`${path}&by=day`);
  const figures = {
    booked: 2,
    served: 1,
    absent: 1,
    no_show: { value: 0.5 },
    occupancy: 0.25,
    visits: 2,
    without_booking: 2,
    wait_median_minutes: 20,
  };
  expect(body.total).toMatchObject(figures);
  expect(body.items).toMatchObject([{ from_day: '2027-03-15', ...figures }]);
  expect((await get(path)).body.items).toMatchObject([{ service: 'Primo colloquio', booked: 2 }]);
  expect((await get(path.replace('to_day=2027-03-15', 'to_day=2029-03-15'))).status).toBe(422);

  const page = '/operatore/presenze/attivita';
  const days = 'dal=2027-03-15&al=2027-03-15';
  for (const by of ['service', 'day', 'week', 'month']) {
    const shown = await app.request(`${page}?${days}&per=${by}`, { headers: await desk() });
    expect(await shown.text()).toContain('20 min, nove su dieci entro');
  }
  const csv = await app.request(`${page}/file?${days}&per=day`, { headers: await desk() });
  expect(await csv.text()).toContain('In tutto;2;1;0;1;0;0;0;0;50;25;');
  const wrong = await app.request(`${page}?dal=2027-03-15&al=2027-03-01`, {
    headers: await desk(),
  });
  expect(wrong.status).toBe(422);

  const rates = await get(`/v1/attendance-rates?office_id=${officeId}`);
  expect(rates.body.items[0]).toMatchObject({ month: '2027-03', seen: 1 });
  await fitAttendanceModel(world.system());
  expect((await get('/v1/attendance-models')).body).toEqual({ items: [] });
});
