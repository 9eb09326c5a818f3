import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bookAppointment } from '../../src/booking/actions/book-appointment.ts';
import { cancelAppointment } from '../../src/booking/actions/cancel-appointment.ts';
import { moveAppointment } from '../../src/booking/actions/move-appointment.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { announceRelocation } from '../../src/disruption/actions/announce-relocation.ts';
import { type Applying, applyDisruption } from '../../src/disruption/actions/apply-disruption.ts';
import { carryOnDisruptions } from '../../src/disruption/actions/carry-on-disruptions.ts';
import { giveNearestTime } from '../../src/disruption/actions/give-nearest-time.ts';
import { type Intent, previewDisruption } from '../../src/disruption/actions/preview-disruption.ts';
import { listDisplaced } from '../../src/disruption/actions/read-disruptions.ts';
import { withdrawClosure } from '../../src/disruption/actions/withdraw-closure.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { DAY, MINUTE, toRfc3339 } from '../../src/platform/clock.ts';
import { rows } from '../../src/platform/database.ts';
import { callAs, TEST_NOW, type TestServices, testServices } from '../support/app.ts';
import { anOffice, anOperator, aService, weekdayMornings } from '../support/fixtures.ts';

/** A Monday. */
const NINE = Date.parse('2027-03-08T09:00:00+01:00');
const half = (n: number) => NINE + n * 30 * MINUTE;

