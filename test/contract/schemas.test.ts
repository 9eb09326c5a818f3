import { describe, expect, test } from 'vitest';
import { document, hasType, type Schema, schemas } from './document.ts';

/** The places of the schemas that break a rule; a test expects none. */
function breaking(rule: (schema: Schema) => boolean): string[] {
  return schemas.filter(([, schema]) => !rule(schema)).map(([place]) => place);
}

test('numbers say how wide they are and between which bounds they lie', () => {
  const bounded = ({ minimum, maximum, exclusiveMinimum }: Schema) =>
    typeof maximum === 'number' && (typeof minimum === 'number' || exclusiveMinimum !== undefined);
  expect(breaking((s) => !hasType(s, 'integer') || /^int(32|64)$/.test(s.format ?? ''))).toEqual(
    [],
  );
  expect(breaking((s) => !hasType(s, 'number') || /^(float|double)$/.test(s.format ?? ''))).toEqual(
    [],
  );
  expect(breaking((s) => !(hasType(s, 'integer') || hasType(s, 'number')) || bounded(s))).toEqual(
    [],
  );
});

test('what is said to fit in 32 bits does', () => {
  expect(
    breaking(
      ({ format, minimum, maximum }) =>
        format !== 'int32' || (Number(minimum) >= -(2 ** 31) && Number(maximum) < 2 ** 31),
    ),
  ).toEqual([]);
});

test('texts are bounded in length, or by a list or a format, and have a form', () => {
  const free = (s: Schema) => hasType(s, 'string') && s.enum === undefined && s.const === undefined;
  expect(breaking((s) => !free(s) || typeof s.maxLength === 'number' || !!s.format)).toEqual([]);
  expect(breaking((s) => !free(s) || !!s.pattern || !!s.format)).toEqual([]);
});

test('forms of texts can be read by a program of the reader’s own', () => {
  expect(
    breaking(({ pattern }) => {
      if (pattern === undefined) return true;
      new RegExp(pattern, 'u');
      // Flags have no place in a pattern: they would be part of the text.
      return !/[^\\]\/[a-z]*$/.test(pattern);
    }),
  ).toEqual([]);
});

test('lists are bounded', () => {
  expect(
    breaking(
      (s) =>
        !hasType(s, 'array') || (typeof s.maxItems === 'number' && typeof s.minItems === 'number'),
    ),
  ).toEqual([]);
});

test('objects take nothing that is not declared, or only so much of it', () => {
  expect(
    breaking((s) => {
      if (!hasType(s, 'object')) return true;
      return s.additionalProperties === false
        ? true
        : s.additionalProperties !== undefined &&
            s.additionalProperties !== true &&
            typeof s.maxProperties === 'number';
    }),
  ).toEqual([]);
});

test('yes-or-no, lists and choices are never null', () => {
  const nullable = (s: Schema) => hasType(s, 'null') || s.enum?.includes(null);
  expect(
    breaking(
      (s) =>
        !nullable(s) || !(hasType(s, 'boolean') || hasType(s, 'array') || s.enum !== undefined),
    ),
  ).toEqual([]);
});

test('examples are of the declared form', () => {
  expect(
    breaking(({ example, pattern, maxLength, enum: choices }) => {
      if (typeof example !== 'string') return true;
      if (pattern !== undefined && !new RegExp(pattern, 'u').test(example)) return false;
      if (typeof maxLength === 'number' && example.length > maxLength) return false;
      return choices === undefined || choices.includes(example);
    }),
  ).toEqual([]);
});

test('instants and days are called by what they are', () => {
  const times = schemas.filter(([place]) => /\.[a-z_]*_at$/.test(place));
  for (const [place, schema] of times) expect(schema.format, place).toBe('date-time');
});

describe('names', () => {
  test('components are in PascalCase', () => {
    for (const name of Object.keys(document.components.schemas))
      expect(name).toMatch(/^([A-Z][a-z0-9]*)+$/);
  });

  test('properties are in snake_case', () => {
    const names = schemas.flatMap(([, schema]) => Object.keys(schema.properties ?? {}));
    for (const name of new Set(names)) expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
  });
});
