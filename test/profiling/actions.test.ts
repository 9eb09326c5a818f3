import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditEvent } from '../../src/identity/table.ts';
import { bacinoComune } from '../../src/network/table.ts';
import { systemCall } from '../../src/platform/call.ts';
import { postgresFault } from '../../src/platform/database.ts';
import type { Problem } from '../../src/platform/problem.ts';
import { computeProfile } from '../../src/profiling/actions/compute-profile.ts';
import { decidePercorso } from '../../src/profiling/actions/decide-percorso.ts';
import { explainProfile } from '../../src/profiling/actions/explain-profile.ts';
import { listPersons } from '../../src/profiling/actions/list-persons.ts';
import { readAssessment } from '../../src/profiling/actions/read-assessment.ts';
import { readProposal } from '../../src/profiling/actions/read-proposal.ts';
import { recomputeDueProfiles } from '../../src/profiling/actions/recompute-due-profiles.ts';
import { recordReading } from '../../src/profiling/actions/record-reading.ts';
import { saveInterview } from '../../src/profiling/actions/save-interview.ts';
import { savePersonData } from '../../src/profiling/actions/save-person-data.ts';
import { interview, profile } from '../../src/profiling/table.ts';
import { callAs, TEST_NOW, type TestServices, testServices } from '../support/app.ts';
import { ANSWERS, aWorld, SOMEBODY, type World } from './journey.ts';

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

async function profiled() {
  await savePersonData(call(), { personId: world.personId, data: SOMEBODY });
  return computeProfile(call(), { personId: world.personId, trigger: 'DID' });
}

async function interviewed(answers = ANSWERS) {
  return saveInterview(call(), { personId: world.personId, answers, complete: true });
}

/** The slug and the pointers of the problem that `work` ends in. */
async function refusal(work: Promise<unknown>): Promise<[slug: string, ...pointers: string[]]> {
  const problem = (await work.then(
    () => undefined,
    (error: unknown) => error,
  )) as Problem | undefined;
  if (!problem?.kind) throw problem ?? new Error('nothing was refused');
  return [problem.kind.slug, ...(problem.extra.errors ?? []).map((fault) => fault.pointer)];
}

describe('an operator', () => {
  it('finds the people of the own comuni by the first letters of a name, and nobody else’s', async () => {
    expect((await listPersons(call(), 'pro ros')).persons.map((p) => p.id)).toContain(
      world.personId,
    );
    expect((await listPersons(call(), 'nobody')).persons).toEqual([]);
    expect((await listPersons(call(), '%')).persons).toEqual([]);
    expect((await listPersons(call(world.stranger), 'pro')).persons).toEqual([]);
  });

  it('of another office is told that there is nobody', async () => {
    const stranger = call(world.stranger);
    const { personId } = world;
    expect(await refusal(readAssessment(stranger, personId))).toEqual(['not-found']);
    expect(await refusal(savePersonData(stranger, { personId, data: SOMEBODY }))).toEqual([
      'not-found',
    ]);
    expect(await refusal(computeProfile(stranger, { personId, trigger: 'DID' }))).toEqual([
      'not-found',
    ]);
    const found = await profiled();
    expect(await refusal(explainProfile(stranger, found.id))).toEqual(['not-found']);
    expect(await refusal(recordReading(stranger, found.id))).toEqual(['not-found']);
    expect(
      await refusal(saveInterview(stranger, { personId, answers: {}, complete: false })),
    ).toEqual(['not-found']);
  });

  it('is told which data cannot be true', async () => {
    const save = (data: object) =>
      refusal(savePersonData(call(), { personId: world.personId, data: { ...SOMEBODY, ...data } }));
    expect(await save({ birthDate: '2020-01-01', unemployedSince: '2026-01-01' })).toEqual([
      'invalid-request',
      '/birth_date',
    ]);
    expect(await save({ unemployedSince: '2027-03-05' })).toEqual([
      'invalid-request',
      '/unemployed_since',
    ]);
    expect(await save({ monthsWorkedLast2Years: 24 })).toEqual([
      'invalid-request',
      '/months_worked_last_2_years',
    ]);
  });

  it('cannot compute a profile of a person without a data form', async () => {
    const work = computeProfile(call(), { personId: world.personId, trigger: 'DID' });
    expect(await refusal(work)).toEqual(['data-form-missing']);
  });

  it('computes a profile that keeps what went in, the model’s hash, and the day of its update', async () => {
    const found = await profiled();
    expect(found).toMatchObject({ version: 1, trigger: 'DID', nextUpdateDueOn: '2027-06-02' });
    expect(found.inputs).toMatchObject({ age: '55_plus', months_out: '12_23' });
    expect(found.riskClass).toBe(3);
    expect(found.operatorName).toBe('Ada Operatrice');
    const trail = await services.database
      .select()
      .from(auditEvent)
      .where(eq(auditEvent.subjectId, found.id));
    expect(trail.map((event) => event.action)).toEqual(['compute-profile']);
  });

  it('keeps the national class beside the own one, over later versions', async () => {
    await profiled();
    const national = { class: 2, code: 'PRF-1', computedOn: '2027-03-01' };
    await computeProfile(call(), { personId: world.personId, trigger: 'MANUAL', national });
    const later = await computeProfile(call(), { personId: world.personId, trigger: 'MANUAL' });
    expect(later).toMatchObject({ version: 3, nationalClass: 2, nationalCode: 'PRF-1' });
  });

  it('cannot change a profile afterwards, not even in the database', async () => {
    const found = await profiled();
    const change = services.database
      .update(profile)
      .set({ riskClass: 1 })
      .where(eq(profile.id, found.id));
    const error = await change.then(
      () => undefined,
      (e: unknown) => e,
    );
    expect(postgresFault(error)?.constraint).toBe('profile_is_final');
  });
});

