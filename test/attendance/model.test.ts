import { describe, expect, it } from 'vitest';
import { fitAttendance, type Observation } from '../../src/attendance/rules/fit-model.ts';
import { baseChance, chanceOfAbsence, reasonsOf } from '../../src/attendance/rules/predict.ts';
import { TERM_CODES, termValue, type Visit } from '../../src/attendance/rules/visit.ts';
import { seeded } from '../../src/platform/random.ts';
import { logistic, logit } from '../../src/reference/statistics/log-odds.ts';

const window = { start: 0, end: 1 };
const TRUTH = { lead: 0.4, monday: 0.3, absences: 0.6, attendances: -0.2, 'service:b': 0.5 };

/** Histories whose truth is known: intercept −2.5 and the terms above, all others nothing. */
function histories(n: number, seed = 11): Observation[] {
  const random = seeded(seed);
  const between = (low: number, high: number) =>
    low + Math.floor(random.uniform() * (high - low + 1));
  return Array.from({ length: n }, () => {
    const visit: Visit = {
      leadDays: random.uniform() * 40,
      hour: between(8, 17),
      weekday: between(1, 5),
      service: random.uniform() < 0.6 ? 'a' : 'b',
      origin: random.uniform() < 0.3 ? 'desk' : 'web',
      absences: between(0, 3),
      attendances: between(0, 3),
    };
    const eta = Object.entries(TRUTH).reduce(
      (sum, [code, beta]) => sum + beta * termValue(code, visit),
      -2.5,
    );
    return { ...visit, came: random.uniform() >= logistic(eta) };
  });
}

describe('who comes is learnt from what was seen', () => {
  it('finds the truth of histories it is known of, and leaves out what nobody had', () => {
    const card = fitAttendance(histories(20_000), window)!;
    for (const { code, coefficient, standardError } of card.terms) {
      const truth = code in TRUTH ? TRUTH[code as keyof typeof TRUTH] : 0;
      expect(Math.abs(coefficient - truth), code).toBeLessThan(4 * standardError);
    }
    expect(card.leftOut).toEqual(['convocation']);
    expect(card.check.n).toBe(4000);
    expect(card.check.auc).toBeGreaterThan(0.6);
    expect(card.check.brier).toBeLessThan(card.check.brierOfShare);
    expect(card.check.deciles).toHaveLength(10);
    for (const { predicted, observed } of card.check.deciles) {
      expect(Math.abs(predicted - observed)).toBeLessThan(0.08);
    }
  });

  it('says what each appointment’s chance is made of', () => {
    const card = fitAttendance(histories(5000), window)!;
    const visit = histories(1, 3)[0]!;
    const reasons = reasonsOf(card, visit);
    const average = card.terms.reduce(
      (sum, { coefficient, mean }) => sum + coefficient * mean,
      card.intercept.coefficient,
    );
    const sum = reasons.reduce((all, { logOdds }) => all + logOdds, average);
    expect(sum).toBeCloseTo(logit(chanceOfAbsence(card, visit)), 10);
    expect(reasons).toHaveLength(card.terms.length);
  });

  it('asks for enough before it says anything', () => {
    expect(fitAttendance(histories(499), window)).toBeUndefined();
    const allCame = histories(2000).map((one) => ({ ...one, came: true }));
    expect(fitAttendance(allCame, window)).toBeUndefined();
  });

  it('knows nothing of who the person is', () => {
    const lawful = 'leadDays hour weekday service origin absences attendances'.split(' ');
    expect(
      Object.keys(histories(1)[0]!)
        .filter((key) => key !== 'came')
        .sort(),
    ).toEqual(lawful.sort());
    expect(TERM_CODES).toEqual([
      'lead',
      'early',
      'afternoon',
      'monday',
      'friday',
      'desk',
      'convocation',
      'absences',
      'attendances',
    ]);
  });
});

describe('where no model stands, shares are drawn towards wider ones', () => {
  const nothing = { n: 0, notCome: 0 };

  it('an office without appointments has its service’s share', () => {
    expect(baseChance(nothing, { n: 1000, notCome: 200 }, { n: 5000, notCome: 500 })).toBeCloseTo(
      0.198,
      3,
    );
  });

  it('one with many has its own', () => {
    const chance = baseChance({ n: 5000, notCome: 1500 }, { n: 9000, notCome: 900 }, nothing);
    expect(chance).toBeCloseTo(0.3, 2);
  });
});
