import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandOf } from '../../src/profiling/rules/bands.ts';
import { counterfactual } from '../../src/profiling/rules/counterfactual.ts';
import type { Predictors } from '../../src/profiling/rules/model.ts';
import { byWeight, contributions, score } from '../../src/profiling/rules/score.ts';
import { logistic, logit } from '../../src/reference/statistics/log-odds.ts';
import { amsModel } from './ams-model.ts';

const someone = (differences: Record<string, string>): Predictors => ({
  ...amsModel.reference,
  ...differences,
});

const anyone: fc.Arbitrary<Predictors> = fc.record(
  Object.fromEntries(
    amsModel.variables.map((v) => [
      v.code,
      fc.constantFrom(...(v.kind === 'categorical' ? v.levels.map((l) => l.code) : [])),
    ]),
  ),
) as fc.Arbitrary<Predictors>;

describe('the score agrees with the published Austrian table', () => {
  it.each([
    ['the reference man', {}, 0.1, 0.524979],
    ['a woman', { sex: 'woman' }, -0.04, 0.490001],
    ['a man of 30 to 49', { age: '30-49' }, -0.03, 0.492501],
    ['a man over 50', { age: '50+' }, -0.6, 0.354344],
    ['a man with impaired health', { health: 'impaired' }, -0.57, 0.361237],
    ['a woman with care duties', { sex: 'woman', care: 'yes' }, -0.19, 0.452642],
    ['a man with care duties, who loses nothing', { care: 'yes' }, 0.1, 0.524979],
    ['a third-country citizen', { citizenship: 'third' }, 0.05, 0.512497],
    ['another citizen of the Union', { citizenship: 'EU' }, 0.26, 0.564636],
    ['a man with an apprenticeship', { education: 'apprenticeship' }, 0.38, 0.593873],
    ['a man in region 5', { region: '5' }, -0.72, 0.327393],
    [
      'a woman of 30–49, apprenticeship, region 2, cases in two years',
      { sex: 'woman', age: '30-49', education: 'apprenticeship', region: '2', cases: '2' },
      0.96,
      0.723122,
    ],
    [
      'over 50, under 75%, region 3',
      { age: '50+', prior: 'under_75', region: '3' },
      -1.52,
      0.179462,
    ],
    [
      'long case and measures without a case',
      { longCase: 'yes', measures: 'supportive' },
      0.1,
      0.524979,
    ],
    [
      'long case and measures with a case',
      { cases: '1', longCase: 'yes', measures: 'supportive' },
      -0.62,
      logistic(-0.62),
    ],
  ])('%s', (_who, differences, x, p) => {
    const result = score(amsModel, someone(differences as Record<string, string>));
    expect(result.linearPredictor).toBeCloseTo(x, 12);
    expect(result.probability).toBeCloseTo(p, 6);
  });

  it('puts in segment A whoever passes 66% in the short term', () => {
    const band = (x: number) => bandOf(amsModel.scale, logistic(x)).code;
    expect([band(0.66), band(0.67), band(0.96)]).toEqual(['B', 'A', 'A']);
    expect(logit(0.66)).toBeCloseTo(0.663294, 6);
    expect(logit(0.25)).toBeCloseTo(-1.098612, 6);
  });
});