describe('an office that cannot receive', () => {
  let services: TestServices;
  let officeId: string;
  let ada: string;
  let bea: string;
  let serviceId: string;
  let visitors = 0;

  beforeAll(async () => {
    services = await testServices();
  });
  afterAll(() => services.close());
  beforeEach(async () => {
    services.setNow(TEST_NOW);
    await services.database.execute(
      sql`truncate office, service, person, appointment, outbox, audit_event, disruption, closure cascade`,
    );
    officeId = await anOffice(services);
    ada = await anOperator(services, officeId, { givenName: 'Ada' });
    bea = await anOperator(services, officeId, { givenName: 'Bea' });
    await weekdayMornings(services, officeId);
    serviceId = await aService(services);
    await rebuildFreeTime(systemCall(), { days: 20 });
  });

  const systemCall = () => callAs(services, { kind: 'system', task: 'test' });
  const operator = () =>
    callAs(services, { kind: 'operator', operatorId: ada, officeIds: [officeId] });
  const book = async (start = NINE) => {
    const booked = await bookAppointment(callAs(services, ANONYMOUS), {
      serviceId,
      officeId,
      start,
      person: {
        givenName: 'Rosa',
        familyName: 'Rossi',
        email: `rosa${visitors++}@example.org`,
        phone: undefined,
        taxCode: undefined,
        domicile: undefined,
      },
    });
    // Who booked earlier comes first: each a minute after the other.
    services.setNow(toRfc3339(services.clock.now() + MINUTE));
    return booked;
  };
  const morning = (given: Partial<Intent> = {}): Intent => ({
    kind: 'closure',
    officeId,
    operatorId: undefined,
    during: { start: NINE, end: NINE + 4 * 60 * MINUTE },
    ...given,
  });
  const apply = async (intent: Intent, given: Partial<Applying> = {}) => {
    const { token } = await previewDisruption(operator(), intent);
    return applyDisruption(operator(), { ...intent, reason: 'guasto', token, ...given });
  };
  const standing = (id: string) =>
    rows<{ state: string; start: number; operator_id: string }>(
      services.database,
      sql`select state, (extract(epoch from starts_at) * 1000)::float8 as start, operator_id
        from appointment where id = ${id}::uuid`,
    ).then(([found]) => found!);
  const told = (id: string) =>
    rows<{ kind: string }>(
      services.database,
      sql`select kind from outbox where subject_id = ${id} and state = 'waiting'
        and kind not in ('appointment-confirmed', 'appointment-reminder') order by id`,
    ).then((found) => found.map(({ kind }) => kind));
  const counts = async () => {
    const [found] = await rows(
      services.database,
      sql`select (select count(*)::int from closure) as closures, (select count(*)::int from outbox) as messages,
        (select count(*)::int from audit_event) as audited, (select count(*)::int from disruption) as disruptions,
        (select md5(string_agg(free::text, ' ' order by operator_id, day)) from free_time) as free`,
    );
    return found;
  };

  it('sees beforehand whom it would hit, and changes nothing by looking', async () => {
    await book(NINE);
    await book(half(1));
    await book(NINE + DAY);
    const before = await counts();
    const preview = await previewDisruption(operator(), morning());
    expect(preview.items).toHaveLength(2);
    expect(preview.items.every(({ fate }) => fate === 'reseat')).toBe(true);
    expect(await counts()).toEqual(before);
  });

  it('is refused a period that ends before it begins, is past, or lasts more than three months', async () => {
    for (const during of [
      { start: NINE, end: NINE - DAY },
      { start: NINE - 30 * DAY, end: NINE - 20 * DAY },
      { start: NINE, end: NINE + 93 * DAY },
    ]) {
      await expect(previewDisruption(operator(), morning({ during }))).rejects.toMatchObject({
        status: 422,
      });
    }
    const stranger = callAs(services, {
      kind: 'operator',
      operatorId: ada,
      officeIds: [services.ids()],
    });
    await expect(previewDisruption(stranger, morning())).rejects.toMatchObject({ status: 403 });
  });

  it('lets people keep their hour with a colleague, and does not trouble them', async () => {
    const one = await book(NINE);
    const away = one.operatorId;
    const done = await apply(morning({ operatorId: away }));
    expect(done).toMatchObject({ state: 'done', total: 1, outcomes: { reseat: 1 } });
    const now = await standing(one.id);
    expect(now).toMatchObject({ state: 'confirmed', start: NINE });
    expect(now.operator_id).not.toBe(away);
    expect(await told(one.id)).toEqual([]);
    await expect(
      bookAppointment(callAs(services, ANONYMOUS), {
        serviceId,
        officeId,
        start: NINE,
        person: {
          givenName: 'Ivo',
          familyName: 'Neri',
          email: 'ivo@example.org',
          phone: undefined,
          taxCode: undefined,
          domicile: undefined,
        },
      }),
    ).rejects.toMatchObject({ status: 409 });
  });

  it('gives the others the nearest time and tells each once', async () => {
    const one = await book(NINE);
    const two = await book(half(7));
    const done = await apply(morning());
    expect(done).toMatchObject({ state: 'done', outcomes: { reseat: 2 } });
    for (const { id } of [one, two]) {
      const now = await standing(id);
      expect(now.state).toBe('confirmed');
      expect(now.start < NINE || now.start >= NINE + 4 * 60 * MINUTE).toBe(true);
      expect(await told(id)).toEqual(['appointment-moved']);
    }
  });

  it('owes a time to whoever cannot be given one, and lets go of what was only held', async () => {
    await services.database.execute(sql`delete from opening where weekday <> 1`);
    await services.database.execute(
      sql`update opening set valid_to = '2027-03-08'::date where weekday = 1`,
    );
    await rebuildFreeTime(systemCall(), { days: 40 });
    const one = await book(NINE);
    await services.database.execute(sql`insert into appointment
      (id, code, service_id, office_id, operator_id, starts_at, ends_at, state, created_at, updated_at, expires_at, holder)
      values (${services.ids()}, '0000000000', ${serviceId}, ${officeId}, ${one.operatorId},
        to_timestamp(${half(2) / 1000}), to_timestamp(${half(3) / 1000}), 'held', now(), now(), now(), 'x')`);
    const preview = await previewDisruption(operator(), morning());
    expect([preview.items.length, preview.holds.length]).toEqual([1, 1]);
    await apply(morning());
    expect(await standing(one.id)).toMatchObject({ state: 'displaced' });
    expect(await told(one.id)).toEqual(['appointment-displaced']);
    expect(
      await rows(services.database, sql`select state from appointment where state = 'expired'`),
    ).toHaveLength(1);
    expect(await rows(services.database, sql`select 1 from occupied where active`)).toEqual([]);
    expect(await listDisplaced(operator(), officeId)).toHaveLength(1);
  });

  it('done twice is done once: no second closure, no second message', async () => {
    const one = await book(NINE);
    const intent = morning();
    const first = await apply(intent);
    const after = await counts();
    const { token, items } = await previewDisruption(operator(), intent);
    expect(items).toEqual([]);
    const again = await applyDisruption(operator(), { ...intent, reason: 'guasto', token });
    expect(again.id).toBe(first.id);
    expect(await counts()).toEqual(after);
    expect(await told(one.id)).toHaveLength(1);
  });

  it('calls a day off once, tells everybody why, and counts it against nobody', async () => {
    const one = await book(NINE);
    const intent = morning({ kind: 'cancellation' });
    await apply(intent, { reason: 'assemblea' });
    expect(await standing(one.id)).toMatchObject({ state: 'revoked' });
    const [letter] = await rows<{ payload: { reason: string } }>(
      services.database,
      sql`select payload from outbox where kind = 'appointment-revoked'`,
    );
    expect(letter!.payload.reason).toBe('assemblea');
    const after = await counts();
    await apply(intent, { reason: 'assemblea' });
    expect(await counts()).toEqual(after);
    // The time itself stays open.
    await book(NINE);
  });

  it('applies only what was looked at: a booking in between asks for another look', async () => {
    await book(NINE);
    const { token } = await previewDisruption(operator(), morning());
    await book(half(3));
    const before = await counts();
    await expect(
      applyDisruption(operator(), { ...morning(), reason: 'guasto', token }),
    ).rejects.toMatchObject({ status: 409 });
    expect(await counts()).toEqual(before);
  });

  it('may decide otherwise for each person', async () => {
    const kept = await book(NINE);
    const off = await book(half(1));
    const rebooks = await book(half(2));
    const choices = { [kept.id]: 'keep', [off.id]: 'revoke', [rebooks.id]: 'displace' } as const;
    await apply(morning(), { choices });
    expect((await standing(kept.id)).state).toBe('confirmed');
    expect((await standing(off.id)).state).toBe('revoked');
    expect((await standing(rebooks.id)).state).toBe('displaced');
    expect(await told(kept.id)).toEqual([]);
  });

  it('that opens again gives the time back to those it was taken from, the earliest first', async () => {
    const ids = [];
    for (let turn = 0; turn < 3; turn++) ids.push((await book(half(turn))).id);
    const choices = Object.fromEntries(ids.map((id) => [id, 'displace' as const]));
    const { id } = await apply(morning(), { choices });
    // Only one operator comes back.
    await services.database.execute(sql`update operator set active = false where id = ${bea}`);
    await services.database.execute(sql`delete from free_time where operator_id = ${bea}`);
    const withdrawn = await withdrawClosure(operator(), id);
    expect(withdrawn.state).toBe('withdrawn');
    for (const one of ids) {
      expect(await standing(one)).toMatchObject({ state: 'confirmed' });
      expect((await told(one)).at(-1)).toBe('appointment-restored');
    }
    await withdrawClosure(operator(), id);
    for (const one of ids) expect(await told(one)).toHaveLength(1);
  });

  it('gives time that comes back to whoever booked first', async () => {
    const first = await book(NINE);
    const second = await book(NINE);
    const choices = { [first.id]: 'displace', [second.id]: 'displace' } as const;
    const { id } = await apply(morning(), { choices });
    await services.database.execute(sql`update operator set active = false where id = ${bea}`);
    await services.database.execute(sql`delete from free_time where operator_id = ${bea}`);
    await withdrawClosure(operator(), id);
    expect((await standing(first.id)).state).toBe('confirmed');
    expect((await standing(second.id)).state).toBe('displaced');
  });

  it('gives a cancelled time to somebody whose time was taken at that hour', async () => {
    const one = await book(NINE);
    const two = await book(NINE);
    await apply(morning({ operatorId: one.operatorId }), { choices: { [one.id]: 'displace' } });
    expect((await standing(one.id)).state).toBe('displaced');
    await cancelAppointment(callAs(services, { kind: 'administrator', userId: 'x' }), {
      id: two.id,
    });
    await carryOnDisruptions(systemCall());
    expect(await standing(one.id)).toMatchObject({ state: 'confirmed', start: NINE });
    expect(await told(one.id)).toEqual(['appointment-restored']);
  });

  it('lets the person choose another time with their code, or the desk find the nearest', async () => {
    const one = await book(NINE);
    const two = await book(half(1));
    const choices = { [one.id]: 'displace', [two.id]: 'displace' } as const;
    await apply(morning(), { choices });
    const pass = { code: one.code, contact: one.contactEmail! };
    await moveAppointment(callAs(services, ANONYMOUS), { id: one.id, start: NINE + DAY, pass });
    expect(await standing(one.id)).toMatchObject({ state: 'confirmed', start: NINE + DAY });
    await giveNearestTime(operator(), two.id);
    expect((await standing(two.id)).state).toBe('confirmed');
    expect(await listDisplaced(operator(), officeId)).toEqual([]);
  });

  it('finishes what was begun before a crash, and tells nobody twice', async () => {
    const ids = [];
    for (let turn = 0; turn < 6; turn++) ids.push((await book(half(turn))).id);
    const intent = morning({ kind: 'cancellation' });
    const { token } = await previewDisruption(operator(), intent);
    // The clock of this process stops after two people: as if it had been killed there.
    const stopping = operator();
    let looks = 0;
    const start = services.clock.now();
    const dying = {
      ...stopping,
      clock: { now: () => (++looks > 12 ? start + DAY : start) },
    };
    const begun = await applyDisruption(dying, { ...intent, reason: 'guasto', token });
    expect(begun.state).toBe('running');
    await carryOnDisruptions(systemCall());
    for (const id of ids) {
      expect((await standing(id)).state).toBe('revoked');
      expect(await told(id)).toEqual(['appointment-revoked']);
    }
    const states = await rows(services.database, sql`select state from disruption`);
    expect(states).toEqual([{ state: 'done' }]);
  });

  it('that moves house tells everybody who comes after it, and has its new address from then on', async () => {
    const before = await book(NINE);
    const after = await book(NINE + 7 * DAY);
    const from = NINE + 5 * DAY;
    const wanted = { officeId, from, address: 'Via Nuova 1, Palermo', reason: 'trasloco' };
    await announceRelocation(operator(), wanted);
    await announceRelocation(operator(), wanted);
    expect(await told(before.id)).toEqual([]);
    expect(await told(after.id)).toEqual(['office-moves']);
    const address = () =>
      rows<{ address: string | null }>(
        services.database,
        sql`select address from office where id = ${officeId}`,
      ).then(([found]) => found!.address);
    expect(await address()).not.toBe('Via Nuova 1, Palermo');
    services.setNow(toRfc3339(from));
    await carryOnDisruptions(systemCall());
    expect(await address()).toBe('Via Nuova 1, Palermo');
  });
});