describe('the interview', () => {
  it('is saved half-way, taken up again and completed', async () => {
    const { personId } = world;
    const half = await saveInterview(call(), {
      personId,
      answers: { a_target_job: 'Cuoca' },
      complete: false,
    });
    expect(half).toMatchObject({ state: 'draft', version: 1 });
    const done = await saveInterview(call(), {
      personId,
      answers: ANSWERS,
      complete: true,
      draft: { id: half.id, version: 1 },
    });
    expect(done).toMatchObject({ id: half.id, state: 'complete', version: 2 });
    const again = saveInterview(call(), {
      personId,
      answers: ANSWERS,
      complete: true,
      draft: { id: half.id, version: 2 },
    });
    expect(await refusal(again)).toEqual(['interview-closed']);
    const error = await services.database
      .update(interview)
      .set({ answers: {} })
      .where(eq(interview.id, half.id))
      .then(
        () => undefined,
        (e: unknown) => e,
      );
    expect(postgresFault(error)?.constraint).toBe('interview_complete_is_final');
  });

  it('is not overwritten by who read an older version, and has one draft at a time', async () => {
    const { personId } = world;
    const half = await saveInterview(call(), { personId, answers: {}, complete: false });
    const save = (version: number) =>
      saveInterview(call(), {
        personId,
        answers: { a_last_job: 'x' },
        complete: false,
        draft: { id: half.id, version },
      });
    await save(1);
    expect(await refusal(save(1))).toEqual(['edited-meanwhile']);
    expect(
      await refusal(saveInterview(call(), { personId, answers: {}, complete: false })),
    ).toEqual(['conflict']);
  });

  it('is not completed while answers are missing, and knows no others', async () => {
    const { k_skills: _, ...partial } = ANSWERS;
    expect(await refusal(interviewed(partial))).toEqual(['invalid-request', '/answers/k_skills']);
    expect(await refusal(interviewed({ ...ANSWERS, z_moon: 'x' }))).toEqual([
      'invalid-request',
      '/answers/z_moon',
    ]);
  });

  it('keeps nothing sensitive without consent', async () => {
    const saved = await interviewed({ ...ANSWERS, c_consent: 'no' });
    expect(saved.answers).not.toHaveProperty('c_care');
    expect(saved.answers).not.toHaveProperty('c_health');
  });
});

