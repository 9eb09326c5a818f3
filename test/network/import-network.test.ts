import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditEvent } from '../../src/identity/table.ts';
import { importNetwork } from '../../src/network/actions/import-network.ts';
import { competentOffice, officeByCode } from '../../src/network/store.ts';
import { bacinoComune, office, opening, operator } from '../../src/network/table.ts';
import type { Actor } from '../../src/platform/actor.ts';
import { Problem } from '../../src/platform/problem.ts';
import { callAs, type TestServices, testServices } from '../support/app.ts';

let services: TestServices;
beforeAll(async () => {
  services = await testServices();
});
afterAll(() => services.close());

const administrator: Actor = { kind: 'administrator', userId: 'admin' };
const load = (files: Parameters<typeof importNetwork>[1], actor: Actor = administrator) =>
  importNetwork(callAs(services, actor), files);

const categories =
  'code,level,name,valid_from,source\nB,2,B,2020-01-01,contract\nC,3,C,2020-01-01,contract\n';
const offices =
  'code,name,seat_istat,seat_kind,seat_source,seat_date\npa-palermo,Cpi di Palermo,082053,sourced,a newspaper,2022-07-03\nme-messina,Cpi di Messina,083048,,,\n';
const comuni =
  'comune_istat,office_code,kind,source\n082053,pa-palermo,sourced,a newspaper\n082075,pa-palermo,computed,the ferry\n083048,me-messina,,\n';
const operators =
  'staff_number,office_code,given_name,family_name,category,skills,languages,bookable\n1,pa-palermo,Maria,Rossi,C,patto|orientamento,it|fr,yes\n2,me-messina,Ugo,Verdi,B,did,,no\n';
const hours =
  'office_code,staff_number,weekday,starts,ends,valid_from\npa-palermo,,1,09:00,13:00,2026-01-01\npa-palermo,1,2,15:00,17:00,2026-01-01\n';

