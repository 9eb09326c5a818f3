import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decideJustification } from '../../src/attendance/actions/decide-justification.ts';
import { forgetOldPapers } from '../../src/attendance/actions/forget-old.ts';
import { listUnrecorded } from '../../src/attendance/actions/list-unrecorded.ts';
import {
  listJustifications,
  readDocument,
  readJustification,
} from '../../src/attendance/actions/read-justifications.ts';
import { recordAbsences } from '../../src/attendance/actions/record-absences.ts';
import { revokeUnreceived } from '../../src/attendance/actions/revoke-unreceived.ts';
import { sendJustification } from '../../src/attendance/actions/send-justification.ts';
import { rebuildFreeTime } from '../../src/booking/actions/rebuild-free-time.ts';
import { appointmentById } from '../../src/booking/store/appointments.ts';
import { closure } from '../../src/network/table.ts';
import { ANONYMOUS } from '../../src/platform/actor.ts';
import { rows } from '../../src/platform/database.ts';
import { callAs } from '../support/app.ts';
import { aWorld, rosa, type World } from './world.ts';

let world: World;
const NINE = '2027-03-05T09:00:00+01:00';
const PDF = new TextEncoder().encode('%PDF-1.7 certificato');

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
});

const visitor = () => callAs(world.services, ANONYMOUS);
const stateOf = async (id: string) => (await appointmentById(world.services.database, id))!.state;
const kinds = async () =>
  (
    await rows<{ kind: string }>(
      world.services.database,
      sql`select kind from outbox where kind like 'justification%' order by created_at, kind`,
    )
  ).map(({ kind }) => kind);

async function absent() {
  const booked = await world.book(NINE);
  world.services.setNow('2027-03-05T10:00:00+01:00');
  await recordAbsences(world.desk(), [booked.id]);
  return booked;
}

const sending = (booked: { id: string; code: string }) => ({
  appointmentId: booked.id,
  pass: { code: booked.code, contact: rosa.email },
  ground: 'illness' as const,
  statement: 'Avevo la febbre.',
});

describe('at the end of the day', () => {
  it('the desk is shown who has no outcome, and nobody is absent until it says so', async () => {
    const booked = await world.book(NINE);
    world.services.setNow('2027-03-05T09:29:00+01:00');
    expect(await listUnrecorded(world.desk(), world.officeId)).toEqual([]);
    world.services.setNow('2027-03-05T18:00:00+01:00');
    expect(await listUnrecorded(world.desk(), world.officeId)).toMatchObject([
      { id: booked.id, proposal: 'absent', familyName: 'Rossi' },
    ]);
    expect(await stateOf(booked.id)).toBe('confirmed');
    const gone = world.services.ids();
    expect(await recordAbsences(world.desk(), [gone, booked.id])).toEqual({
      recorded: 1,
      refused: [gone],
    });
    expect(await stateOf(booked.id)).toBe('absent');
    expect(await listUnrecorded(world.desk(), world.officeId)).toEqual([]);
  });

  it('where the operator was away, the office takes the fault', async () => {
    const booked = await world.book(NINE);
    await world.services.database.insert(closure).values({
      id: world.services.ids(),
      officeId: world.officeId,
      operatorId: world.operatorId,
      during: '[2027-03-05 08:00+01, 2027-03-05 14:00+01)',
      reason: 'malattia',
    });
    world.services.setNow('2027-03-05T18:00:00+01:00');
    expect(await listUnrecorded(world.desk(), world.officeId)).toMatchObject([
      { proposal: 'revoke' },
    ]);
    expect(await recordAbsences(world.desk(), [booked.id])).toMatchObject({ recorded: 0 });
    await revokeUnreceived(world.desk(), booked.id);
    expect(await stateOf(booked.id)).toBe('revoked');
    await expect(sendJustification(visitor(), sending(booked))).rejects.toMatchObject({
      kind: { slug: 'nothing-to-justify' },
    });
  });
});