describe('the percorso', () => {
  const decide = (
    profileId: string,
    interviewId: string,
    decided: 'P1' | 'P3' | 'P4',
    reason?: string,
  ) =>
    decidePercorso(call(), {
      personId: world.personId,
      profileId,
      interviewId,
      decided,
      ...(reason && { reason }),
    });

  it('is proposed when profile and interview are there', async () => {
    expect(await readProposal(call(), world.personId)).toBeUndefined();
    await profiled();
    await interviewed();
    const proposal = await readProposal(call(), world.personId);
    expect(proposal?.rule).toMatchObject({ code: 'high-risk', percorso: 'P3' });
    expect(proposal?.complexNeeds).toBe(1);
  });

  it('is decided only after the explanation was read', async () => {
    const found = await profiled();
    const talk = await interviewed();
    expect(await refusal(decide(found.id, talk.id, 'P3'))).toEqual(['explanation-unread']);
    await recordReading(call(), found.id);
    await recordReading(call(), found.id);
    expect((await explainProfile(call(), found.id)).readAt).toBe(services.clock.now());
    expect(await decide(found.id, talk.id, 'P3')).toMatchObject({
      proposed: 'P3',
      decided: 'P3',
      ruleCode: 'high-risk',
      reason: null,
    });
  });

  it('is departed from with a reason, either way', async () => {
    const found = await profiled();
    const talk = await interviewed();
    await recordReading(call(), found.id);
    for (const percorso of ['P1', 'P4'] as const) {
      expect(await refusal(decide(found.id, talk.id, percorso))).toEqual([
        'invalid-request',
        '/reason',
      ]);
    }
    const reason = 'Ha già una proposta di lavoro concreta.';
    expect(await decide(found.id, talk.id, 'P1', reason)).toMatchObject({ decided: 'P1', reason });
  });

  it('is not decided on a profile that was computed again meanwhile, nor on a draft', async () => {
    const found = await profiled();
    await recordReading(call(), found.id);
    const half = await saveInterview(call(), {
      personId: world.personId,
      answers: {},
      complete: false,
    });
    expect(await refusal(decide(found.id, half.id, 'P3'))).toEqual(['interview-open']);
    await computeProfile(call(), { personId: world.personId, trigger: 'MANUAL' });
    expect(await refusal(decide(found.id, half.id, 'P3'))).toEqual(['profile-superseded']);
  });
});

describe('a jobseeker', () => {
  it('sees the own profile explained, and never another’s', async () => {
    const found = await profiled();
    const own = await explainProfile(call(world.jobseeker), found.id);
    expect(own.profile.id).toBe(found.id);
    expect(own.model.provenance).toBe('demonstration');
    const other = { kind: 'jobseeker' as const, personId: services.ids() };
    expect(await refusal(explainProfile(call(other), found.id))).toEqual(['not-found']);
    expect(await refusal(readAssessment(call(other), world.personId))).toEqual(['not-found']);
  });

  it('computes, decides and interviews nothing', async () => {
    const { personId } = world;
    const own = call(world.jobseeker);
    expect(await refusal(computeProfile(own, { personId, trigger: 'MANUAL' }))).toEqual([
      'forbidden',
    ]);
    expect(await refusal(savePersonData(own, { personId, data: SOMEBODY }))).toEqual(['forbidden']);
    expect(await refusal(saveInterview(own, { personId, answers: {}, complete: false }))).toEqual([
      'forbidden',
    ]);
  });
});

describe('the update of every 90 days', () => {
  it('computes anew what is due, once, and notices that time has passed', async () => {
    await savePersonData(call(), {
      personId: world.personId,
      data: { ...SOMEBODY, unemployedSince: '2026-12-01' },
    });
    const first = await computeProfile(call(), { personId: world.personId, trigger: 'DID' });
    const task = systemCall(services, 'profiles');
    const versions = async () => (await readAssessment(call(), world.personId)).profiles.length;
    services.setNow('2027-06-01T10:00:00+02:00');
    await recomputeDueProfiles(task);
    expect(await versions()).toBe(1);
    services.setNow('2027-06-02T10:00:00+02:00');
    expect(await recomputeDueProfiles(task)).toBeGreaterThan(0);
    expect(await recomputeDueProfiles(task)).toBe(0);
    expect(await versions()).toBe(2);
    const { profiles } = await readAssessment(call(), world.personId);
    expect(profiles[0]).toMatchObject({ trigger: '90D', version: 2, operatorName: null });
    expect(profiles[0]!.score).toBeGreaterThan(first.score);
  });

  it('is nobody’s but the system’s', async () => {
    expect(await refusal(recomputeDueProfiles(call()))).toEqual(['forbidden']);
  });
});
