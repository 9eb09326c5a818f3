import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reseat, type Seated, type SeatOperator } from '../../src/booking/rules/reseat.ts';
import { addedWaste, wasteTable } from '../../src/booking/rules/seating.ts';

const MIXED = wasteTable([30, 45, 60]);
const NINE = 9 * 60;
const slot = (from: number, minutes = 60) => ({ start: from, end: from + minutes });
const operator = (id: string, skills: string[], free = [slot(0, 24 * 60)]): SeatOperator => ({
  id,
  skills,
  languages: ['it'],
  free,
});
const seated = (id: string, operatorId: string, skill: string, from = NINE): Seated => ({
  id,
  operatorId,
  skill,
  language: undefined,
  during: slot(from),
  movable: true,
});

describe('what a free stretch loses', () => {
  it('is what no mix of appointments fills', () => {
    expect(MIXED[75 / 5]).toBe(0);
    expect(MIXED[70 / 5]).toBe(10);
    expect(MIXED[25 / 5]).toBe(25);
    expect(MIXED[0]).toBe(0);
  });

  it('is never more than the stretch, nor more than the shortest appointment leaves', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 24 }), { minLength: 1 }), (units) => {
        const lengths = units.map((unit) => unit * 5);
        const shortest = Math.min(...lengths);
        return wasteTable(lengths).every(
          (lost, index) =>
            lost >= 0 && lost <= index * 5 && (index * 5 < shortest || lost < shortest),
        );
      }),
    );
  });

  it('a gap that fits is better than one that leaves crumbs', () => {
    expect(addedWaste(MIXED, 0, 45, 0)).toBe(0);
    expect(addedWaste(MIXED, 0, 45, 15)).toBeGreaterThan(addedWaste(MIXED, 0, 30, 30));
  });
});

describe('re-seating', () => {
  it('three skills shared by three operators serve all three, whatever came first', () => {
    // B and O came first, and took both operators who can do B.
    const found = reseat(
      { during: slot(NINE), skill: 'B', language: undefined },
      [operator('GB', ['G', 'B'], []), operator('GO', ['G', 'O']), operator('OB', ['O', 'B'], [])],
      [seated('1', 'GB', 'B'), seated('2', 'OB', 'O')],
    );
    expect(found).toEqual({ operatorId: 'OB', moves: [{ id: '2', from: 'OB', to: 'GO' }] });
  });

  it('nobody who was promised an operator is moved', () => {
    const found = reseat(
      { during: slot(NINE), skill: 'C18', language: undefined },
      [operator('A', ['F', 'C18'], []), operator('B', ['F', 'C75'])],
      [{ ...seated('1', 'A', 'F'), movable: false }],
    );
    expect(found).toBeUndefined();
  });

  it('an appointment of two operators together stays with both', () => {
    const together = { ...seated('1', 'A', 'F'), movable: false };
    const found = reseat(
      { during: slot(NINE), skill: 'G', language: undefined },
      [
        operator('A', ['F'], []),
        operator('B', ['F'], []),
        operator('C', ['F', 'G'], []),
        operator('D', ['F']),
      ],
      [together, { ...together, operatorId: 'B' }, seated('2', 'C', 'F')],
    );
    expect(found).toEqual({ operatorId: 'C', moves: [{ id: '2', from: 'C', to: 'D' }] });
  });

  it('nobody is seated in time that was shut, where somebody may stay', () => {
    // A was shut after 1 was promised nothing but the hour; only C is free, and cannot do B.
    const shut = { ...operator('A', ['F', 'B'], []), hours: [] };
    const found = reseat(
      { during: slot(NINE), skill: 'G', language: undefined },
      [shut, operator('B', ['B', 'G'], []), operator('C', ['F'])],
      [seated('1', 'A', 'F'), seated('2', 'B', 'B')],
    );
    expect(found).toBeUndefined();
  });

  it('one who speaks no French is not given to somebody who asked for it', () => {
    const operators = [
      { ...operator('A', ['F'], []), languages: ['it', 'fr'] },
      operator('B', ['F']),
    ];
    const taken = [{ ...seated('1', 'A', 'F'), language: 'fr' }];
    expect(
      reseat({ during: slot(NINE), skill: 'F', language: 'fr' }, operators, taken),
    ).toBeUndefined();
    const indifferent = [seated('1', 'A', 'F')];
    expect(
      reseat({ during: slot(NINE), skill: 'F', language: 'fr' }, operators, indifferent),
    ).toEqual({ operatorId: 'A', moves: [{ id: '1', from: 'A', to: 'B' }] });
  });

  it('finds room at one hour whenever an assignment exists, and never seats two in one chair', () => {
    const skill = fc.constantFrom('a', 'b', 'c');
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(skill, { minLength: 1 }), { minLength: 1, maxLength: 5 }),
        fc.array(skill, { maxLength: 6 }),
        (skillSets, wishes) => {
          const ids = skillSets.map((_, index) => `o${index}`);
          let now: Seated[] = [];
          let refused = 0;
          for (const [index, wish] of wishes.entries()) {
            const busy = new Set(now.map(({ operatorId }) => operatorId));
            const operators = skillSets.map((skills, n) =>
              operator(ids[n]!, skills, busy.has(ids[n]!) ? [] : [slot(NINE)]),
            );
            const wanted = { during: slot(NINE), skill: wish, language: undefined };
            const found = reseat(wanted, operators, now);
            if (!found) {
              refused += 1;
              continue;
            }
            const moved = new Map(found.moves.map(({ id, to }) => [id, to]));
            now = now.map((one) => ({ ...one, operatorId: moved.get(one.id) ?? one.operatorId }));
            now.push({ ...seated(String(index), found.operatorId, wish) });
            const used = now.map(({ operatorId }) => operatorId);
            expect(new Set(used).size).toBe(used.length);
            for (const one of now)
              expect(skillSets[ids.indexOf(one.operatorId)]).toContain(one.skill);
          }
          expect(now.length).toBe(largestMatching(skillSets, wishes));
          expect(now.length + refused).toBe(wishes.length);
        },
      ),
    );
  });

  it('mixed lengths: one long appointment pushes two short ones', () => {
    const short = (id: string, from: number): Seated => ({
      ...seated(id, 'A', 'F', from),
      during: slot(from, 30),
    });
    const found = reseat(
      { during: slot(NINE), skill: 'L', language: undefined },
      [operator('A', ['F', 'L'], []), operator('B', ['F'])],
      [short('1', NINE), short('2', NINE + 30)],
    );
    expect(found).toEqual({
      operatorId: 'A',
      moves: [
        { id: '1', from: 'A', to: 'B' },
        { id: '2', from: 'A', to: 'B' },
      ],
    });
  });
});

/** The most wishes that can be seated, each accepted one kept: by trying every order of operators. */
function largestMatching(skillSets: readonly string[][], wishes: readonly string[]): number {
  const best = (index: number, used: ReadonlySet<number>): number => {
    if (index === wishes.length) return 0;
    let most = best(index + 1, used);
    for (const [n, skills] of skillSets.entries()) {
      if (used.has(n) || !skills.includes(wishes[index]!)) continue;
      most = Math.max(most, 1 + best(index + 1, new Set([...used, n])));
    }
    return most;
  };
  return best(0, new Set());
}