describe('a jobseeker who could not come', () => {
  it('says why, with a document, and is excused; the desk can take it back', async () => {
    const booked = await absent();
    const sent = await sendJustification(visitor(), {
      ...sending(booked),
      document: { name: 'Certificato médico.pdf', content: PDF },
    });
    expect(sent).toMatchObject({
      state: 'sent',
      late: false,
      deadline: Date.parse('2027-03-07T00:00:00+01:00'),
      documents: [{ name: 'Certificato-medico.pdf', mediaType: 'application/pdf' }],
    });
    expect(await listJustifications(world.desk(), 'open')).toHaveLength(1);

    const accepted = await decideJustification(world.desk(), sent.id, { kind: 'accept' });
    expect(accepted.state).toBe('accepted');
    expect(await stateOf(booked.id)).toBe('excused');
    await decideJustification(world.desk(), sent.id, { kind: 'undo' });
    expect(await stateOf(booked.id)).toBe('absent');
    await decideJustification(world.desk(), sent.id, { kind: 'reject', reason: 'Senza data.' });
    expect(await stateOf(booked.id)).toBe('absent');
    expect(await kinds()).toEqual([
      'justification-accepted',
      'justification-received',
      'justification-rejected',
    ]);
  });

  it('may send it late: it is read, and marked', async () => {
    const booked = await absent();
    world.services.setNow('2027-03-07T00:00:00+01:00');
    expect(await sendJustification(visitor(), sending(booked))).toMatchObject({ late: true });
  });

  it('was ill longer: the clock starts when the illness ended', async () => {
    const booked = await absent();
    world.services.setNow('2027-03-09T12:00:00+01:00');
    const sent = await sendJustification(visitor(), {
      ...sending(booked),
      impedimentEndsOn: '2027-03-08',
    });
    expect(sent).toMatchObject({ late: false, impedimentEndsOn: '2027-03-08' });
  });

  it('may say so beforehand, and the time is free for others once accepted', async () => {
    const booked = await world.book(NINE);
    const sent = await sendJustification(visitor(), sending(booked));
    await decideJustification(world.desk(), sent.id, { kind: 'accept' });
    expect(await stateOf(booked.id)).toBe('excused');
    await world.book(NINE);
    await expect(
      decideJustification(world.desk(), sent.id, { kind: 'undo' }),
    ).rejects.toMatchObject({ kind: { slug: 'justification-decision-stands' } });
  });

  it('answers what the office asks, once, and cannot send two', async () => {
    const booked = await absent();
    const sent = await sendJustification(visitor(), sending(booked));
    await expect(sendJustification(visitor(), sending(booked))).rejects.toMatchObject({
      kind: { slug: 'justification-sent' },
    });
    await decideJustification(world.desk(), sent.id, { kind: 'ask', reason: 'Un certificato?' });
    world.services.setNow('2027-03-10T12:00:00+01:00');
    const answered = await sendJustification(visitor(), {
      ...sending(booked),
      statement: 'Eccolo.',
      document: { name: 'x.pdf', content: PDF },
    });
    expect(answered).toMatchObject({
      id: sent.id,
      state: 'sent',
      late: false,
      statement: 'Avevo la febbre.\n\nEccolo.',
    });
    expect(answered.documents).toHaveLength(1);
  });

  it('cannot with another’s code, nor with a file that is no document', async () => {
    const booked = await absent();
    await expect(
      sendJustification(visitor(), {
        ...sending(booked),
        pass: { code: booked.code, contact: 'other@example.org' },
      }),
    ).rejects.toMatchObject({ status: 404 });
    const page = new TextEncoder().encode('<html><script>alert(1)</script>');
    await expect(
      sendJustification(visitor(), {
        ...sending(booked),
        document: { name: 'certificato.pdf', content: page },
      }),
    ).rejects.toMatchObject({ kind: { slug: 'document-refused' } });
    expect(await listJustifications(world.desk(), 'open')).toEqual([]);
  });
});

describe('a document', () => {
  async function documented() {
    const booked = await absent();
    const sent = await sendJustification(visitor(), {
      ...sending(booked),
      document: { name: 'certificato.pdf', content: PDF },
    });
    return { sent, document: sent.documents[0]! };
  }

  it('lies encrypted, is read by the office’s staff, and reading it leaves a trace', async () => {
    const { sent, document } = await documented();
    const [kept] = await rows<{ found: boolean }>(
      world.services.database,
      sql`select position('certificato'::bytea in sealed) > 0 as found from justification_document`,
    );
    expect(kept!.found).toBe(false);
    const read = await readDocument(world.desk(), document.id);
    expect(new TextDecoder().decode(read.content)).toBe('%PDF-1.7 certificato');
    const elsewhere = callAs(world.services, {
      kind: 'operator',
      operatorId: world.services.ids(),
      officeIds: [],
    });
    await expect(readDocument(elsewhere, document.id)).rejects.toMatchObject({ status: 403 });
    await expect(readJustification(elsewhere, sent.id)).rejects.toMatchObject({ status: 404 });
    await expect(readDocument(visitor(), document.id)).rejects.toMatchObject({ status: 401 });
    const audited = await rows(
      world.services.database,
      sql`select 1 from audit_event where action = 'read-document'`,
    );
    expect(audited).toHaveLength(1);
  });

  it('is forgotten when its time is over; that the person was excused stays', async () => {
    const { sent } = await documented();
    await decideJustification(world.desk(), sent.id, { kind: 'accept' });
    world.services.setNow('2028-03-04T10:00:00+01:00');
    await forgetOldPapers(world.system());
    expect((await readJustification(world.desk(), sent.id)).documents).toHaveLength(1);
    world.services.setNow('2028-03-06T10:00:00+01:00');
    await forgetOldPapers(world.system());
    expect(await readJustification(world.desk(), sent.id)).toMatchObject({
      documents: [],
      statement: null,
      ground: 'illness',
      appointmentState: 'excused',
    });
  });

  it('and so are notes that people wrote with appointments long past', async () => {
    const booked = await absent();
    await world.services.database.execute(sql`update appointment set note = 'in gravidanza'`);
    world.services.setNow('2029-03-05T10:00:00+01:00');
    await forgetOldPapers(world.system());
    expect(await appointmentById(world.services.database, booked.id)).toMatchObject({
      note: undefined,
      state: 'absent',
    });
  });
});
