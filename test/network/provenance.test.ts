import { describe, expect, it } from 'vitest';
import { combineProvenance } from '../../src/network/rules/provenance.ts';

describe('facts put together from several places', () => {
  it('are as weak as the weakest, and keep every source once', () => {
    expect(
      combineProvenance([
        { kind: 'sourced', source: 'a paper', date: '2025-06-14' },
        { kind: 'computed', source: 'nearest seat' },
        { kind: 'sourced', source: 'a paper', date: '2025-06-14' },
      ]),
    ).toEqual({ kind: 'computed', source: 'a paper; nearest seat' });
  });

  it('carry the latest date of those that are as weak', () => {
    expect(
      combineProvenance([
        { kind: 'sourced', source: 'a', date: '2018' },
        { kind: 'sourced', source: 'b', date: '2025-06' },
      ]),
    ).toEqual({ kind: 'sourced', source: 'a; b', date: '2025-06' });
  });

  it('are nothing when there are none', () => {
    expect(combineProvenance([])).toBeUndefined();
  });
});
