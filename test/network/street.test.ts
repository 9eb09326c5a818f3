import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  civicNumber,
  plainStreet,
  type Stretch,
  share,
  stands,
  streetMeant,
} from '../../src/network/rules/street.ts';

describe('how streets are written', () => {
  it.each([
    ['V.le Regina Margherita', 'Viale regina margherita'],
    ['P.zza XX Settembre', 'Piazza Venti Settembre'],
    ['via dei Mille', 'Via Mille'],
    ['Via S. Giovanni Bosco', 'via San Giovanni Bosco'],
    ['C.so Vittorio Emanuele II', 'corso vittorio emanuele 2'],
    ['Via dell’Università', "via dell'universita"],
    ['V. Maqueda', 'via Maqueda'],
    ['Via Gen. Dalla Chiesa', 'via Generale dalla Chiesa'],
    ['L.go Primo Maggio', 'Largo 1° maggio'],
  ])('%s is %s', (one, other) => {
    expect(plainStreet(one)).toBe(plainStreet(other));
  });

  it('a street and an avenue of one name are two', () => {
    expect(plainStreet('Via Libertà')).not.toBe(plainStreet('Viale Libertà'));
  });

  it('a given name may be shortened or left out, as long as one street alone can be meant', () => {
    const known = ['Via Giuseppe Garibaldi', 'Via Anita Garibaldi', 'Via Roma'].map(plainStreet);
    expect(streetMeant('via G. Garibaldi', known)).toBe('via giuseppe garibaldi');
    expect(streetMeant('via Garibaldi', known)).toBeUndefined();
    expect(streetMeant('via Garibaldi', known.slice(0, 1))).toBe('via giuseppe garibaldi');
    expect(streetMeant('piazza Garibaldi', known)).toBeUndefined();
    expect(streetMeant('via Roma', known)).toBe('via roma');
    expect(streetMeant('', known)).toBeUndefined();
  });

  it('what is compared is compared the same when it is compared again', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (name) => {
        const once = plainStreet(name);
        expect(once).toMatch(/^[a-z0-9 ]*$/);
        expect(streetMeant(name, [once])).toBe(once);
      }),
    );
  });

  it('the civic number is found among letters and signs', () => {
    expect(['12/A', 'n. 12 bis', '12R', 'snc', '0'].map(civicNumber)).toEqual([
      12,
      12,
      12,
      undefined,
      undefined,
    ]);
  });
});

describe('stretches of a street', () => {
  const stretch: fc.Arbitrary<Stretch> = fc.record({
    numberFrom: fc.integer({ min: 1, max: 12 }),
    numberTo: fc.option(fc.integer({ min: 12, max: 20 })),
    side: fc.constantFrom('all', 'odd', 'even'),
  });

  it('share a number exactly when some number stands in both', () => {
    fc.assert(
      fc.property(stretch, stretch, (one, other) => {
        const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
        const both = numbers.some((number) => stands(number, one) && stands(number, other));
        expect(share(one, other)).toBe(both);
      }),
    );
  });
});
