import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { minutely } from '../../src/minutely.ts';
import { rows } from '../../src/platform/database.ts';
import {
  as,
  callAs,
  json,
  TEST_NOW,
  type TestServices,
  testApp,
  testServices,
} from '../support/app.ts';
import { anOffice, anOperator, aPerson, aService, weekdayMornings } from '../support/fixtures.ts';

/** Who sits with whom: skills shared among operators, closures and what they leave, all by the API. */

const NINE = '2027-03-08T09:00:00+01:00';
const TEN = '2027-03-08T10:00:00+01:00';

let services: TestServices;
let app: ReturnType<typeof testApp>;
let officeId: string;
let gb: string;
let go: string;
let ob: string;
const serviceOf = {} as Record<string, string>;
let people = 0;

const system = () => callAs(services, { kind: 'system', task: 'test' });
const desk = () => as(services, { kind: 'operator', operatorId: gb, officeIds: [officeId] });

beforeAll(async () => {
  services = await testServices();
  app = testApp(services);
  officeId = await anOffice(services);
  await weekdayMornings(services, officeId);
  gb = await anOperator(services, officeId, { skills: ['g', 'b'] });
  go = await anOperator(services, officeId, { skills: ['g', 'o'] });
  ob = await anOperator(services, officeId, { skills: ['o', 'b'] });
  for (const skill of ['g', 'b', 'o']) {
    serviceOf[skill] = await aService(services, { skill, durationMinutes: 60, gridMinutes: 60 });
  }
});
afterAll(() => services.close());
beforeEach(() => emptied());

async function emptied(): Promise<void> {
  services.setNow(TEST_NOW);
  await services.database.execute(
    sql`truncate appointment, occupied, outbox, audit_event, free_time, person, idempotency_key, disruption, closure cascade`,
  );
  await rebuildFreeTime(system(), { days: 14 });
}

const send = (method: 'POST' | 'PUT', path: string, body: unknown, headers = {}) =>
  app.request(path, json(method, body, headers));

async function book(skill: string, start = NINE, given: object = {}, headers = {}) {
  services.setNow(new Date(services.clock.now() + 1000).toISOString());
  const email = `p${people++}@example.org`;
  const answer = await send(
    'POST',
    '/v1/appointments',
    {
      service_id: serviceOf[skill],
      office_id: officeId,
      starts_at: start,
      person: { given_name: 'Rosa', family_name: 'Rossi', email },
      ...given,
    },
    headers,
  );
  const body = (await answer.json()) as { id: string; code: string; type: string };
  return { status: answer.status, email, ...body };
}

/** Who receives whom at nine, by the last letters of skills: `b@gb`. */
async function seated(): Promise<Record<string, string>> {
  const found = await rows<{ id: string; skills: string[]; skill: string }>(
    services.database,
    sql`select a.id, s.skill, to_jsonb(o.skills) as skills from appointment a join service s on s.id = a.service_id
      join operator o on o.id = a.operator_id where a.state = 'confirmed'`,
  );
  for (const { skill, skills } of found) expect(skills).toContain(skill);
  return Object.fromEntries(found.map(({ id, skills }) => [id, skills.join('')]));
}

const stateOf = async (id: string) =>
  (
    await rows<{ state: string }>(
      services.database,
      sql`select state from appointment where id = ${id}::uuid`,
    )
  )[0]?.state;

const letters = ['g', 'b', 'o'];
const orders = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => [a, b, c])));