describe('an administrator imports a network', () => {
  it('offices, bacini, operators and hours are there afterwards, and the audit trail tells', async () => {
    const outcome = await load({ categories, offices, comuni, operators, 'opening-hours': hours });
    expect(outcome).toMatchObject({
      kind: 'imported',
      counts: { categories: 2, offices: 2, comuni: 3, operators: 2, 'opening-hours': 2 },
    });
    const palermo = await officeByCode(services.database, 'pa-palermo');
    expect(palermo).toMatchObject({ name: 'Cpi di Palermo', seat: '082053', demo: false });
    // Where the file gives no point, the comune's is taken.
    expect(palermo?.point.latitude).toBeCloseTo(38.1, 1);
    expect((await competentOffice(services.database, '082075'))?.code).toBe('pa-palermo');
    const [maria] = await services.database
      .select()
      .from(operator)
      .where(eq(operator.staffNumber, '1'));
    expect(maria).toMatchObject({
      skills: ['patto', 'orientamento'],
      languages: ['it', 'fr'],
      bookable: true,
    });
    const trail = await services.database
      .select()
      .from(auditEvent)
      .where(eq(auditEvent.action, 'import-network'));
    expect(trail).toHaveLength(1);
    expect(trail[0]).toMatchObject({ actorKind: 'administrator', detail: { offices: 2 } });
  });

  it('hours may be for some services only, or kept for the staff', async () => {
    const head = 'office_code,weekday,starts,ends,valid_from,skills,staff_only,public_hours_before';
    const rows = [
      'me-messina,1,09:00,13:00,2026-01-01,,,',
      'me-messina,1,09:00,11:00,2026-01-01,did|patto,,',
      'me-messina,2,09:00,11:00,2026-01-01,,yes,24',
    ];
    const told = await load({ 'opening-hours': `${head}\n${rows.join('\n')}\n` });
    expect(told).toMatchObject({ kind: 'imported' });
    const messina = await officeByCode(services.database, 'me-messina');
    const kept = await services.database
      .select()
      .from(opening)
      .where(eq(opening.officeId, messina!.id));
    expect(
      kept.map(({ skills, staffOnly, publicHoursBefore }) => [
        skills,
        staffOnly,
        publicHoursBefore,
      ]),
    ).toEqual([
      [null, false, null],
      [['did', 'patto'], false, null],
      [null, true, 24],
    ]);
    const wrong = 'me-messina,2,09:00,11:00,2026-01-01,,no,24';
    const refused = await load({ 'opening-hours': `${head}\n${wrong}\n` });
    expect(refused).toMatchObject({
      kind: 'refused',
      faults: [{ line: 2, column: 'public_hours_before' }],
    });
  });

  it('each office says where its facts come from, as weak as the weakest of them', async () => {
    const [palermo] = await services.database
      .select()
      .from(office)
      .where(eq(office.code, 'pa-palermo'));
    expect(palermo?.provenance).toEqual({
      seat: { kind: 'sourced', source: 'a newspaper', date: '2022-07-03' },
      bacino: { kind: 'computed', source: 'a newspaper; the ferry' },
      staff: { kind: 'declared', source: 'import' },
      hours: { kind: 'declared', source: 'import' },
    });
  });

  it('importing again updates in place: same ids, new names, hours replaced', async () => {
    const before = await officeByCode(services.database, 'pa-palermo');
    const outcome = await load({
      offices: 'code,name,seat_istat\npa-palermo,Cpi di Palermo Centro,082053\n',
      'opening-hours':
        'office_code,staff_number,weekday,starts,ends,valid_from\npa-palermo,,1,08:30,12:30,2026-01-01\npa-palermo,,3,08:30,12:30,2026-01-01\n',
    });
    expect(outcome.kind).toBe('imported');
    const after = await officeByCode(services.database, 'pa-palermo');
    expect(after?.id).toBe(before?.id);
    expect(after?.name).toBe('Cpi di Palermo Centro');
    const windows = await services.database
      .select()
      .from(opening)
      .where(eq(opening.officeId, before!.id))
      .orderBy(sql`operator_id nulls first`, opening.weekday);
    expect(
      windows.map(({ weekday, starts, operatorId }) => [weekday, starts, operatorId !== null]),
    ).toEqual([
      [1, '08:30:00', false],
      [3, '08:30:00', false],
      [2, '15:00:00', true],
    ]);
  });

  it('a comune moves to another office by being named again', async () => {
    await load({ comuni: 'comune_istat,office_code\n082075,me-messina\n' });
    expect((await competentOffice(services.database, '082075'))?.code).toBe('me-messina');
    expect(await services.database.select().from(bacinoComune)).toHaveLength(3);
  });

  it('an office can be put out of service', async () => {
    await load({ offices: 'code,name,seat_istat,active\nme-messina,Cpi di Messina,083048,no\n' });
    expect(await officeByCode(services.database, 'me-messina')).toBeUndefined();
  });

  it('one fault in one file, and nothing of any file is written', async () => {
    const outcome = await load({
      offices: 'code,name,seat_istat\nen-enna,Cpi di Enna,086009\n',
      comuni: 'comune_istat,office_code\n086009,en-enna\n000000,en-enna\n',
    });
    expect(outcome).toMatchObject({ kind: 'refused', faults: [{ file: 'comuni', line: 3 }] });
    expect(await officeByCode(services.database, 'en-enna')).toBeUndefined();
  });

  it('nobody but an administrator may import', async () => {
    const others: Actor[] = [
      { kind: 'anonymous' },
      { kind: 'jobseeker', personId: 'p' },
      { kind: 'operator', operatorId: 'o', officeIds: [] },
      { kind: 'planner', userId: 'u' },
    ];
    for (const actor of others) {
      await expect(load({ offices }, actor), actor.kind).rejects.toThrow(Problem);
    }
  });
});