describe('contributions', () => {
  it('add up to the distance from the reference person, whoever it is', () => {
    fc.assert(
      fc.property(anyone, (person) => {
        const parts = contributions(amsModel, person);
        const sum = parts.reduce((total, part) => total + part.logOdds, 0);
        const distance =
          score(amsModel, person).linearPredictor -
          score(amsModel, amsModel.reference).linearPredictor;
        expect(sum).toBeCloseTo(distance, 12);
      }),
    );
  });

  it('are nothing for the reference person, also against another reference', () => {
    fc.assert(
      fc.property(anyone, anyone, (reference, person) => {
        const model = { ...amsModel, reference };
        expect(contributions(model, reference).every((part) => part.logOdds === 0)).toBe(true);
        const sum = contributions(model, person).reduce((total, part) => total + part.logOdds, 0);
        expect(sum).toBeCloseTo(
          score(model, person).linearPredictor - score(model, reference).linearPredictor,
          12,
        );
      }),
    );
  });

  it('say by how much the odds are multiplied and what one term alone changes', () => {
    const parts = contributions(amsModel, someone({ sex: 'woman', age: '50+' }));
    const age = parts.find((part) => part.variable === 'age')!;
    expect(age.oddsFactor).toBeCloseTo(Math.exp(-0.7), 12);
    expect(age.deltaP).toBeCloseTo(logistic(-0.74) - logistic(-0.04), 12);
    expect(byWeight(parts)[0]).toBe(age);
  });

  it('refuse a value that the model does not know, naming the variable', () => {
    expect(() => score(amsModel, someone({ age: 'ancient' }))).toThrow(/age/);
    const { region: _, ...rest } = amsModel.reference;
    expect(() => contributions(amsModel, rest)).toThrow(/region/);
  });

  it('count numbers by the unit', () => {
    const months = {
      kind: 'numeric' as const,
      code: 'months',
      label: { it: 'mesi', en: 'months' },
      unit: { it: 'mese', en: 'month' },
      coefficient: -0.05,
      standardError: null,
    };
    const model = { ...amsModel, variables: [months], reference: { months: 6 } };
    expect(score(model, { months: 18 }).linearPredictor).toBeCloseTo(-0.8, 12);
    expect(contributions(model, { months: 18 })[0]!.logOdds).toBeCloseTo(-0.6, 12);
  });
});

describe('probabilities', () => {
  it('never leave 0 to 1, grow with the log-odds, and come back from them', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -800, max: 800, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (x, more) => {
          const p = logistic(x);
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(1);
          expect(logistic(x + more)).toBeGreaterThanOrEqual(p);
          expect(p + logistic(-x)).toBeCloseTo(1, 12);
          if (Math.abs(x) < 20) expect(logit(p)).toBeCloseTo(x, 6);
        },
      ),
    );
  });
});

describe('what would change the band', () => {
  it('is the smallest set of things that a person can change, and it does change it', () => {
    fc.assert(
      fc.property(anyone, (person) => {
        const answer = counterfactual(amsModel, person);
        const band = (p: Predictors) => bandOf(amsModel.scale, score(amsModel, p).probability).code;
        expect(band(person)).toBe(answer.kind === 'best_band' ? 'A' : 'B');
        for (const change of answer.kind === 'found' ? answer.changes : []) {
          const after: Record<string, string | number> = { ...person };
          for (const flip of change.flips) {
            expect(['education', 'care']).toContain(flip.variable);
            expect(after[flip.variable]).toBe(flip.from);
            after[flip.variable] = flip.to;
          }
          expect(band(after)).toBe('A');
          for (const undone of change.flips) {
            expect(band({ ...after, [undone.variable]: undone.from })).toBe('B');
          }
        }
      }),
    );
  });

  it('names what would do', () => {
    const answer = counterfactual(amsModel, someone({ cases: '1', sex: 'woman', care: 'yes' }));
    expect(answer).toMatchObject({
      kind: 'found',
      changes: [{ flips: [{ variable: 'education', from: 'compulsory', to: 'apprenticeship' }] }],
    });
  });

  it('says so when nothing within reach would do', () => {
    expect(counterfactual(amsModel, someone({ age: '50+', region: '5' })).kind).toBe('none');
  });

  it('looks for lower probabilities where a high one is bad', () => {
    const risk = { ...amsModel, outcome: { ...amsModel.outcome, direction: 'adverse' as const } };
    expect(counterfactual(risk, amsModel.reference).kind).toBe('best_band');
    expect(counterfactual(risk, someone({ cases: '3-4' })).kind).toBe('none');
  });
});
