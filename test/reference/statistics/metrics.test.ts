import { describe, expect, it } from 'vitest';
import { seeded } from '../../../src/platform/random.ts';
import {
  brier,
  calibrationError,
  calibrationLine,
  logLoss,
  reliability,
} from '../../../src/reference/statistics/calibration.ts';
import {
  auc,
  averagePrecision,
  flagRates,
} from '../../../src/reference/statistics/discrimination.ts';
import { newcombe, stabilityIndex, wilson } from '../../../src/reference/statistics/proportions.ts';

describe('discrimination', () => {
  it('agrees with scikit-learn', () => {
    expect(auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBe(0.75);
    expect(averagePrecision([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBeCloseTo(0.8333333, 7);
  });

  it('counts ties as a half, in any order', () => {
    expect(auc([0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5])).toBe(0.5);
    expect(auc([1, 0, 1, 0], [0.7, 0.7, 0.9, 0.1])).toBe(0.875);
    expect(averagePrecision([1, 0, 0, 0], [0.5, 0.5, 0.5, 0.5])).toBe(0.25);
  });

  it('is undefined where one outcome is missing', () => {
    expect(auc([1, 1], [0.1, 0.2])).toBeNull();
    expect(averagePrecision([0, 0], [0.1, 0.2])).toBeNull();
  });

  it('compares a flag between groups', () => {
    const flag = (bits: number[]) => bits.map((bit) => bit === 1);
    expect(flagRates([1, 1, 1, 1, 0, 0, 0, 0], flag([1, 1, 1, 0, 1, 0, 0, 0]))).toEqual({
      n: 8,
      selectionRate: 0.5,
      truePositiveRate: 0.75,
      falsePositiveRate: 0.25,
      positivePredictiveValue: 0.75,
    });
    const b = flagRates([1, 1, 0, 0, 0, 0, 0, 0], flag([1, 0, 1, 1, 0, 0, 0, 0]));
    expect(b.truePositiveRate).toBe(0.5);
    expect(b.falsePositiveRate).toBeCloseTo(1 / 3, 12);
    expect(b.positivePredictiveValue).toBeCloseTo(1 / 3, 12);
    expect(b.selectionRate).toBe(0.375);
  });
});

describe('calibration', () => {
  const y = [0, 0, 0, 0, 1, 1, 1, 1, 1];
  const p = [0.1, 0.2, 0.3, 0.4, 0.65, 0.7, 0.8, 0.9, 1];

  it('agrees with scikit-learn', () => {
    expect(brier([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3])).toBeCloseTo(0.0375, 12);
    expect(logLoss([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.35])).toBeCloseTo(0.2161619, 6);
    const bins = reliability(y, p, 3);
    expect(bins.map((bin) => bin.observed)).toEqual([0, 0.5, 1]);
    expect(bins.map((bin) => bin.predicted)).toEqual([
      expect.closeTo(0.2, 12),
      expect.closeTo(0.525, 12),
      expect.closeTo(0.85, 12),
    ]);
  });

  it('sums the distance between said and seen', () => {
    const three = calibrationError(reliability(y, p, 3));
    expect(three.ece).toBeCloseTo(0.1388889, 7);
    expect(three.mce).toBeCloseTo(0.2, 12);
  });

  it('finds slope 1 and intercept 0 for probabilities that are true', () => {
    const random = seeded(3);
    const said = Array.from({ length: 20_000 }, () => 0.05 + 0.9 * random.uniform());
    const seen = said.map((value) => (random.uniform() < value ? 1 : 0));
    const line = calibrationLine(seen, said);
    expect(line.slope!).toBeCloseTo(1, 1);
    expect(line.intercept).toBeCloseTo(0, 1);
  });
});

describe('shares', () => {
  it('carry Wilson’s interval', () => {
    const cases: [number, number, number, number][] = [
      [81, 263, 0.255289, 0.36621],
      [15, 148, 0.062386, 0.160487],
      [0, 20, 0, 0.161125],
      [15, 50, 0.191036, 0.437504],
    ];
    for (const [k, n, low, high] of cases) {
      expect(wilson(k, n).low).toBeCloseTo(low, 6);
      expect(wilson(k, n).high).toBeCloseTo(high, 6);
    }
    expect(wilson(20, 20).high).toBe(1);
  });

  it('differ with Newcombe’s interval', () => {
    const trial = newcombe(56, 70, 48, 80);
    expect(trial.value).toBeCloseTo(0.2, 12);
    expect([trial.low, trial.high]).toEqual([
      expect.closeTo(0.052431, 6),
      expect.closeTo(0.333873, 6),
    ]);
    const jobs = newcombe(207, 600, 86, 299);
    expect(jobs.value).toBeCloseTo(0.057375, 6);
    expect([jobs.low, jobs.high]).toEqual([
      expect.closeTo(-0.007843, 6),
      expect.closeTo(0.119446, 6),
    ]);
    const nsw = newcombe(140, 185, 168, 260);
    expect([nsw.low, nsw.high]).toEqual([expect.closeTo(0.023811, 6), expect.closeTo(0.192708, 6)]);
  });

  it('drift by the stability index', () => {
    expect(stabilityIndex([0.1, 0.2, 0.3, 0.4], [0.15, 0.25, 0.3, 0.3])).toBeCloseTo(0.0601986, 7);
    expect(stabilityIndex([0.2, 0.2, 0.2, 0.2, 0.2], [0.3, 0.25, 0.2, 0.15, 0.1])).toBeCloseTo(
      0.1354025,
      7,
    );
    expect(stabilityIndex([0.5, 0.5], [1, 0])).toBe(Number.POSITIVE_INFINITY);
  });
});
