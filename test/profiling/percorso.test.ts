import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assessmentOf,
  complexNeeds,
  recordable,
  skillsOf,
  unanswered,
  unknownAnswers,
} from '../../src/profiling/rules/interview.ts';
import {
  lacksReason,
  PERCORSO_RULES,
  proposePercorso,
  type RiskClass,
  SKILLS,
  type Skills,
} from '../../src/profiling/rules/percorso.ts';
import { QUESTIONS } from '../../src/profiling/rules/questionnaire.ts';
import { nextUpdateDueOn } from '../../src/profiling/rules/update-due.ts';

const proposed = (riskClass: RiskClass, skills: Skills, more = {}) =>
  proposePercorso({ riskClass, skills, complexNeeds: false, collectiveCrisis: false, ...more })
    .percorso;

describe('the proposed percorso', () => {
  it.each<[RiskClass, Skills, string]>([
    [1, 'complete', 'P1'],
    [1, 'spendable', 'P1'],
    [1, 'short_gap', 'P2'],
    [1, 'inadequate', 'P3'],
    [2, 'complete', 'P1'],
    [2, 'spendable', 'P2'],
    [2, 'short_gap', 'P2'],
    [2, 'inadequate', 'P3'],
    [3, 'complete', 'P3'],
    [3, 'spendable', 'P3'],
    [3, 'short_gap', 'P3'],
    [3, 'inadequate', 'P3'],
  ])('for class %i and %s skills is %s', (riskClass, skills, percorso) => {
    expect(proposed(riskClass, skills)).toBe(percorso);
  });

  it('is 4 for complex needs and 5 in a collective crisis, whatever the class', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<RiskClass>(1, 2, 3),
        fc.constantFrom(...SKILLS),
        fc.boolean(),
        (riskClass, skills, complex) => {
          expect(proposed(riskClass, skills, { complexNeeds: true })).toBe('P4');
          expect(
            proposed(riskClass, skills, { collectiveCrisis: true, complexNeeds: complex }),
          ).toBe('P5');
        },
      ),
    );
  });

  it('cites a source in every row, and no row is out of reach', () => {
    const fired = new Set<string>();
    for (const riskClass of [1, 2, 3] as const)
      for (const skills of SKILLS)
        for (const needs of [false, true])
          for (const crisis of [false, true])
            fired.add(
              proposePercorso({
                riskClass,
                skills,
                complexNeeds: needs,
                collectiveCrisis: crisis,
              }).code,
            );
    expect([...fired].sort()).toEqual(PERCORSO_RULES.map((rule) => rule.code).sort());
    expect(PERCORSO_RULES.every((rule) => rule.source.length > 10)).toBe(true);
  });

  it('may be departed from only with a reason', () => {
    const decision = { proposed: 'P1', decided: 'P3' } as const;
    expect(lacksReason({ ...decision, reason: undefined })).toBe(true);
    expect(lacksReason({ ...decision, reason: '   perché sì   ' })).toBe(true);
    expect(lacksReason({ ...decision, reason: 'La qualifica non è più richiesta in zona.' })).toBe(
      false,
    );
    expect(lacksReason({ ...decision, decided: 'P1', reason: undefined })).toBe(false);
  });
});

describe('the interview', () => {
  const checked = {
    k_coherence: 'yes',
    k_training: 'yes',
    k_mobility: 'yes',
    k_activation: 'yes',
    k_market: 'yes',
    k_skills: 'spendable',
  };

  it('says which questions are still open', () => {
    expect(unanswered({})).toEqual(QUESTIONS.filter((q) => q.required).map((q) => q.code));
    expect(unanswered({ a_target_job: '   ' })).toContain('a_target_job');
  });

  it('knows an answer that the questionnaire does not have', () => {
    expect(unknownAnswers({ c_consent: 'maybe', z: 'x', a_channels: ['cpi', 'moon'] })).toEqual([
      'c_consent',
      'z',
      'a_channels',
    ]);
    expect(unknownAnswers({ c_consent: ['yes'], a_last_job: 'x'.repeat(1001) })).toHaveLength(2);
    expect(unknownAnswers({ c_consent: 'yes', a_channels: ['cpi'], a_last_job: 'cuoca' })).toEqual(
      [],
    );
  });

  it('keeps no sensitive answer without consent, and counts no need from it', () => {
    const answers = { c_health: 'yes', c_housing: 'yes', a_target_job: 'cuoca', k_notes: '' };
    expect(recordable({ ...answers, c_consent: 'no' })).toEqual({
      a_target_job: 'cuoca',
      c_consent: 'no',
    });
    expect(complexNeeds(answers)).toBe(0);
    expect(complexNeeds({ ...answers, c_consent: 'yes' })).toBe(2);
  });

  it('calls skills complete only when the whole check-list agrees', () => {
    expect(skillsOf(checked)).toBe('complete');
    expect(skillsOf({ ...checked, k_market: 'partly' })).toBe('spendable');
    expect(skillsOf({ ...checked, k_skills: 'inadequate' })).toBe('inadequate');
  });

  it('turns into the assessment of the rule table', () => {
    expect(
      assessmentOf(2, { ...checked, c_consent: 'yes', c_health: 'yes', c_care: 'yes' }),
    ).toEqual({ riskClass: 2, skills: 'complete', complexNeeds: true, collectiveCrisis: false });
  });
});

describe('the next update', () => {
  it('falls ninety calendar days later, over the change of hour too', () => {
    expect(nextUpdateDueOn('2027-01-15')).toBe('2027-04-15');
    expect(nextUpdateDueOn('2026-10-01')).toBe('2026-12-30');
    expect(nextUpdateDueOn('2028-02-01')).toBe('2028-05-01');
  });
});