describe('three operators who share three skills in pairs', () => {
  it('serve any three who come, in any order, unless all three ask the same', async () => {
    // Each order at an hour of its own: four a day, from Monday to the Tuesday after.
    for (const [index, order] of orders.entries()) {
      const day = [8, 9, 10, 11, 12, 15, 16][Math.floor(index / 4)];
      const start = `2027-03-${String(day).padStart(2, '0')}T${String(9 + (index % 4)).padStart(2, '0')}:00:00+01:00`;
      const answers = [];
      for (const skill of order) answers.push((await book(skill, start)).status);
      const most = new Set(order).size === 1 ? 2 : 3;
      const refused = Array(3 - most).fill(409);
      expect(answers.sort(), order.join('')).toEqual([...Array(most).fill(201), ...refused]);
      if (index % 9 === 0) expect((await book(order[0]!, start)).status).toBe(409);
    }
    await seated();
  });

  it('make room for one who moves there, as they do for one who books', async () => {
    for (const [index, order] of orders.filter((one) => new Set(one).size === 3).entries()) {
      const day = `2027-03-${String(8 + Math.floor(index / 2)).padStart(2, '0')}`;
      const [to, from] = [`${day}T${9 + (index % 2)}:00:00+01:00`, `${day}T12:00:00+01:00`].map(
        (at) => at.replace('T9', 'T09'),
      ) as [string, string];
      for (const skill of order.slice(0, 2)) expect((await book(skill, to)).status).toBe(201);
      const last = await book(order[2]!, from);
      const move = { starts_at: to, pass: { code: last.code, email: last.email } };
      const moved = await send('POST', `/v1/appointments/${last.id}/rescheduling`, move);
      expect(moved.status, order.join('')).toBe(200);
      const full = await book(order[0]!, from);
      const late = { starts_at: to, pass: { code: full.code, email: full.email } };
      expect((await send('POST', `/v1/appointments/${full.id}/rescheduling`, late)).status).toBe(
        409,
      );
      expect(await stateOf(full.id)).toBe('confirmed');
    }
    await seated();
  });

  it('nobody who was promised an operator moves; whoever was not still may', async () => {
    const promised = await book('b', NINE, { operator_id: gb }, await desk());
    const other = await book('o');
    const third = await book('g');
    expect([promised.status, other.status, third.status]).toEqual([201, 201, 201]);
    expect((await seated())[promised.id]).toBe('gb');
    await emptied();
    const both = [
      await book('g', NINE, { operator_id: gb }, await desk()),
      await book('o', NINE, { operator_id: ob }, await desk()),
    ];
    expect((await book('b')).status).toBe(409);
    expect(Object.values(await seated()).sort()).toEqual(['gb', 'ob']);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
  });

  it('a service nobody has the skill for is offered nowhere', async () => {
    const serviceId = await aService(services, { skill: 'nessuno' });
    const starts = await app.request(
      `/v1/offices/${officeId}/starts?service_id=${serviceId}&from=2027-03-08&to=2027-03-09`,
    );
    expect(await starts.json()).toMatchObject({ items: [] });
    const earliest = await app.request(`/v1/earliest-starts?service_id=${serviceId}`);
    expect(await earliest.json()).toMatchObject({ items: [] });
  });
});

describe('a morning that is shut', () => {
  const morning = (given: object = {}) => ({
    kind: 'closure',
    office_id: officeId,
    starts_at: NINE,
    ends_at: '2027-03-08T13:00:00+01:00',
    ...given,
  });
  const preview = async (given: object = {}) => {
    const answer = await send('POST', '/v1/closure-previews', morning(given), await desk());
    return {
      status: answer.status,
      ...((await answer.json()) as {
        preview: string;
        appointments: number;
        items: { fate: string }[];
      }),
    };
  };
  const shut = async (choices: Record<string, string> = {}, given: object = {}) => {
    const { preview: token } = await preview(given);
    const answer = await send(
      'POST',
      '/v1/closures',
      {
        ...morning(given),
        reason: 'guasto',
        preview: token,
        choices: Object.entries(choices).map(([appointment_id, choice]) => ({
          appointment_id,
          choice,
        })),
      },
      await desk(),
    );
    return {
      status: answer.status,
      ...((await answer.json()) as { id: string; displaced: number; appointments: number }),
    };
  };
  const everything = async () =>
    (
      await rows(
        services.database,
        sql`select (select count(*)::int from closure) as closures, (select count(*)::int from outbox) as messages,
          (select count(*)::int from audit_event) as audited, (select md5(string_agg(a::text, ' ' order by id)) from appointment a) as appointments,
          (select md5(string_agg(free::text, ' ' order by operator_id, day)) from free_time) as free`,
      )
    )[0];

  it.each([
    ['ends before it begins', { ends_at: '2027-03-08T08:00:00+01:00' }],
    ['ends when it begins', { ends_at: NINE }],
    ['is past', { starts_at: '2027-03-01T09:00:00+01:00', ends_at: '2027-03-01T13:00:00+01:00' }],
    ['lasts a day more than three months', { ends_at: '2027-06-09T09:00:00+02:00' }],
    ['is of no kind that exists', { kind: 'strike' }],
    ['is no instant', { starts_at: '2027-03-08' }],
  ])('that %s is refused, previewed or not, and changes nothing', async (_, given) => {
    await book('g');
    const before = await everything();
    expect((await preview(given)).status).toBe(422);
    const direct = await send(
      'POST',
      '/v1/closures',
      { ...morning(given), reason: 'guasto', preview: 'A'.repeat(44) },
      await desk(),
    );
    expect(direct.status).toBe(422);
    expect(await everything()).toEqual(before);
  });

  it('is looked at without a trace, then done once however often it is sent', async () => {
    const one = await book('g');
    const two = await book('b', TEN);
    const before = await everything();
    expect(await preview()).toMatchObject({ status: 200, appointments: 2 });
    expect(await everything()).toEqual(before);
    expect(await shut({ [one.id]: 'displace', [two.id]: 'displace' })).toMatchObject({
      displaced: 2,
    });
    const after = await everything();
    expect(await preview()).toMatchObject({ status: 200, appointments: 0, items: [] });
    await shut();
    expect(await everything()).toEqual(after);
  });

  it('leaves nothing to hold on to: what was kept is gone, and cannot be confirmed', async () => {
    const kept = await send('POST', '/v1/holds', {
      service_id: serviceOf.g,
      office_id: officeId,
      starts_at: NINE,
    });
    const hold = (await kept.json()) as { id: string; token: string };
    expect(kept.status).toBe(201);
    await shut();
    const confirmed = await send('POST', `/v1/holds/${hold.id}/confirmation`, {
      token: hold.token,
      person: { given_name: 'Rosa', family_name: 'Rossi', email: 'tardi@example.org' },
    });
    expect(confirmed.status).toBe(410);
    expect((await book('g')).status).toBe(409);
  });

  it('of one operator who comes back gives their hour to who booked first, moving others along', async () => {
    // b, o and g at nine; all of them owed a time when the office shuts.
    const ids = [];
    for (const skill of ['b', 'o', 'g']) ids.push(await book(skill));
    const choices = Object.fromEntries(ids.map(({ id }) => [id, 'displace']));
    const { id } = await shut(choices);
    expect(await Promise.all(ids.map((one) => stateOf(one.id)))).toEqual(
      Array(3).fill('displaced'),
    );
    await services.database.execute(
      sql`update operator set active = false where id in (${go}, ${ob})`,
    );
    await services.database.execute(sql`delete from free_time where operator_id in (${go}, ${ob})`);
    const withdrawn = await app.request(`/v1/closures/${id}`, {
      method: 'DELETE',
      headers: await desk(),
    });
    expect(withdrawn.status).toBeLessThan(300);
    expect(await Promise.all(ids.map((one) => stateOf(one.id)))).toEqual([
      'confirmed',
      'displaced',
      'displaced',
    ]);
    await services.database.execute(
      sql`update operator set active = true where id in (${go}, ${ob})`,
    );
  });

  it('of one operator: whoever is owed a time has it when another cancels, even with another’s operator', async () => {
    const g = await book('g');
    const b = await book('b');
    const o = await book('o');
    const skills = await seated();
    const away = { gb, go, ob }[skills[b.id]!]!;
    await shut({ [b.id]: 'displace' }, { operator_id: away });
    expect(await stateOf(b.id)).toBe('displaced');
    // The hour that comes free is with somebody who cannot do b: g moves there, and b has g's.
    const cancelled = skills[g.id]!.includes('b') ? o : g;
    expect(skills[cancelled.id]).toBe('go');
    const answer = await send('POST', `/v1/appointments/${cancelled.id}/cancellation`, {
      pass: { code: cancelled.code, email: cancelled.email },
    });
    expect(answer.status).toBe(200);
    await minutely(system());
    expect(await stateOf(b.id)).toBe('confirmed');
    await seated();
  });
});

