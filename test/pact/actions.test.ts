import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditEvent } from '../../src/identity/table.ts';
import { bacinoComune } from '../../src/network/table.ts';
import { draftPact } from '../../src/pact/actions/draft-pact.ts';
import { editPact } from '../../src/pact/actions/edit-pact.ts';
import { listPacts, readPact } from '../../src/pact/actions/read-pact.ts';
import { readPersonFile } from '../../src/pact/actions/read-person-file.ts';
import { registerDid } from '../../src/pact/actions/register-did.ts';
import { reopenPact } from '../../src/pact/actions/reopen-pact.ts';
import { signPact } from '../../src/pact/actions/sign-pact.ts';
import type { Pact } from '../../src/pact/store.ts';
import { pact, pactAction } from '../../src/pact/table.ts';
import { postgresFault } from '../../src/platform/database.ts';
import type { Problem } from '../../src/platform/problem.ts';
import { computeProfile } from '../../src/profiling/actions/compute-profile.ts';
import { decidePercorso } from '../../src/profiling/actions/decide-percorso.ts';
import { recordReading } from '../../src/profiling/actions/record-reading.ts';
import { saveInterview } from '../../src/profiling/actions/save-interview.ts';
import { savePersonData } from '../../src/profiling/actions/save-person-data.ts';
import { ANSWERS, aWorld, SOMEBODY, type World } from '../profiling/journey.ts';
import { callAs, TEST_NOW, type TestServices, testServices } from '../support/app.ts';

let services: TestServices;
let world: World;

beforeAll(async () => {
  services = await testServices();
});
afterAll(() => services.close());
beforeEach(async () => {
  services.setNow(TEST_NOW);
  await services.database.delete(bacinoComune);
  world = await aWorld(services);
});

const call = (actor = world.operator as Parameters<typeof callAs>[1]) => callAs(services, actor);

const did = () =>
  registerDid(call(), {
    personId: world.personId,
    declaredOn: '2027-02-20',
    benefit: 'naspi',
    benefitClaimedOn: '2027-02-20',
  });

async function decided() {
  const { personId } = world;
  await savePersonData(call(), { personId, data: SOMEBODY });
  const profile = await computeProfile(call(), { personId, trigger: 'DID' });
  await recordReading(call(), profile.id);
  const talk = await saveInterview(call(), { personId, answers: ANSWERS, complete: true });
  return decidePercorso(call(), {
    personId,
    profileId: profile.id,
    interviewId: talk.id,
    decided: 'P3',
  });
}

async function drafted(): Promise<Pact> {
  await did();
  await decided();
  return draftPact(call(), world.personId);
}

async function refusal(work: Promise<unknown>): Promise<[slug: string, ...pointers: string[]]> {
  const problem = (await work.then(
    () => undefined,
    (error: unknown) => error,
  )) as Problem | undefined;
  if (!problem?.kind) throw problem ?? new Error('nothing was refused');
  return [problem.kind.slug, ...(problem.extra.errors ?? []).map((fault) => fault.pointer)];
}

const sign = (
  actor: Parameters<typeof callAs>[1],
  { id, revision }: Pact,
  signature: Parameters<typeof signPact>[1]['signature'],
) => signPact(call(actor), { pactId: id, revision, signature });

const terms = (version: Pact) => ({
  pactId: version.id,
  revision: version.revision,
  startsOn: version.startsOn,
  endsOn: version.endsOn,
  content: version.content,
  actions: version.actions.map(({ who, what, dueOn, proof, legalLetter }) => ({
    who,
    what,
    dueOn,
    proof,
    letter: legalLetter,
  })),
});

describe('a Did', () => {
  it('is registered once at a time, with dates that can be', async () => {
    await did();
    expect(await refusal(did())).toEqual(['did-already-open']);
  });

  it.each([
    [{ declaredOn: '2027-03-05' }, '/declared_on'],
    [{ benefit: 'naspi' as const }, '/benefit_claimed_on'],
    [{ contactedOn: '2027-02-01' }, '/contacted_on'],
    [{ contactedOn: '2027-12-01' }, '/contacted_on'],
  ])('is refused with %j', async (change, pointer) => {
    const work = registerDid(call(), {
      personId: world.personId,
      declaredOn: '2027-02-20',
      benefit: 'none',
      ...change,
    });
    expect(await refusal(work)).toEqual(['invalid-request', pointer]);
  });

  it('is not registered by other offices, nor by the person', async () => {
    const input = { personId: world.personId, declaredOn: '2027-02-20', benefit: 'none' as const };
    expect(await refusal(registerDid(call(world.stranger), input))).toEqual(['not-found']);
    expect(await refusal(registerDid(call(world.jobseeker), input))).toEqual(['forbidden']);
  });
});

