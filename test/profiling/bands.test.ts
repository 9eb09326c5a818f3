import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandOf, isWellFormed, rankOf } from '../../src/profiling/rules/bands.ts';
import type { BandScale } from '../../src/profiling/rules/model.ts';

const scale = (thresholds: number[], more: Partial<BandScale> = {}): BandScale => {
  const edges = [0, ...thresholds, 1];
  return {
    boundary: 'above',
    decimals: null,
    source: 'test',
    bands: edges.slice(1).map((to, i) => ({
      code: String(i + 1),
      label: { it: '', en: '' },
      from: edges[i]!,
      to,
    })),
    ...more,
  };
};

describe('bands', () => {
  it('give a threshold to the band above it', () => {
    const three = scale([0.4, 0.7]);
    const codes = [0, 0.39999999, 0.4, 0.69999999, 0.7, 1].map((p) => bandOf(three, p).code);
    expect(codes).toEqual(['1', '1', '2', '2', '3', '3']);
  });

  it('give it to the band below where the scale says so', () => {
    const three = scale([0.4, 0.7], { boundary: 'below' });
    expect([0, 0.4, 0.40000001, 0.7, 1].map((p) => bandOf(three, p).code)).toEqual([
      '1',
      '1',
      '2',
      '2',
      '3',
    ]);
  });

  it('follow the Garanzia Giovani table, closed at six decimals and rounded half up', () => {
    const from2015 = scale([0.250001, 0.500001, 0.750001], { decimals: 6 });
    const codes = [0.25, 0.2500004, 0.2500005, 0.250001, 0.5, 0.500001, 0.75, 0.7500005].map(
      (p) => bandOf(from2015, p).code,
    );
    expect(codes).toEqual(['1', '1', '2', '2', '2', '3', '3', '4']);
    const from2014 = scale([0.650717, 0.805639, 0.8975], { decimals: 6 });
    expect(
      [0.650716, 0.650717, 0.805638, 0.897499, 0.8975].map((p) => bandOf(from2014, p).code),
    ).toEqual(['1', '2', '2', '3', '4']);
  });

  it('never go down when the probability goes up', () => {
    const three = scale([0.4, 0.7]);
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(p, p, (a, b) => {
        const rank = (value: number) => rankOf(three, bandOf(three, value).code);
        expect(rank(Math.min(a, b))).toBeLessThanOrEqual(rank(Math.max(a, b)));
      }),
    );
  });

  it('refuse what is not a probability, and notice a scale with a hole', () => {
    expect(() => bandOf(scale([0.5]), 1.2)).toThrow(RangeError);
    expect(() => bandOf(scale([0.5]), Number.NaN)).toThrow(RangeError);
    expect(isWellFormed(scale([0.4, 0.7]))).toBe(true);
    expect(isWellFormed(scale([0.7, 0.4]))).toBe(false);
    const holed = scale([0.4, 0.7]);
    expect(isWellFormed({ ...holed, bands: [holed.bands[0]!, holed.bands[2]!] })).toBe(false);
  });
});