describe('to follow up', () => {
  it('is with one’s own operator while they are there, and says so plainly once they left', async () => {
    const followUp = await aService(services, { skill: 'g', ownOperator: true, gridMinutes: 60 });
    const personId = await aPerson(services);
    const rosa = await as(services, { kind: 'jobseeker', personId });
    const wanted = { service_id: followUp, office_id: officeId, starts_at: TEN };
    const first = await send(
      'POST',
      '/v1/appointments',
      { service_id: serviceOf.g, office_id: officeId, starts_at: NINE },
      rosa,
    );
    expect(first.status).toBe(201);
    const { id } = (await first.json()) as { id: string };
    const own = (await seated())[id];
    const ownId = own === 'gb' ? gb : go;
    const [theirs] = await rows<{ n: number }>(
      services.database,
      sql`select count(*)::int as n from appointment where operator_id = ${ownId}::uuid`,
    );
    expect(theirs!.n).toBe(1);
    const offered = await app.request(
      `/v1/offices/${officeId}/starts?service_id=${followUp}&from=2027-03-08&to=2027-03-08`,
      { headers: rosa },
    );
    const { items } = (await offered.json()) as {
      items: { starts_at: string; operators: number }[];
    };
    expect(items.every(({ operators }) => operators === 1)).toBe(true);
    expect(items.map(({ starts_at }) => Date.parse(starts_at))).not.toContain(Date.parse(NINE));
    await services.database.execute(
      sql`update operator set active = false where id = ${ownId}::uuid`,
    );
    const refused = await send('POST', '/v1/appointments', wanted, rosa);
    expect([refused.status, ((await refused.json()) as { type: string }).type]).toEqual([
      409,
      expect.stringContaining('no-own-operator'),
    ]);
    await services.database.execute(
      sql`update operator set active = true where id = ${ownId}::uuid`,
    );
    expect((await send('POST', '/v1/appointments', wanted, rosa)).status).toBe(201);
  });
});
