import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decideJustification } from '../../src/attendance/actions/decide-justification.ts';
import { decideMeasure, withdrawMeasure } from '../../src/attendance/actions/decide-measure.ts';
import { readAbsence } from '../../src/attendance/actions/read-absence.ts';
import { recordAbsences } from '../../src/attendance/actions/record-absences.ts';
import { sendJustification } from '../../src/attendance/actions/send-justification.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { openBenefit } from '../../src/pact/store.ts';
import { as, callAs, testApp } from '../support/app.ts';
import { aPerson, aWorld, convoked, type World, withNaspi } from './world.ts';

let world: World;
let personId: string;

beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.services.close());
beforeEach(async () => {
  world.services.setNow('2027-03-04T09:00:00+01:00');
  await world.services.database.execute(
    sql`truncate appointment, occupied, outbox, audit_event, free_time, person, closure, justification cascade`,
  );
  await rebuildFreeTime(world.system(), { days: 60 });
  personId = await aPerson(world.services);
});

const read = (id: string) => readAbsence(world.desk(), id, openBenefit);
const LATER = '2027-04-30T09:00:00+02:00';

/** Absences on these days, each after a convocation. */
async function absences(
  days: readonly string[],
  by: Parameters<typeof convoked>[2] = { channel: 'pec', delivered: true },
) {
  const ids: string[] = [];
  for (const day of days) {
    const booked = await world.book(`${day}T09:00:00+01:00`, personId);
    await convoked(world, booked, by);
    world.services.setNow(`${day}T10:00:00+01:00`);
    await recordAbsences(world.desk(), [booked.id]);
    ids.push(booked.id);
  }
  world.services.setNow(LATER);
  return ids;
}

describe('absences from convocations delivered by certified mail', () => {
  it('are proposed as a quarter, a month, and the loss; people decide', async () => {
    await withNaspi(world, personId);
    const ids = await absences(['2027-03-08', '2027-03-15', '2027-03-22']);
    const files = await Promise.all(ids.map(read));
    expect(files.map(({ proposal }) => [proposal?.ordinal, proposal?.step])).toEqual([
      [1, 'quarter_month'],
      [2, 'month'],
      [3, 'benefit_and_status'],
    ]);
    expect(files[2]!.proposal!.evidence).toMatchObject({
      channel: 'pec',
      proofs: [{ kind: 'pec_delivered', reference: 'ricevuta 42' }],
      earlier: [{ appointmentId: ids[0] }, { appointmentId: ids[1] }],
      reading: { verified: false },
    });
    expect(files.every(({ measure }) => measure === undefined)).toBe(true);

    const decision = { appointmentId: ids[0]!, adopt: true, reason: 'Nessun motivo addotto.' };
    await decideMeasure(world.desk(), decision, openBenefit);
    expect((await read(ids[0]!)).measure).toMatchObject({ state: 'adopted', ordinal: 1 });
    await expect(decideMeasure(world.desk(), decision, openBenefit)).rejects.toMatchObject({
      kind: { slug: 'absence-measure-decided' },
    });
  });

  it('what an official sets aside counts no more', async () => {
    await withNaspi(world, personId);
    const [first, second] = await absences(['2027-03-08', '2027-03-15']);
    const decision = { appointmentId: first!, adopt: true, reason: 'Nessun motivo.' };
    await decideMeasure(world.desk(), decision, openBenefit);
    expect((await read(second!)).proposal?.ordinal).toBe(2);
    await withdrawMeasure(world.desk(), first!, 'Prova errata.');
    expect((await read(second!)).proposal?.ordinal).toBe(1);
  });

  it('one that is justified does not count, and one being justified is frozen', async () => {
    await withNaspi(world, personId);
    const [first, second] = await absences(['2027-03-08', '2027-03-15']);
    const self = callAs(world.services, { kind: 'jobseeker', personId });
    const sent = await sendJustification(self, {
      appointmentId: first!,
      ground: 'court',
      statement: 'Ero in tribunale.',
    });
    expect((await read(first!)).standing).toBe('justification-open');
    expect((await read(second!)).proposal?.ordinal).toBe(1);
    await decideJustification(world.desk(), sent.id, { kind: 'reject', reason: 'Nessuna prova.' });
    expect((await read(second!)).proposal?.ordinal).toBe(2);
    const decision = { appointmentId: first!, adopt: true, reason: 'Nessuna prova.' };
    await decideMeasure(world.desk(), decision, openBenefit);
    await expect(
      decideJustification(world.desk(), sent.id, { kind: 'undo' }),
    ).rejects.toMatchObject({ kind: { slug: 'justification-decision-stands' } });
  });
});

describe('nothing can be adopted', () => {
  const refused = (id: string) =>
    expect(
      decideMeasure(
        world.desk(),
        { appointmentId: id, adopt: true, reason: 'Assente.' },
        openBenefit,
      ),
    ).rejects.toMatchObject({ kind: { slug: 'absence-not-sanctionable' } });

  it('when the convocation went by ordinary e-mail', async () => {
    await withNaspi(world, personId);
    const [id] = await absences(['2027-03-08'], { channel: 'email' });
    expect(await read(id!)).toMatchObject({ standing: 'informal-channel', proposal: undefined });
    await refused(id!);
  });

  it('when the delivery is not proved', async () => {
    await withNaspi(world, personId);
    const [id] = await absences(['2027-03-08'], { channel: 'pec' });
    expect((await read(id!)).standing).toBe('proof-missing');
    await refused(id!);
  });

  it.each(['adi', 'sfl'] as const)(
    'to %s by the ladder of another law: the evidence is gathered, the official knows the measure',
    async (benefit) => {
      await withNaspi(world, personId);
      await world.services.database.execute(sql`update did set benefit = ${benefit}`);
      const [first, second] = await absences(['2027-03-08', '2027-03-15']);
      const file = await read(second!);
      expect(file).toMatchObject({ standing: 'own-regime', proposal: undefined });
      expect(file.evidence?.earlier.map(({ appointmentId }) => appointmentId)).toEqual([first]);
      await refused(second!);
      const answer = await testApp(world.services).request(`/v1/absences/${second}`, {
        headers: await as(world.services, {
          kind: 'operator',
          operatorId: world.operatorId,
          officeIds: [world.officeId],
        }),
      });
      const said = (await answer.json()) as Record<string, unknown>;
      expect(said).toMatchObject({
        benefit: { kind: benefit },
        evidence: { proofs: [{ reference: 'ricevuta 42' }], earlier: [first] },
        law: expect.stringContaining('48, art. 8'),
      });
      expect(said).not.toHaveProperty('proposal');
      expect(said).not.toHaveProperty('appeal');
    },
  );

  it('when the person simply booked, or receives nothing, or may still justify', async () => {
    const [id] = await absences(['2027-03-08']);
    expect((await read(id!)).standing).toBe('no-benefit');
    await withNaspi(world, personId);
    world.services.setNow('2027-03-09T23:59:00+01:00');
    expect((await read(id!)).standing).toBe('term-open');
    await refused(id!);
    world.services.setNow('2027-03-10T00:00:00+01:00');
    expect((await read(id!)).standing).toBe('ready');
    const booked = await world.book('2027-03-16T09:00:00+01:00', personId);
    world.services.setNow('2027-03-16T10:00:00+01:00');
    await recordAbsences(world.desk(), [booked.id]);
    world.services.setNow(LATER);
    expect((await read(booked.id)).standing).toBe('not-convoked');
  });
});
