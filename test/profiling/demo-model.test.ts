import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../src/profiling/canonical.ts';
import { findModel, modelInUse } from '../../src/profiling/models.ts';
import { bandOf, isWellFormed, rankOf } from '../../src/profiling/rules/bands.ts';
import { counterfactual } from '../../src/profiling/rules/counterfactual.ts';
import type { PersonData } from '../../src/profiling/rules/person-data.ts';
import { predictorsOf } from '../../src/profiling/rules/predictors.ts';
import { contributions, score } from '../../src/profiling/rules/score.ts';

const model = modelInUse();

const someone: PersonData = {
  birthDate: '1985-06-30',
  sex: 'F',
  citizenship: 'it',
  presenceInItaly: 'birth',
  education: '40000000',
  unemployedSince: '2026-10-01',
  statusYearBefore: 'employed',
  monthsWorkedLast2Years: 20,
  householdSize: 3,
  dependentChildren: false,
  drivingLicence: true,
  transport: 'own',
  digitalSkills: 'basic',
  italianLevel: 'c1_or_native',
  foreignLanguages: 'none',
  recentTraining: false,
};

describe('the demonstration model', () => {
  it('is marked as one, and its hash is that of its content', () => {
    expect(model.provenance).toBe('demonstration');
    const { hash, ...rest } = model;
    expect(createHash('sha256').update(canonical(rest)).digest('hex')).toBe(hash);
    expect(findModel(model.id, model.version)).toBe(model);
    expect(findModel(model.id, '0')).toBeUndefined();
  });

  it('is fitted on histories whose outcomes are the published ones', () => {
    const { percorsi, employedAt365Days } = model.card.generation as {
      percorsi: { percorso: string; employedAt365Days: number }[];
      employedAt365Days: number;
    };
    const rates = Object.fromEntries(percorsi.map((row) => [row.percorso, row.employedAt365Days]));
    for (const [percorso, rate] of Object.entries({ P1: 0.624, P2: 0.522, P3: 0.265, P4: 0.262 })) {
      expect(rates[percorso]).toBeCloseTo(rate, 2);
    }
    expect(employedAt365Days).toBeCloseTo(0.506, 2);
  });

  it('has no variable of sex, citizenship or health', () => {
    const codes = model.variables.map((variable) => variable.code).join(' ');
    expect(codes).not.toMatch(/sex|gender|citizen|presence|health|disab/);
  });

  it('gives two people who differ in sex and citizenship alone the same score', () => {
    const other: PersonData = {
      ...someone,
      sex: 'M',
      citizenship: 'other',
      presenceInItaly: 'under_1_year',
      householdSize: 7,
    };
    expect(predictorsOf(other, '2026-11-22')).toEqual(predictorsOf(someone, '2026-11-22'));
  });

  it('compares with a person whom the form can describe', () => {
    expect(predictorsOf(someone, '2026-11-22')).toEqual(model.reference);
    expect(contributions(model, model.reference).every((part) => part.logOdds === 0)).toBe(true);
  });

  it('has bands without holes and standard errors beside every weight', () => {
    expect(isWellFormed(model.scale)).toBe(true);
    for (const variable of model.variables) {
      if (variable.kind !== 'categorical') continue;
      for (const level of variable.levels) {
        const isReference = model.reference[variable.code] === level.code;
        expect(level.standardError === null).toBe(isReference);
        if (isReference) expect(level.coefficient).toBe(0);
      }
    }
  });

  it('measures itself by sex, age and citizenship on people kept back', () => {
    const groups = model.card.heldOut.map((row) => row.group);
    expect(groups).toEqual(expect.arrayContaining(['all', 'sex:F', 'sex:M', 'citizenship:other']));
    const [all] = model.card.heldOut;
    expect(all!.auc).toBeGreaterThan(0.65);
    expect(Math.abs(all!.calibrationSlope! - 1)).toBeLessThan(0.1);
  });

  it('promises a better class only for changes that give it', () => {
    const anyone = fc.record(
      Object.fromEntries(
        model.variables.map((v) => [
          v.code,
          fc.constantFrom(...(v.kind === 'categorical' ? v.levels.map((l) => l.code) : [])),
        ]),
      ),
    ) as fc.Arbitrary<Record<string, string>>;
    fc.assert(
      fc.property(anyone, (person) => {
        const answer = counterfactual(model, person);
        const rank = (p: Record<string, string>) =>
          rankOf(model.scale, bandOf(model.scale, score(model, p).probability).code);
        for (const change of answer.kind === 'found' ? answer.changes : []) {
          const flipped = Object.fromEntries(change.flips.map((f) => [f.variable, f.to]));
          expect(rank({ ...person, ...flipped })).toBeLessThan(rank(person));
        }
      }),
    );
  });
});

describe('the data form, read on a day', () => {
  const read = (changes: Partial<PersonData>, on = '2026-11-22') =>
    predictorsOf({ ...someone, ...changes }, on);

  it('counts birthdays and months as people do', () => {
    expect(read({ birthDate: '1996-11-23' }).age).toBe('under_30');
    expect(read({ birthDate: '1996-11-22' }).age).toBe('30_44');
    expect(read({ birthDate: '1971-11-22' }).age).toBe('55_plus');
    expect(read({ unemployedSince: '2026-05-23' }).months_out).toBe('under_6');
    expect(read({ unemployedSince: '2026-05-22' }).months_out).toBe('6_11');
    expect(read({ unemployedSince: '2024-11-22' }).months_out).toBe('24_plus');
  });

  it('gives the class a reason to change as time passes', () => {
    expect(read({}, '2027-10-01').months_out).toBe('12_23');
  });
});
