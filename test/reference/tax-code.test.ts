import { CheckDigitizer } from '@marketto/codice-fiscale-utils';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTaxCode, normaliseTaxCode } from '../../src/reference/tax-code.ts';

describe('codice fiscale', () => {
  it('an ordinary code with the right check letter is accepted', () => {
    expect(isTaxCode('RSSMRA80A01H501U')).toBe(true);
    expect(isTaxCode('VRNGNY07D68C351V')).toBe(true);
  });

  it('a code with omocodia, figures written as letters, is accepted with its own check letter', () => {
    // The seven variants published in the documentation of codice-fiscale-utils.
    for (const code of [
      'VRNGNY07D68C35MN',
      'VRNGNY07D68C3R1H',
      'VRNGNY07D68C3RMZ',
      'VRNGNY07D6UC351S',
      'VRNGNY0TD68C351H',
      'VRNGNYLTDSUCPRMT',
      'KKALMNVMAPLBPPME',
    ]) {
      expect(isTaxCode(code), code).toBe(true);
    }
  });

  it('any single wrong check letter is refused', () => {
    for (const letter of 'ABCDEFGHIJKLMNOPQRSTVWXYZ') {
      expect(isTaxCode(`RSSMRA80A01H501${letter}`), letter).toBe(false);
    }
  });

  it('a birth date that does not exist is refused even when the check letter agrees', () => {
    const partial = 'RSSMRA80B31H501';
    expect(isTaxCode(`${partial}${CheckDigitizer.checkDigit(partial)}`)).toBe(false);
  });

  it('a provisional code of eleven figures is accepted with its check figure', () => {
    expect(isTaxCode('12345678903')).toBe(true);
    expect(isTaxCode('12345678901')).toBe(false);
    expect(isTaxCode('00000000000')).toBe(false);
  });

  it('exactly one last figure makes a provisional code right, whatever the first ten', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{9}[1-9]$/), (ten) => {
        const right = [...'0123456789'].filter((last) => isTaxCode(ten + last));
        expect(right).toHaveLength(1);
      }),
    );
  });

  it('whatever is typed, checking never throws and never accepts another length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (typed) => {
        const code = normaliseTaxCode(typed);
        if (isTaxCode(code)) expect([11, 16]).toContain(code.length);
      }),
    );
  });
});
