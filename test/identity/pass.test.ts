import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isContactOf } from '../../src/identity/pass.ts';

const both = { contactEmail: 'rosa@example.org', contactPhone: '091/6100.000' };
const phoneOnly = { contactEmail: undefined, contactPhone: '+39 333 1234567' };
const neither = { contactEmail: undefined, contactPhone: undefined };

it('either contact that was left opens, and nothing else', () => {
  expect(isContactOf(both, ' Rosa@Example.ORG ')).toBe(true);
  expect(isContactOf(both, '0039 091 6100000')).toBe(true);
  expect(isContactOf(both, '091 6100001')).toBe(false);
  expect(isContactOf(both, 'rosa@example.com')).toBe(false);
  expect(isContactOf(phoneOnly, '393331234567')).toBe(true);
  expect(isContactOf(phoneOnly, '+44 333 1234567')).toBe(false);
  expect(isContactOf(phoneOnly, 'rosa@example.org')).toBe(false);
});

it('what has no contact is opened by none, not even by what stands in for it', () => {
  for (const said of ['', 'nobody@example.invalid', 'undefined', '+39']) {
    expect(isContactOf(neither, said)).toBe(false);
    expect(isContactOf(undefined, said)).toBe(false);
    expect(isContactOf(phoneOnly, said)).toBe(false);
  }
});

it('a number is the same however it is written', () => {
  const separators = fc.constantFrom('', ' ', '.', '-', '/');
  const prefix = fc.constantFrom('', '+39', '0039', '+39 ');
  const digits = fc.tuple(fc.constantFrom('3', '0'), fc.stringMatching(/^[1-9][0-9]{7}$/));
  fc.assert(
    fc.property(digits, prefix, separators, prefix, separators, ([first, rest], p, s, q, r) => {
      const figures = [...`${first}${rest}`];
      const left = { contactEmail: undefined, contactPhone: p + figures.join(s) };
      expect(isContactOf(left, q + figures.join(r))).toBe(true);
    }),
  );
});