describe('a patto', () => {
  it('needs a Did and a decided percorso', async () => {
    expect(await refusal(draftPact(call(), world.personId))).toEqual(['did-missing']);
    await did();
    expect(await refusal(draftPact(call(), world.personId))).toEqual(['percorso-undecided']);
  });

  it('is made of the measures of the percorso, with the job that the interview named', async () => {
    const draft = await drafted();
    expect(draft).toMatchObject({
      state: 'draft',
      version: 1,
      percorso: 'P3',
      startsOn: '2027-03-04',
      responsabileName: 'Ada Operatrice',
    });
    expect(draft.content.targetJob).toBe('Cuoca in una mensa');
    expect(draft.actions.map((action) => action.measure)).toContain('long-training');
    expect(await refusal(draftPact(call(), world.personId))).toEqual(['patto-already-open']);
  });

  it('is changed while a draft, not by who read an older text, and never left incomplete', async () => {
    const draft = await drafted();
    const edited = await editPact(call(), {
      ...terms(draft),
      content: { ...draft.content, contactEveryDays: 15 },
    });
    expect(edited.content.contactEveryDays).toBe(15);
    expect(edited.actions).toHaveLength(draft.actions.length);
    expect(await refusal(editPact(call(), terms(draft)))).toEqual(['edited-meanwhile']);
    expect(await refusal(editPact(call(), { ...terms(edited), actions: [] }))).toEqual([
      'invalid-request',
      '/actions',
    ]);
  });

  it('is not seen by the person while a draft, nor by other offices ever', async () => {
    const draft = await drafted();
    expect(await refusal(readPact(call(world.jobseeker), draft.id))).toEqual(['not-found']);
    expect(await listPacts(call(world.jobseeker), world.personId)).toEqual([]);
    expect(await refusal(readPact(call(world.stranger), draft.id))).toEqual(['not-found']);
  });

  it('is signed by the operator, then by the person online, and is final', async () => {
    const draft = await drafted();
    expect(await refusal(sign(world.operator, draft, 'person_desk'))).toEqual([
      'signature-out-of-turn',
    ]);
    const waiting = await sign(world.operator, draft, 'operator');
    expect(waiting.state).toBe('awaiting_person');
    expect(await refusal(editPact(call(), terms(waiting)))).toEqual(['patto-not-editable']);
    expect(await refusal(sign(world.operator, waiting, 'person_online'))).toEqual(['forbidden']);
    expect(await refusal(sign(world.jobseeker, waiting, 'person_desk'))).toEqual(['forbidden']);
    expect(await refusal(sign(world.jobseeker, draft, 'person_online'))).toEqual([
      'edited-meanwhile',
    ]);
    const signed = await sign(world.jobseeker, waiting, 'person_online');
    expect(signed).toMatchObject({ state: 'signed', personSignedHow: 'online' });
    const trail = await services.database
      .select()
      .from(auditEvent)
      .where(eq(auditEvent.subjectId, draft.id));
    expect(trail.map((event) => event.action)).toEqual(['draft-pact', 'sign-pact', 'sign-pact']);
  });

  it('cannot be touched once signed, not even in the database', async () => {
    const waiting = await sign(world.operator, await drafted(), 'operator');
    const constraintOf = (work: PromiseLike<unknown>) =>
      Promise.resolve(work).then(
        () => undefined,
        (error: unknown) => postgresFault(error)?.constraint,
      );
    const { database } = services;
    expect(
      await constraintOf(database.delete(pactAction).where(eq(pactAction.pactId, waiting.id))),
    ).toBe('pact_action_is_final');
    await sign(world.operator, waiting, 'person_desk');
    expect(
      await constraintOf(
        database.update(pact).set({ endsOn: '2030-01-01' }).where(eq(pact.id, waiting.id)),
      ),
    ).toBe('pact_signed_is_final');
  });

  it('is reopened while the person has not signed, and followed by a new version after', async () => {
    const waiting = await sign(world.operator, await drafted(), 'operator');
    const reopened = await reopenPact(call(), { pactId: waiting.id, revision: waiting.revision });
    expect(reopened).toMatchObject({ state: 'draft', operatorSignedAt: null });
    const edited = await editPact(call(), {
      ...terms(reopened),
      content: { ...reopened.content, targetJob: 'Aiuto cuoca' },
    });
    const signed = await sign(
      world.operator,
      await sign(world.operator, edited, 'operator'),
      'person_desk',
    );
    const stale = { pactId: signed.id, revision: signed.revision };
    expect(await refusal(reopenPact(call(), stale))).toEqual(['patto-not-editable']);
    const next = await draftPact(call(), world.personId);
    expect(next).toMatchObject({ version: 2, state: 'draft' });
    expect(next.content.targetJob).toBe('Aiuto cuoca');
    expect(next.actions).toHaveLength(edited.actions.length);
    expect(await listPacts(call(world.jobseeker), world.personId)).toHaveLength(1);
  });

  it('stops the clocks of the law on the person’s file', async () => {
    await did();
    const states = async () =>
      (await readPersonFile(call(), world.personId)).deadlines.map((d) => [d.rule.code, d.state]);
    expect(await states()).toEqual([
      ['contact-after-claim', 'running'],
      ['telematic-profiling', 'running'],
    ]);
    services.setNow('2027-03-09T10:00:00+01:00');
    expect((await states())[0]).toEqual(['contact-after-claim', 'overdue']);
    await decided();
    expect(await states()).toEqual([
      ['profile-update', 'running'],
      ['contact-after-claim', 'met_late'],
      ['telematic-profiling', 'met'],
    ]);
  });
});
